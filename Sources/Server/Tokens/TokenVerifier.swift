import Crypto
import Glibc
import HTTPTypes
import JWTKit
import Synchronization

/// Says who sent a request, by the token that it carries.
///
/// The rules are those of RFC 8725: the algorithm is that of the key and not the header's word,
/// keys come from the configured file alone, and everything about a token is checked before it is
/// believed. Tokens that held are remembered by their SHA-256 until they end, so that a client that
/// stays costs one digest a request.
final class TokenVerifier: Sendable {
  /// Tokens that are remembered.
  static let cacheLimit = 1024

  private let keys: TokenKeys
  private let rules: TokenRules
  private let cache = Mutex<[SHA256Digest: Held]>([:])

  /// A token that held.
  private struct Held {
    var administrator: Administrator
    var end: Double
  }

  init(keys: TokenKeys, rules: TokenRules) {
    self.keys = keys
    self.rules = rules
  }

  /// The administrator whose token a request carries.
  ///
  /// - Throws: always the same failure, whatever is wrong with the token.
  func administrator(_ headers: HTTPFields) async throws(APIFailure) -> Administrator {
    guard let token = BearerToken.token(in: headers) else { throw .unauthorized }
    var hash = SHA256()
    token.utf8.withContiguousStorageIfAvailable { hash.update(bufferPointer: .init($0)) }
    let digest = hash.finalize()
    let now = Self.now
    let held = cache.withLock { $0[digest] }
    if let held, now < held.end { return held.administrator }
    guard let claims = await claims(of: token, now: now) else { throw .unauthorized }
    remember(digest, Held(administrator: claims.administrator, end: claims.end), now: now)
    return claims.administrator
  }

  private func claims(of token: String, now: Double) async -> TokenClaims? {
    guard let shape = TokenShape(token), let key = keys.key(for: shape),
      (try? await key.verifier.verify(token, as: Unread.self)) != nil,
      let claims = shape.claims()
    else { return nil }
    return TokenClaims(claims, rules: rules, now: now)
  }

  private func remember(_ digest: SHA256Digest, _ held: Held, now: Double) {
    cache.withLock { cache in
      if cache.count >= Self.cacheLimit { cache = cache.filter { now < $0.value.end } }
      // Many tokens that all hold: beginning anew costs each of them one more check.
      if cache.count >= Self.cacheLimit { cache.removeAll(keepingCapacity: true) }
      cache[digest] = held
    }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A payload of which only the signature is checked; the claims are read by our own parser.
private struct Unread: JWTPayload {
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
