import AsyncHTTPClient
import ImportModel
import JSON
import NIOCore
import NIOHTTP1
import Synchronization

/// A token that opens the account, for some time.
struct AccessToken: Hashable, Sendable {
  let secret: Secret
  /// Which of the tokens of this process it is, from 1.
  let number: Int
}

/// Signs in with the JWT grant (RFC 7523, section 2.1), and keeps the token for all who ask.
///
/// A new one is asked for before the present one ends, or when somebody found that it holds no
/// longer; all who need it then wait for the same one. Credentials that were refused are not shown
/// again, for accounts are locked after some tries.
final class SignIn<Time: Clock>: Sendable where Time.Duration == Duration {
  private struct State {
    var token: AccessToken?
    /// When the next one is asked for.
    var renewal: Time.Instant?
    var refusal: CallFailure?
  }

  /// How long before its end a token is not used any more, unless it lives shorter than ten times
  /// that.
  private static var margin: Duration { .seconds(60) }
  /// How long giving a token back may take.
  private static var revocationTimeout: Duration { .seconds(3) }
  private static var grant: String { "urn:ietf:params:oauth:grant-type:jwt-bearer" }

  private let settings: RingCentralSettings
  private let sender: HTTPSender
  private let limiter: UsageLimiter<Time>
  private let clock: Time
  private let now: @Sendable () -> Int64
  private let work = SharedWork<CallFailure>()
  private let state = Mutex(State())

  init(
    _ settings: RingCentralSettings,
    sender: HTTPSender,
    limiter: UsageLimiter<Time>,
    clock: Time,
    now: @escaping @Sendable () -> Int64
  ) {
    self.settings = settings
    self.sender = sender
    self.limiter = limiter
    self.clock = clock
    self.now = now
  }

  /// A token that holds, as far as is known.
  ///
  /// - Parameter refused: one that was just found to hold no longer.
  /// - Returns: the present one, or a new one.
  /// - Throws: what came of asking for a new one.
  func token(besides refused: AccessToken? = nil) async throws(CallFailure) -> AccessToken {
    try await work.run(unless: { present(besides: refused) != nil }, stopped: .stopped) {
      () async throws(CallFailure) in
      if let refusal = state.withLock({ $0.refusal }) { throw refusal }
      try await renew()
    }
    guard let token = state.withLock({ $0.token }) else {
      preconditionFailure("signing in ended well without a token")
    }
    return token
  }

  /// Gives the token back, as far as that is possible now; nothing is made of a failure.
  func revoke() async {
    guard let token = state.withLock({ $0.token }),
      case .taken(let permits) = limiter.take([.token])
    else { return }
    let exchange = await exchange(
      "revoke",
      [("token", token.secret.text)],
      timeout: Self.revocationTimeout
    )
    for permit in permits { limiter.end(permit, exchange.usageEnding(now: now())) }
  }

  private func present(besides refused: AccessToken?) -> AccessToken? {
    let now = clock.now
    return state.withLock { state in
      guard let token = state.token, token.number != refused?.number else { return nil }
      if let renewal = state.renewal, renewal <= now { return nil }
      return token
    }
  }

  private func renew() async throws(CallFailure) {
    let permit: UsagePermit
    do { permit = try await limiter.permit(.token) } catch { throw .stopped }
    let start = clock.now
    let exchange = await exchange(
      "token",
      [("grant_type", Self.grant), ("assertion", settings.jwt.text)]
    )
    let silence = limiter.end(permit, exchange.usageEnding(now: now()))
    let answer = try exchange.answer(silence: silence, secrets: settings.secrets)
    guard answer.status == 200 else { throw refused(answer) }
    guard let text = answer.object?["access_token"]?.string,
      let secret = try? Secret(text, source: "the answer"), secret.text == text
    else {
      throw CallFailure(attempt: .unexpected(answer.said("\(answer.text) that has no token")))
    }
    let lifetime = answer.object?["expires_in"]?.integer.map { min(max($0, 0), 1_000_000) }
    state.withLock { state in
      state.token = AccessToken(secret: secret, number: (state.token?.number ?? 0) + 1)
      state.renewal = lifetime.map { seconds in
        let life = Duration.seconds(seconds)
        return start.advanced(by: life - min(Self.margin, life / 10))
      }
    }
  }

  /// What an answer without a token means.
  private func refused(_ answer: PlatformAnswer) -> CallFailure {
    guard [400, 401, 403].contains(answer.status), let problem = answer.problem else {
      return CallFailure(attempt: answer.failure)
    }
    let hint = SignInHint.text(problem)
    let failure = CallFailure(
      attempt: .unauthorized(answer.said("\(problem.text) (\(hint))", error: .unauthorized)),
      hint: hint
    )
    state.withLock { $0.refusal = failure }
    return failure
  }

  private func exchange(
    _ path: String,
    _ form: [(name: String, value: String)],
    timeout: Duration? = nil
  ) async -> Exchange {
    let body = form.map { "\(FormField.encode($0.name))=\(FormField.encode($0.value))" }
      .joined(separator: "&")
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: "\(settings.baseAddress)/restapi/oauth/\(path)",
        method: .POST,
        headers: [
          "Authorization": settings.authorization,
          "Content-Type": "application/x-www-form-urlencoded",
          "Accept": "application/json",
          "User-Agent": "rcimport",
        ],
        body: .byteBuffer(NIOCore.ByteBuffer(string: body))
      )
    } catch {
      preconditionFailure("an address that was checked makes no request")
    }
    return await sender.send(
      request,
      maximumByteCount: RingCentralSettings.maximumAnswerByteCount,
      timeout: timeout
    )
  }
}
