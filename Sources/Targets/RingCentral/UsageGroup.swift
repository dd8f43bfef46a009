/// What is asked of the platform, as far as its limits care.
package enum UsageCall: Hashable, Sendable, CaseIterable {
  case token, list, get, update

  /// The usage group that it is thought to be in before an answer says so.
  var presumedGroup: String {
    switch self {
    case .token: "auth"
    case .list, .update: "medium"
    case .get: "light"
    }
  }
}

/// The requests of one usage group: how many there were, and how many there may be.
///
/// The server counts what came in a window that slides. We count a request from when it is sent
/// until a window after its end, which is never less.
struct UsageGroup<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
  /// The limit, once an answer said it.
  private(set) var limit: Int?
  private(set) var window = Duration.seconds(60)
  /// Whether an answer came, even one that said nothing of limits.
  private(set) var isKnown = false
  /// Nothing goes out before this moment.
  private(set) var silenceEnd: Instant?
  /// When requests ended, ascending, those that others must have sent among them.
  private var ends: [Instant] = []
  /// When each request that is under way was let out.
  private var starts: [UInt64: Instant] = [:]

  /// How many requests the window still has room for, one less than the server allows: its clock
  /// and its count are not ours.
  private var capacity: Int { limit.map { max(1, $0 - 1) } ?? (isKnown ? .max : 1) }

  /// When the next request may go out.
  enum Opening: Hashable, Sendable {
    case now
    case at(Instant)
    /// When one that is under way has ended.
    case later
  }

  /// When so many requests may go out.
  func opening(for count: Int, at now: Instant) -> Opening {
    if let silenceEnd, now < silenceEnd { return .at(silenceEnd) }
    // What is asked for together goes out together, even if the limit is lower than that.
    let free = max(capacity, count) - count - starts.count
    // What is over counts against a limit only once there is one.
    if limit == nil { return free >= 0 ? .now : .later }
    let recent = ends.filter { now < $0.advanced(by: window) }
    if recent.count <= free { return .now }
    // Enough of them have left the window when this one has.
    guard free >= 0 else { return .later }
    return .at(recent[recent.count - free - 1].advanced(by: window))
  }

  mutating func begin(_ id: UInt64, at now: Instant) { starts[id] = now }

  /// A request that was never sent.
  mutating func giveBack(_ id: UInt64) { starts[id] = nil }

  /// Notes the end of a request, and says when it began.
  mutating func end(_ id: UInt64) -> Instant? { starts.removeValue(forKey: id) }

  /// Notes an answer in this group, to a request that began at a moment.
  mutating func answered(_ report: UsageReport?, begun: Instant, at now: Instant) {
    isKnown = true
    if let report {
      limit = report.limit
      window = report.window
    }
    ends.append(now)
    if let report, let remaining = report.remaining {
      // What the server may have counted of ours: all that ended within a window before this one
      // began, and all that are under way.
      let ours = ends.count { begun < $0.advanced(by: window) } + starts.count
      let others = report.limit - remaining - ours
      if others > 0 { ends += Array(repeating: now, count: min(others, report.limit)) }
      if remaining == 0 { silence(until: now.advanced(by: window)) }
    }
    forget(at: now)
  }

  /// A request that ended without an answer; the server may have counted it.
  mutating func unanswered(at now: Instant) {
    ends.append(now)
    forget(at: now)
  }

  /// Keeps silent until a moment, or longer if that is so already.
  mutating func silence(until end: Instant) {
    if let silenceEnd, silenceEnd >= end { return }
    silenceEnd = end
  }

  /// Drops what no answer to a request under way can be about.
  private mutating func forget(at now: Instant) {
    if isKnown && limit == nil {
      ends = []
      return
    }
    let oldest = starts.values.min() ?? now
    ends.removeAll { $0.advanced(by: window) <= min(oldest, now) }
  }
}
