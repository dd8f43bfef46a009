package import ImportModel
package import Rows
package import SystemPackage

/// Everything a run is asked to do.
package struct ImportRequest: Sendable {
  /// One input, and what is said about it.
  package struct Input: Sendable {
    /// A path, or `-` for standard input.
    package var path: String
    /// Users or extensions, when the user says so.
    package var kind: InputKind?
    /// An open file that is read instead of the path, which only names it then.
    package private(set) var descriptor: FileDescriptor?

    /// Makes an input.
    package init(path: String, kind: InputKind? = nil) {
      self.path = path
      self.kind = kind
    }

    /// Makes an input of an open file, which must be at its beginning and stays open.
    package init(_ descriptor: FileDescriptor, name: String, kind: InputKind? = nil) {
      path = name
      self.kind = kind
      self.descriptor = descriptor
    }
  }

  /// The files to read, in the order given.
  package var inputs: [Input]
  /// What is said about how they are written.
  package var reading = ReadingOptions()
  package var rules = Rules()
  /// The store's file.
  package var store: String
  /// Whether the plan is only made and reported.
  package var isDryRun: Bool
  package var limits = RunLimits()
  package var outputs = OutputRequest()
  /// How rows are sent to a target outside the store; `nil` when the store is the target.
  package var delivery: DeliverySettings?
  /// The command line without secrets, for the record.
  package var command: String
  /// The program's version, for the record.
  package var version: String

  /// Makes a request.
  package init(
    inputs: [Input],
    store: String,
    isDryRun: Bool,
    command: String,
    version: String
  ) {
    self.inputs = inputs
    self.store = store
    self.isDryRun = isDryRun
    self.command = command
    self.version = version
  }
}

/// The reports a run is asked for, by name; `-` is standard output.
package struct OutputRequest: Sendable {
  /// The NDJSON report of every row.
  package var report: String?
  /// The rejected records.
  package var rejects: String?
  /// The summary as JSON.
  package var summary: String?
  /// A folder for all of them.
  package var directory: String?
  /// Whether the report leaves out rows without reasons.
  package var problemsOnly = false
  /// Whether lines show notes.
  package var showsNotes = false

  /// No reports.
  package init() {}
}
