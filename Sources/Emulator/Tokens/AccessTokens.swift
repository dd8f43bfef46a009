/// The tokens that applications have, and how long each is good.
struct AccessTokens: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// What a token is found to be.
  enum Standing: Hashable, Sendable {
    /// Good, and of this application.
    case valid(client: String)
    case expired
    case unknown
  }

  private struct Session {
    var client: String
    var end: Instant
  }

  /// How many tokens an application may have; the next one ends the oldest.
  private static let maximumSessionCount = 5

  private var sessions: [String: Session] = [:]
  /// The tokens of each application, the oldest first.
  private var order: [String: [String]] = [:]

  /// Makes a token.
  mutating func issue(to client: String, lifetime: Duration, at now: Instant) -> String {
    let token = Self.randomText(partCount: 4)
    sessions[token] = Session(client: client, end: now + lifetime)
    order[client, default: []].append(token)
    if let oldest = order[client]?.first, order[client]?.count ?? 0 > Self.maximumSessionCount {
      revoke(oldest)
    }
    return token
  }

  /// Looks a token up.
  func standing(of token: String, at now: Instant) -> Standing {
    guard let session = sessions[token] else { return .unknown }
    return now < session.end ? .valid(client: session.client) : .expired
  }

  /// Ends a token's life.
  mutating func revoke(_ token: String) {
    guard let session = sessions.removeValue(forKey: token) else { return }
    order[session.client]?.removeAll { $0 == token }
  }

  /// Text that nobody can guess: 16 hexadecimal digits for each part.
  static func randomText(partCount: Int) -> String {
    (0..<partCount).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    .joined()
  }
}
