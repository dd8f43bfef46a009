/// Counts requests of each application in each usage group, over a window that slides.
///
/// Whoever goes over the limit is shut out for a whole penalty, which every request sent meanwhile
/// begins anew.
package struct RateLimiter: Sendable {
  package typealias Instant = ContinuousClock.Instant

  /// What is said about the limit in the head of an answer, and whether there is an answer.
  package struct Verdict: Hashable, Sendable {
    package var group: UsageGroup
    package var limit: Int
    package var remaining: Int
    /// In seconds.
    package var window: Int
    /// How many seconds to stay away; `nil` for a request that is let through.
    package var retryAfter: Int?
  }

  private struct Key: Hashable {
    var client: String
    var group: UsageGroup
  }

  private struct Record {
    /// When the requests of the present window came, ascending.
    var arrivals: [Instant] = []
    var penaltyEnd: Instant?
  }

  /// How many times faster than RingCentral's the limits are.
  private let factor: Int
  private var records: [Key: Record] = [:]

  /// Makes a limiter.
  ///
  /// - Parameter factor: 1 for RingCentral's limits. With more, as many times the requests fit into
  ///   a time: windows and penalties are shorter, though never under a second, the least that the
  ///   head of an answer can say.
  package init(factor: Int) {
    precondition(1...1_000_000 ~= factor, "limits are multiplied by 1 up to a million")
    self.factor = factor
  }

  /// The window and the penalty in seconds.
  private var window: Int { (60 + factor - 1) / factor }

  private func limit(of group: UsageGroup) -> Int {
    max(1, group.requestsPerMinute * factor * window / 60)
  }

  /// Counts a request and decides about it.
  package mutating func admit(_ group: UsageGroup, client: String, at now: Instant) -> Verdict {
    var record = records[Key(client: client, group: group)] ?? Record()
    defer { records[Key(client: client, group: group)] = record }
    let limit = limit(of: group)
    let window = window
    record.arrivals.removeAll { $0 + .seconds(window) <= now }
    let isPunished = record.penaltyEnd.map { now < $0 } ?? false
    if isPunished || record.arrivals.count >= limit {
      record.penaltyEnd = now + .seconds(window)
      return Verdict(group: group, limit: limit, remaining: 0, window: window, retryAfter: window)
    }
    record.penaltyEnd = nil
    record.arrivals.append(now)
    return Verdict(
      group: group,
      limit: limit,
      remaining: limit - record.arrivals.count,
      window: window
    )
  }

  /// Shuts an application out of a group as if it had gone over the limit.
  mutating func punish(_ group: UsageGroup, client: String, at now: Instant) -> Verdict {
    let window = window
    records[Key(client: client, group: group), default: Record()].penaltyEnd =
      now + .seconds(window)
    return Verdict(
      group: group,
      limit: limit(of: group),
      remaining: 0,
      window: window,
      retryAfter: window
    )
  }
}
