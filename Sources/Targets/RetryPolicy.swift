/// Which attempts are made again, how often, and after which time.
package struct RetryPolicy: Hashable, Sendable {
  /// Tries after the first one.
  package let retryCount: Int
  /// The bound of the first wait; it doubles from wait to wait.
  package let firstWait: Duration
  /// The bound that no wait exceeds.
  package let longestWait: Duration

  /// Makes a policy of at least zero further tries.
  package init(
    retryCount: Int,
    firstWait: Duration = .milliseconds(500),
    longestWait: Duration = .seconds(30)
  ) {
    precondition(retryCount >= 0, "a negative number of retries")
    self.retryCount = retryCount
    self.firstWait = firstWait
    self.longestWait = longestWait
  }

  /// Whether another attempt may end otherwise.
  ///
  /// An assignment may be sent twice: it gives the user the same extension again. An answer that is
  /// not of this API is not asked for again, for it comes from somebody else.
  package func isTriedAgain(_ attempt: Attempt) -> Bool {
    switch attempt {
    case .busy, .faulty, .unanswered, .unreachable: true
    case .accepted, .refused, .unexpected, .unauthorized, .insecure: false
    }
  }

  /// How long to wait before the next try of a row.
  ///
  /// Any time up to a bound that doubles is as likely as another, so that clients that failed
  /// together do not come back together. When the target says how long it is busy, all rows wait in
  /// the pacer, and none here.
  /// - Parameters:
  ///   - attempt: what came of the last try.
  ///   - triesMade: tries so far, from 1.
  ///   - generator: where the chance comes from.
  /// - Returns: the time, or `nil` when there is no other try.
  package func wait(
    after attempt: Attempt,
    triesMade: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Duration? {
    precondition(triesMade >= 1, "a wait before the first try")
    guard isTriedAgain(attempt), triesMade <= retryCount else { return nil }
    if case .busy = attempt { return .zero }
    var bound = firstWait
    var doublings = triesMade - 1
    while doublings > 0 && bound < longestWait {
      bound += bound
      doublings -= 1
    }
    return min(bound, longestWait) * Double.random(in: 0..<1, using: &generator)
  }
}
