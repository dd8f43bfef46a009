import ImportModel
import Stores
import Targets

extension Attempt {
  /// The sentence of the API for a row that was taken; no other needs to be kept.
  static let successMessage = "RingCentral extension updated successfully"

  /// Whether the target can have seen the row.
  var isSent: Bool {
    switch self {
    case .unreachable, .insecure: false
    case .accepted, .refused, .unexpected, .busy, .faulty, .unanswered, .unauthorized: true
    }
  }

  /// What it makes of its row when it is the last one.
  func result(attempts: Int) -> DeliveryResult {
    switch self {
    case .accepted(let answer):
      DeliveryResult(
        state: .applied,
        attempts: attempts,
        status: answer.status,
        message: answer.message == Self.successMessage ? "" : answer.message,
        number: answer.number
      )
    case .refused(let answer):
      Self.result(
        .refused,
        answer.error == .userNotFound ? .userNotFoundAtTarget : .rejectedByTarget,
        answer,
        attempts
      )
    case .unexpected(let answer): Self.result(.open, .unexpectedResponse, answer, attempts)
    case .busy(let answer, _), .faulty(let answer):
      Self.result(.open, .retriesExhausted, answer, attempts)
    case .unauthorized(let answer): Self.result(.open, .unauthorized, answer, attempts)
    case .unanswered(let text):
      DeliveryResult(state: .open, attempts: attempts, reason: .outcomeUnknown, message: text)
    case .unreachable(let text):
      DeliveryResult(state: .open, attempts: attempts, reason: .connectFailed, message: text)
    case .insecure(let text):
      DeliveryResult(state: .open, attempts: attempts, reason: .tlsFailed, message: text)
    }
  }

  private static func result(
    _ state: DeliveryState,
    _ reason: ReasonCode,
    _ answer: TargetAnswer,
    _ attempts: Int
  ) -> DeliveryResult {
    DeliveryResult(
      state: state,
      attempts: attempts,
      reason: answer.reason ?? reason,
      status: answer.status,
      error: answer.error,
      message: answer.message
    )
  }
}
