package import ImportModel

/// Something that assignments are written to, one at a time, beside the store.
///
/// The contract, which a suite checks for every target:
/// - `assign` makes one attempt and never waits to make another: when to try again is decided by
///   who calls it, for the whole run.
/// - It always answers within the time limits it was made with, and is ended early by cancellation.
/// - Only the documented answer counts as success. What comes from the other side is not trusted: it
///   is bounded in size, and its text is data.
/// - No secret ever appears in an answer or error.
package protocol AssignmentTarget: Sendable {
  /// What it is called in reports and in the store: its address, without any secret.
  var name: String { get }

  /// Takes leave to make an assignment now, which must then be made.
  ///
  /// - Returns: `nil` when it may be made, or else how long nothing is to be sent from now on because
  ///   of limits that the target itself told.
  func reserve(_ assignment: Assignment) -> Duration?

  /// Gives a user an extension, in place of the one the user has.
  func assign(_ assignment: Assignment) async -> Attempt

  /// Closes what is open; nothing may be asked of it afterwards.
  func close() async
}

extension AssignmentTarget {
  /// A target without limits of its own.
  package func reserve(_ assignment: Assignment) -> Duration? { nil }
}

/// One user with the extension to be given.
package struct Assignment: Hashable, Sendable {
  package var user: ObjectID
  /// The number; `nil` when the target is to choose it.
  package var number: ExtensionNumber?

  /// Makes it.
  package init(user: ObjectID, number: ExtensionNumber?) {
    self.user = user
    self.number = number
  }
}

/// What a target said about a row, for its line in the report.
package struct TargetAnswer: Hashable, Sendable {
  /// The HTTP status; `nil` when no answer came.
  package var status: Int?
  /// The error code of the API; `nil` when the answer has none of them.
  package var error: APIError?
  /// What it said, at most `TargetAnswer.maximumTextLength` characters; empty when it said nothing.
  package var message: String
  /// Why the row did not end well, where the target knows better than its kind of answer says.
  package var reason: ReasonCode?
  /// The number that the user has now, where the target chose it.
  package var number: ExtensionNumber?

  /// Longer texts of the other side are cut.
  package static let maximumTextLength = 300

  /// Makes it; a text that is too long is cut.
  package init(
    status: Int?,
    error: APIError? = nil,
    message: String,
    reason: ReasonCode? = nil,
    number: ExtensionNumber? = nil
  ) {
    self.status = status
    self.error = error
    self.reason = reason
    self.number = number
    self.message =
      message.count > Self.maximumTextLength
      ? message.prefix(Self.maximumTextLength - 1) + "\u{2026}" : message
  }
}

/// What came of one attempt.
package enum Attempt: Hashable, Sendable {
  /// The target says, in its documented form, that it is done.
  case accepted(TargetAnswer)
  /// The target will never take this row as it is (400, 404).
  case refused(TargetAnswer)
  /// An answer that is neither success nor one of the documented errors.
  case unexpected(TargetAnswer)
  /// The target wants to be left alone (429, 503), for as long as it says.
  case busy(TargetAnswer, wait: Duration?)
  /// The target failed (5xx); another attempt may succeed.
  case faulty(TargetAnswer)
  /// The row was sent, or part of it, and no whole answer came.
  case unanswered(String)
  /// No connection could be made, so nothing was sent.
  case unreachable(String)
  /// The target does not accept the token (401, 403).
  case unauthorized(TargetAnswer)
  /// The other side cannot prove who it is.
  case insecure(String)
}
