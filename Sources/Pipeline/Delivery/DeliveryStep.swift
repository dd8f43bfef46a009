import ImportModel
import Stores

/// One request that is to be made for a row.
struct DeliveryStep: Sendable {
  /// What has become of a step.
  enum State: UInt8, Sendable {
    /// Waits for another step to release its extension.
    case blocked
    case ready
    case underWay
    case done
    case failed
  }

  var assignment: ConfirmedAssignment
  var state = State.ready
  /// How often the row was sent so far.
  var attempts = 0
  /// Whether it only makes room: the user gets a spare extension, and the row's own later.
  var isDetour = false

  /// The row, as its index in the plan.
  var row: UInt32 { assignment.origin.row }
}

/// What became of a step, for the journal and the report.
struct DeliveryResult: Hashable, Sendable {
  var state: DeliveryState
  var attempts: Int
  var reason: ReasonCode?
  var status: Int?
  var error: APIError?
  var message = ""

  /// The row waits for another that did not end well.
  static func waiting(for row: UInt32, attempts: Int = 0) -> DeliveryResult {
    DeliveryResult(state: .open, attempts: attempts, reason: .waitsForRow, message: "\(row)")
  }
}

/// Why a run stops sending before all rows are settled.
enum DeliveryStop: Hashable, Sendable {
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
