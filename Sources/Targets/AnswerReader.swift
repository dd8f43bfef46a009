import ImportModel
import JSON
import NIOCore
import NIOHTTP1

/// Tells what an answer means, to the letter of the admin API's contract.
///
/// Whatever is not in the contract is not from this API: a gateway, a sign-in page, another service.
struct AnswerReader {
  /// The secret that no text of the other side may bring back.
  let token: Secret
  /// The seconds since 1970 by the wall clock.
  let now: @Sendable () -> Int64

  /// What an answer means; `nil` when the part of it that matters did not come.
  func attempt(_ answer: Answer) -> Attempt? {
    let status = Int(answer.head.status.code)
    switch status {
    case 200, 400, 404:
      switch answer.body {
      case .cut: return nil
      case .tooLong: return .unexpected(plain(status, "status \(status) with far too long a body"))
      case .whole(let bytes): return settled(status, BodyContent(bytes))
      }
    case 401, 403:
      return .unauthorized(failure(answer))
    case 429, 503:
      let wait = answer.head.headers.first(name: "retry-after")
        .flatMap { RetryAfter.wait($0, now: now()) }
      return .busy(failure(answer), wait: wait)
    case 500...599:
      return .faulty(failure(answer))
    case 300...399:
      let location = answer.head.headers.first(name: "location")
      let origin = location.flatMap { BaseAddress.origin(ofURL: $0) }
      let text = origin.map { "a redirect to \($0)" } ?? "a redirect"
      return .unexpected(plain(status, "status \(status), \(text)"))
    default:
      return .unexpected(failure(answer))
    }
  }

  /// An answer whose body decides.
  private func settled(_ status: Int, _ content: BodyContent) -> Attempt {
    let shown = "status \(status) with \(content.description)"
    guard case .json(let value) = content else { return .unexpected(plain(status, shown)) }
    if status != 200 {
      guard let envelope = ErrorEnvelope(value) else { return .unexpected(plain(status, shown)) }
      guard let error = APIError(rawValue: envelope.code), error.status == status else {
        let text = "status \(status) with the error \(envelope.code): \(envelope.message)"
        return .unexpected(plain(status, text))
      }
      return .refused(clean(TargetText(status, error, envelope.message)))
    }
    if let envelope = ErrorEnvelope(value) {
      let text = "status 200 with the error \(envelope.code): \(envelope.message)"
      return .unexpected(plain(status, text))
    }
    guard value.object != nil else { return .unexpected(plain(status, shown)) }
    for name in ["message", "data"] where value[name] == nil {
      return .unexpected(plain(status, "\(shown) that has no \"\(name)\""))
    }
    guard value["error"] == nil else {
      return .unexpected(plain(status, "\(shown) that has an \"error\""))
    }
    guard let message = value["message"]?.string else {
      return .unexpected(plain(status, "\(shown) whose \"message\" is not a string"))
    }
    guard value["data"]?.object != nil else {
      return .unexpected(plain(status, "\(shown) whose \"data\" is not an object"))
    }
    return .accepted(clean(TargetText(status, nil, message)))
  }

  /// An answer whose status decides; its body only explains.
  private func failure(_ answer: Answer) -> TargetAnswer {
    let status = Int(answer.head.status.code)
    guard case .whole(let bytes) = answer.body else { return plain(status, "status \(status)") }
    let content = BodyContent(bytes)
    if case .json(let value) = content, let envelope = ErrorEnvelope(value) {
      let error = APIError(rawValue: envelope.code).flatMap { $0.status == status ? $0 : nil }
      return clean(TargetText(status, error, envelope.message))
    }
    return plain(status, "status \(status) with \(content.description)")
  }

  private func plain(_ status: Int, _ text: String) -> TargetAnswer {
    clean(TargetText(status, nil, text))
  }

  private typealias TargetText = (status: Int, error: APIError?, message: String)

  /// Takes the secret out before the text is cut, so that no half of it stays.
  private func clean(_ text: TargetText) -> TargetAnswer {
    TargetAnswer(
      status: text.status,
      error: text.error,
      message: token.removed(from: text.message)
    )
  }
}

/// The body of an error of the API: `{"error":{"code":"...","message":"..."}}`.
private struct ErrorEnvelope {
  let code: String
  let message: String

  /// Reads it; `nil` for any other value.
  init?(_ value: JSONValue) {
    guard let error = value["error"], let code = error["code"]?.string,
      let message = error["message"]?.string
    else { return nil }
    self.code = code
    self.message = message
  }
}
