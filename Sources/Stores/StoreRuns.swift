package import ImportModel

/// The number of a run in its store, from 1.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int64

  /// Makes an id.
  package init(_ number: Int64) { self.number = number }

  package var description: String { String(number) }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// An input of a run, as it is recorded.
package struct RunInput: Hashable, Sendable {
  /// The name given by the user, `-` for standard input.
  package var name: String
  package var kind: InputKind
  /// `csv` or `xml`.
  package var format: String
  /// In lower-case hexadecimal.
  package var sha256: String
  package var byteCount: UInt64
  package var rowCount: Int

  /// Makes it.
  package init(
    name: String,
    kind: InputKind,
    format: String,
    sha256: String,
    byteCount: UInt64,
    rowCount: Int
  ) {
    self.name = name
    self.kind = kind
    self.format = format
    self.sha256 = sha256
    self.byteCount = byteCount
    self.rowCount = rowCount
  }
}

/// What is recorded of a run beside its changes.
package struct NewRun: Sendable {
  package var startedAt: UTCTime
  /// What was done: `apply`, `undo`.
  package var command: String
  /// The program's version.
  package var version: String
  /// The rules in force, as JSON.
  package var rules: String
  /// Rows by outcome, as JSON.
  package var counts: String
  package var inputs: [RunInput]

  /// Makes it.
  package init(
    startedAt: UTCTime,
    command: String,
    version: String,
    rules: String,
    counts: String,
    inputs: [RunInput]
  ) {
    self.startedAt = startedAt
    self.command = command
    self.version = version
    self.rules = rules
    self.counts = counts
    self.inputs = inputs
  }
}

/// A past run in one line.
package struct RunSummary: Hashable, Sendable {
  package var id: RunID
  package var startedAt: UTCTime
  /// Of a run that is at work: when it last ended, or else when it began.
  package var finishedAt: UTCTime
  package var command: String
  package var version: String
  /// A raw value of `RunState`.
  package var state: String
  /// Rows by outcome, as JSON.
  package var counts: String
  /// The target's name; `nil` for the store itself.
  package var target: String?

  /// Makes it.
  package init(
    id: RunID,
    startedAt: UTCTime,
    finishedAt: UTCTime,
    command: String,
    version: String,
    state: String,
    counts: String,
    target: String? = nil
  ) {
    self.id = id
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.command = command
    self.version = version
    self.state = state
    self.counts = counts
    self.target = target
  }
}

/// A past run in detail.
package struct RunDetail: Hashable, Sendable {
  package var summary: RunSummary
  /// The rules that were in force, as JSON.
  package var rules: String
  package var inputs: [RunInput]
  package var changeCount: Int
  /// How many rows have come how far, for a run to a target; states of no row are left out.
  package var deliveries: [DeliveryState: Int]

  /// Makes it.
  package init(
    summary: RunSummary,
    rules: String,
    inputs: [RunInput],
    changeCount: Int,
    deliveries: [DeliveryState: Int] = [:]
  ) {
    self.summary = summary
    self.rules = rules
    self.inputs = inputs
    self.changeCount = changeCount
    self.deliveries = deliveries
  }
}

/// The row of a run that made a change.
package struct ChangeOrigin: Hashable, BitwiseCopyable, Sendable {
  /// The row, as its index in the plan.
  package var row: UInt32
  /// The input, as its index in the run.
  package var input: UInt32
  /// The row number in the input.
  package var inputRow: UInt32

  /// Makes it.
  package init(row: UInt32, input: UInt32, inputRow: UInt32) {
    self.row = row
    self.input = input
    self.inputRow = inputRow
  }
}

/// One change of a run.
package struct ChangeRecord: Hashable, Sendable {
  /// What became of the record.
  package enum Action: String, CaseIterable, Sendable { case created, changed, removed }
  /// What the record is.
  package enum Subject: String, CaseIterable, Sendable {
    case user
    case phoneExtension = "extension"
  }

  package var origin: ChangeOrigin
  package var subject: Subject
  package var action: Action
  /// A user's id; an extension's number, or `id:` and RingCentral's id where it has no number.
  package var key: String
  package var before: ExtensionNumber?
  package var after: ExtensionNumber?
  /// The texts that were overwritten or removed, as a JSON object by field name; `nil` when the
  /// record is new.
  package var beforeRecord: String?

  /// Makes it.
  package init(
    origin: ChangeOrigin,
    subject: Subject,
    action: Action,
    key: String,
    before: ExtensionNumber?,
    after: ExtensionNumber?,
    beforeRecord: String?
  ) {
    self.origin = origin
    self.subject = subject
    self.action = action
    self.key = key
    self.before = before
    self.after = after
    self.beforeRecord = beforeRecord
  }
}
