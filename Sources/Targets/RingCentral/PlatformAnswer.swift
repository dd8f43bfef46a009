import ImportModel
import JSON

/// An answer of the platform, and what it means unless its call knows better.
struct PlatformAnswer: Sendable {
  let status: Int
  /// What stands in its body; `nil` when that is cut or too long.
  let content: BodyContent?
  /// How long nothing is to be sent, if it says so.
  let silence: Duration?
  /// Where it leads, if it is a redirect to somewhere.
  let redirectOrigin: String?
  /// What no text may bring back.
  let secrets: [Secret]

  /// The object in its body.
  var object: JSONValue? {
    guard case .json(let value) = content, value.object != nil else { return nil }
    return value
  }

  /// The error that it tells.
  var problem: PlatformProblem? {
    guard case .json(let value) = content else { return nil }
    return PlatformProblem(value)
  }

  /// What it says, for people.
  var text: String {
    if let problem { return problem.text }
    if 300...399 ~= status {
      return redirectOrigin.map { "status \(status), a redirect to \($0)" }
        ?? "status \(status), a redirect"
    }
    guard let content else { return "status \(status) whose body is cut or far too long" }
    return "status \(status) with \(content.description)"
  }

  /// What is said about a row: a text without secrets, which is cut only then.
  func said(
    _ text: String? = nil,
    error: APIError? = nil,
    reason: ReasonCode? = nil
  ) -> TargetAnswer {
    let message = secrets.reduce(text ?? self.text) { $1.removed(from: $0) }
    return TargetAnswer(status: status, error: error, message: message, reason: reason)
  }

  /// What an answer that is not the wanted one means for any call.
  var failure: Attempt {
    switch status {
    case 401: return .unauthorized(said(error: .unauthorized))
    case 403 where !isRefusal:
      return .unauthorized(said(error: .unauthorized, reason: .forbidden))
    case 429, 503: return .busy(said(error: .server), wait: silence)
    case 409 where problem?.code == "CMN-204": return .faulty(said(error: .server))
    case 400, 403, 404, 409, 415, 501:
      guard problem != nil else { return .unexpected(said()) }
      return .refused(said(error: .validation, reason: .rejectedByTarget))
    case 500...599: return .faulty(said(error: .server))
    default: return .unexpected(said())
    }
  }

  /// Whether a 403 is about what was sent, or what the account's contract has, and not about who
  /// sent it.
  private var isRefusal: Bool {
    guard let code = problem?.code else { return false }
    return ["CMN-101", "CMN-109", "CMN-112", "CMN-113", "CMN-406"].contains(code)
      || ["BIL-", "EXT-", "PWD-", "ACT-"].contains { code.hasPrefix($0) }
  }
}
