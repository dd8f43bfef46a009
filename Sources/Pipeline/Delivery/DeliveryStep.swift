package import ImportModel
package import Stores
package import Targets

/// One request that is to be made for a row.
package struct DeliveryStep: Sendable {
  /// What has become of a step.
  package enum State: UInt8, Sendable {
    /// Waits for another step to release its extension.
    case blocked
    case ready
    case underWay
    case done
    case failed
  }

  /// What is asked of the target.
  package var assignment: Assignment
  /// The row.
  package var origin: ChangeOrigin
  /// The extension of the target's account that the user gets, where it has such.
  package var extensionID: UInt64?
  package var state = State.ready
  /// How often the row was sent so far.
  package var attempts: Int
  /// Whether it only makes room: the user gets a spare extension, and the row's own later.
  package var isDetour = false

  /// Makes the step of a row that was sent so often before.
  package init(
    assignment: Assignment,
    origin: ChangeOrigin,
    extensionID: UInt64? = nil,
    attempts: Int = 0
  ) {
    self.assignment = assignment
    self.origin = origin
    self.extensionID = extensionID
    self.attempts = attempts
  }

  /// The row, as its index in the plan.
  package var row: UInt32 { origin.row }

  /// What the target confirmed; `nil` when it chose a number and did not say which.
  func confirmed(_ chosen: ExtensionNumber?) -> ConfirmedAssignment? {
    (chosen ?? assignment.number).map {
      ConfirmedAssignment(user: assignment.user, number: $0, origin: origin)
    }
  }
}

/// What became of a step, for the journal and the report.
package struct DeliveryResult: Hashable, Sendable {
  package var state: DeliveryState
  package var attempts: Int
  package var reason: ReasonCode?
  package var status: Int?
  package var error: APIError?
  package var message: String
  /// The number that the target chose.
  package var number: ExtensionNumber?

  /// Makes it.
  package init(
    state: DeliveryState,
    attempts: Int,
    reason: ReasonCode? = nil,
    status: Int? = nil,
    error: APIError? = nil,
    message: String = "",
    number: ExtensionNumber? = nil
  ) {
    self.state = state
    self.attempts = attempts
    self.reason = reason
    self.status = status
    self.error = error
    self.message = message
    self.number = number
  }

  /// The row waits for another that did not end well.
  static func waiting(for row: UInt32, attempts: Int = 0) -> DeliveryResult {
    DeliveryResult(state: .open, attempts: attempts, reason: .waitsForRow, message: "\(row)")
  }
}

/// Why a run stops sending before all rows are settled.
package enum DeliveryStop: Hashable, Sendable {
  case unauthorized(String)
  case unreachable(String)
  case insecure(String)
  /// Row after row failed.
  case failing(rowCount: Int, String)
  /// More rows failed than allowed.
  case tooManyFailures(rowCount: Int, limit: String)
  case interrupted
  /// The journal cannot be written; the error itself says why.
  case journalFailed

  /// What to say of it; `nil` where an error says it.
  var finding: Finding? {
    switch self {
    case .unauthorized(let text): Finding(.unauthorized, .refusal, text: text)
    case .unreachable(let text): Finding(.connectFailed, .refusal, text: text)
    case .insecure(let text): Finding(.tlsFailed, .refusal, text: text)
    case .failing(let count, let text): Finding(.targetError, .refusal, number: count, text: text)
    case .tooManyFailures(let count, let limit):
      Finding(.stoppedByFailures, .refusal, number: count, text: limit)
    case .interrupted, .journalFailed: nil
    }
  }

  /// What kind of end the run comes to by it.
  var kind: ImportError.Kind? {
    switch self {
    case .unauthorized: .notAuthorized
    case .unreachable, .insecure: .targetUnreachable
    case .failing: .tryAgainLater
    case .tooManyFailures: nil
    case .interrupted: .interrupted
    case .journalFailed: .outputNotWritten
    }
  }
}
