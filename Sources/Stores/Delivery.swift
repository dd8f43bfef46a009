package import ImportModel

/// How far a run has come.
package enum RunState: String, CaseIterable, Sendable {
  /// Everything that could be done is done.
  case applied
  /// A run to another target that is at work, or was killed at it.
  case running
  /// A run to another target that ended with rows left that `resume` can go on with.
  case incomplete
}

/// What a run to a target outside the store records when it begins.
package struct NewDelivery: Sendable {
  package var run: NewRun
  /// The target's name, without any secret.
  package var target: String
  /// The arguments of the command, as JSON, so that it can be gone on with.
  package var arguments: String
  /// The folder that relative paths of the arguments start from.
  package var directory: String

  /// Makes it.
  package init(run: NewRun, target: String, arguments: String, directory: String) {
    self.run = run
    self.target = target
    self.arguments = arguments
    self.directory = directory
  }
}

/// A run to a target that can be gone on with.
package struct DeliveryRun: Hashable, Sendable {
  package var id: RunID
  package var state: RunState
  package var startedAt: UTCTime
  package var target: String
  package var arguments: String
  package var directory: String
  package var rules: String
  package var inputs: [RunInput]

  /// Makes it.
  package init(
    id: RunID,
    state: RunState,
    startedAt: UTCTime,
    target: String,
    arguments: String,
    directory: String,
    rules: String,
    inputs: [RunInput]
  ) {
    self.id = id
    self.state = state
    self.startedAt = startedAt
    self.target = target
    self.arguments = arguments
    self.directory = directory
    self.rules = rules
    self.inputs = inputs
  }
}

/// How far a row of a run to a target has come.
package enum DeliveryState: String, CaseIterable, Sendable {
  /// It was, or was about to be, sent; nothing is known of an answer.
  case sending
  /// The target took it.
  case applied
  /// The target will not take it; sending it again is of no use.
  case refused
  /// It was given up for now; going on with the run sends it again.
  case open
}

/// An entry of the journal: how far one row has come, and what the target said.
package struct DeliveryEntry: Hashable, Sendable {
  /// The row, as its index in the plan.
  package var row: UInt32
  package var state: DeliveryState
  /// How often it was sent so far.
  package var attempts: Int
  /// Why it did not end well; `nil` when it did, or while nothing is known.
  package var reason: ReasonCode?
  /// The HTTP status of the last answer.
  package var status: Int?
  /// The API's error code in the last answer.
  package var error: APIError?
  /// What the target said; empty where it is the documented sentence, or nothing.
  package var message: String
  /// The extension of the target's account that the row was sent with; `nil` keeps what is recorded.
  package var extensionID: UInt64?

  /// Makes it.
  package init(
    row: UInt32,
    state: DeliveryState,
    attempts: Int,
    reason: ReasonCode? = nil,
    status: Int? = nil,
    error: APIError? = nil,
    message: String = "",
    extensionID: UInt64? = nil
  ) {
    self.row = row
    self.state = state
    self.attempts = attempts
    self.reason = reason
    self.status = status
    self.error = error
    self.message = message
    self.extensionID = extensionID
  }
}

/// An assignment that a target confirmed, for the directory.
package struct ConfirmedAssignment: Hashable, Sendable {
  package var user: ObjectID
  package var number: ExtensionNumber
  package var origin: ChangeOrigin

  /// Makes it.
  package init(user: ObjectID, number: ExtensionNumber, origin: ChangeOrigin) {
    self.user = user
    self.number = number
    self.origin = origin
  }
}

/// One step of the journal: what is known of a row now, and what that makes true of the directory.
package struct DeliveryRecord: Hashable, Sendable {
  package var entry: DeliveryEntry
  /// What the target confirmed, if it did.
  ///
  /// A swap confirms a spare extension first.
  package var confirmed: ConfirmedAssignment?

  /// Makes it.
  package init(_ entry: DeliveryEntry, confirmed: ConfirmedAssignment? = nil) {
    self.entry = entry
    self.confirmed = confirmed
  }
}

/// Where runs to targets outside the store are journalled, row by row.
///
/// Everything that a call records is durable when the call returns, or nothing of it is there.
package protocol DeliveryJournal: AnyObject, Sendable {
  /// Records that a run begins, in the state `running`.
  func begin(_ delivery: NewDelivery) throws(ImportError) -> RunID

  /// The run of an id, if it is one to a target.
  func delivery(_ id: RunID) throws(ImportError) -> DeliveryRun?

  /// The latest run to a target that is not `applied` and read exactly inputs with these SHA-256, in
  /// this order.
  func openDelivery(
    to target: String,
    inputDigests: [String]
  ) throws(ImportError) -> DeliveryRun?

  /// The entries of a run by row, ascending.
  func entries(of run: RunID) throws(ImportError) -> [DeliveryEntry]

  /// Records steps, in their order, in one transaction.
  ///
  /// An entry replaces the one of its row. A confirmed assignment is written to the directory with
  /// its change in the history: the user is made when unknown, and whoever has the number in the
  /// directory loses it there, for the target is right about itself.
  func record(_ records: [DeliveryRecord], of run: RunID) throws(ImportError)

  /// Says that a run goes on.
  func reopen(_ run: RunID) throws(ImportError)

  /// Records how a run ended: its state, its rows by outcome as JSON, and what the body writes of
  /// the texts that the rows bring, all in one transaction.
  func finish(
    _ run: RunID,
    state: RunState,
    counts: String,
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError)
}
