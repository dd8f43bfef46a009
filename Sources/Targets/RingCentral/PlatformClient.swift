import AsyncHTTPClient
import ImportModel
import JSON
import NIOCore
import NIOHTTP1

/// A request to the platform.
struct PlatformCall: Sendable {
  let usage: UsageCall
  var method = HTTPMethod.GET
  let url: String
  /// JSON text.
  var body: String?
  var maximumByteCount = RingCentralSettings.maximumAnswerByteCount
  /// What is in it that no text may bring back.
  var secrets: [Secret] = []
}

/// Asks the platform: with a token that holds, and within its limits.
struct PlatformClient<Time: Clock>: Sendable where Time.Duration == Duration {
  let settings: RingCentralSettings
  let sender: HTTPSender
  let limiter: UsageLimiter<Time>
  let signIn: SignIn<Time>
  let clock: Time
  /// The seconds since 1970 by the wall clock.
  let now: @Sendable () -> Int64

  /// Where the account's resources are.
  var account: String { "\(settings.baseAddress)/restapi/v1.0/account/~" }

  /// Waits for leave, and sends.
  func send(_ call: PlatformCall) async throws(CallFailure) -> PlatformAnswer {
    let permit: UsagePermit
    do { permit = try await limiter.permit(call.usage) } catch { throw .stopped }
    return try await send(call, permit)
  }

  /// Sends what there is leave for, and once more with a new token if the present one holds no longer.
  func send(
    _ call: PlatformCall,
    _ permit: UsagePermit
  ) async throws(CallFailure) -> PlatformAnswer {
    let token: AccessToken
    do throws(CallFailure) {
      token = try await self.token()
    } catch {
      limiter.end(permit, .notSent)
      throw error
    }
    let answer = try await exchange(call, permit, token)
    guard answer.status == 401 else { return answer }
    let renewed = try await self.token(besides: token)
    let second: UsagePermit
    do { second = try await limiter.permit(call.usage) } catch { throw .stopped }
    return try await exchange(call, second, renewed)
  }

  private func token(besides refused: AccessToken? = nil) async throws(CallFailure) -> AccessToken {
    do throws(CallFailure) {
      return try await signIn.token(besides: refused)
    } catch {
      var failure = error
      failure.isSignIn = true
      throw failure
    }
  }

  private func exchange(
    _ call: PlatformCall,
    _ permit: UsagePermit,
    _ token: AccessToken
  ) async throws(CallFailure) -> PlatformAnswer {
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: call.url,
        method: call.method,
        headers: Self.headers(call, token),
        body: call.body.map { .byteBuffer(NIOCore.ByteBuffer(string: $0)) }
      )
    } catch {
      limiter.end(permit, .notSent)
      throw CallFailure(
        attempt: .unexpected(TargetAnswer(status: nil, message: "no valid address"))
      )
    }
    let exchange = await sender.send(request, maximumByteCount: call.maximumByteCount)
    let silence = limiter.end(permit, exchange.usageEnding(now: now()))
    let secrets = settings.secrets + [token.secret] + call.secrets
    return try exchange.answer(silence: silence, secrets: secrets)
  }

  private static func headers(_ call: PlatformCall, _ token: AccessToken) -> HTTPHeaders {
    var headers: HTTPHeaders = [
      "Authorization": "Bearer \(token.secret.text)",
      "Accept": "application/json",
      "User-Agent": "rcimport",
    ]
    if call.body != nil { headers.add(name: "Content-Type", value: "application/json") }
    return headers
  }
}

extension Exchange {
  /// What it means for the limits.
  func usageEnding(now: Int64) -> UsageEnding {
    let head: HTTPResponseHead
    switch self {
    case .answered(let answer), .broken(_, rest: let answer?): head = answer.head
    case .broken(.unreachable, _), .broken(.insecure, _): return .notSent
    case .broken: return .unanswered
    }
    let report = UsageReport(head.headers)
    let wait = head.headers.first(name: "retry-after").flatMap { RetryAfter.wait($0, now: now) }
    return switch head.status.code {
    case 429: .throttled(report, retryAfter: wait)
    case 503: .unavailable(report, retryAfter: wait)
    default: .answered(report)
    }
  }

  /// The answer; one that is cut is none, unless its status says enough.
  func answer(silence: Duration?, secrets: [Secret]) throws(CallFailure) -> PlatformAnswer {
    let answer: Answer
    switch self {
    case .answered(let whole):
      answer = whole
    case .broken(let attempt, let rest):
      guard let rest, [401, 429].contains(rest.head.status.code) || rest.head.status.code >= 500
      else { throw CallFailure(attempt: attempt) }
      answer = rest
    }
    let location = answer.head.headers.first(name: "location")
    var content: BodyContent?
    if case .whole(let bytes) = answer.body { content = BodyContent(bytes) }
    return PlatformAnswer(
      status: Int(answer.head.status.code),
      content: content,
      silence: silence,
      redirectOrigin: location.flatMap { BaseAddress.origin(ofURL: $0) },
      secrets: secrets
    )
  }
}

extension RingCentralSettings {
  /// What no text of the other side may bring back, whatever was sent.
  var secrets: [Secret] {
    let encoded = authorization.split(separator: " ").last ?? ""
    return [clientSecret, jwt, Secret(value: String(encoded))]
  }

  /// The app's name and secret, as the `Authorization` of the basic scheme (RFC 7617) has them.
  var authorization: String {
    HTTPClient.Authorization.basic(username: clientID, password: clientSecret.text).headerValue
  }
}
