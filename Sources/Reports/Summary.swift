package import ImportModel

/// What a run as a whole came to: made by whoever ran it, rendered by `SummaryText`, `SummaryJSON`.
///
/// Holds nothing that differs between two runs of the same work, such as times.
package struct Summary: Sendable {
  /// One input of the run.
  package struct Input: Sendable {
    /// The name the user gave, `-` for standard input.
    package var name: String
    /// What it was found to be, one phrase: `users export, CSV, semicolons, UTF-8`.
    package var description: String
    package var kind: InputKind
    /// `csv`, `xml`, or `json` for a list of extensions.
    package var format: String
    /// 64 hexadecimal digits; `nil` when nobody needed them.
    package var sha256: String?
    package var rowCount: Int
    /// What was noticed about the input as a whole.
    package var remarks: [Finding]
    /// Earlier runs that applied the same bytes, the latest first.
    package var previousRuns: [String]

    /// Makes an input's part.
    package init(
      name: String,
      description: String,
      kind: InputKind,
      format: String,
      sha256: String? = nil,
      rowCount: Int,
      remarks: [Finding] = [],
      previousRuns: [String] = []
    ) {
      self.name = name
      self.description = description
      self.kind = kind
      self.format = format
      self.sha256 = sha256
      self.rowCount = rowCount
      self.remarks = remarks
      self.previousRuns = previousRuns
    }
  }

  /// One file or stream that the run wrote.
  package struct Output: Sendable {
    /// What it holds: `report`, `rejects`, `summary`.
    package var role: String
    /// The name the user gave, `-` for standard output.
    package var name: String
    /// Whether all that belongs in it is in it.
    package var isComplete: Bool

    /// Makes an output's part.
    package init(role: String, name: String, isComplete: Bool) {
      self.role = role
      self.name = name
      self.isComplete = isComplete
    }
  }

  /// What the account of a phone system has, and what the run needs of it.
  package struct Account: Sendable {
    /// Extensions of all kinds.
    package var extensionCount: Int
    /// Those that are nobody's, of the kind that people get.
    package var freeCount: Int
    /// Rows that change something there.
    package var changeCount: Int
    /// What is missing; empty when there is enough.
    package var shortages: [AccountShortage]
    /// About how long the changes take at the account's own limits; `nil` when they are not known.
    package var secondCount: Int?

    /// Makes it.
    package init(
      extensionCount: Int,
      freeCount: Int,
      changeCount: Int,
      shortages: [AccountShortage],
      secondCount: Int?
    ) {
      self.extensionCount = extensionCount
      self.freeCount = freeCount
      self.changeCount = changeCount
      self.shortages = shortages
      self.secondCount = secondCount
    }
  }

  /// The verb: `validate`, `apply`, `undo`, ...
  package var command: String
  /// Whether nothing was to be written.
  package var isDryRun: Bool
  package var inputs: [Input]
  package var tally: Tally
  /// The run's id in the store; `nil` when none was made.
  package var runID: String?
  /// Why the run stopped early; `nil` when it came to its end.
  package var stopReason: String?
  /// What kind of failure stopped it; `nil` when a limit or a person did.
  package var stopKind: ImportError.Kind?
  /// Whether going on with the run would do more.
  package var canResume = false
  /// The name of the target outside the store; `nil` when the store is the target.
  package var target: String?
  /// The account that rows are sent to; `nil` when the target is none.
  package var account: Account?
  /// The store's path; `nil` when the run had none.
  package var storePath: String?
  package var outputs: [Output]

  /// Makes a summary.
  package init(
    command: String,
    isDryRun: Bool,
    inputs: [Input],
    tally: Tally,
    runID: String? = nil,
    stopReason: String? = nil,
    storePath: String? = nil,
    target: String? = nil,
    outputs: [Output] = []
  ) {
    self.command = command
    self.isDryRun = isDryRun
    self.inputs = inputs
    self.tally = tally
    self.runID = runID
    self.stopReason = stopReason
    self.storePath = storePath
    self.target = target
    self.outputs = outputs
  }

  /// Outcomes that a summary names, in its order.
  static let outcomes: [Outcome] = [
    .wouldApply, .applied, .unchanged, .rejected, .failed, .unprocessed,
  ]

  /// A reason at a severity, with how often and where it was found.
  struct Problem {
    var code: ReasonCode
    var severity: Severity
    var entry: Tally.Entry
  }

  /// All that was found in rows: the gravest first, then the most frequent, then by code.
  var problems: [Problem] {
    tally.entries
      .map { Problem(code: $0.key.code, severity: $0.key.severity, entry: $0.entry) }
      .sorted {
        ($1.severity, $1.entry.count, $0.code.entry.name)
          < ($0.severity, $0.entry.count, $1.code.entry.name)
      }
  }
}
