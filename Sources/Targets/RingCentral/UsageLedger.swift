/// Leave for one request, which has to be ended.
package struct UsagePermit: Hashable, Sendable {
  let id: UInt64
  /// What it is for.
  package let call: UsageCall
  /// The group that it counts in until its answer says more.
  let group: String
}

/// How a request ended.
package enum UsageEnding: Hashable, Sendable {
  /// With an answer.
  case answered(UsageReport?)
  /// 429: too many requests.
  case throttled(UsageReport?, retryAfter: Duration?)
  /// 503: the whole platform wants to be left alone.
  case unavailable(UsageReport?, retryAfter: Duration?)
  /// It was sent, and no answer came.
  case unanswered
  /// It was not sent.
  case notSent
}

/// The requests of all usage groups, and which call is in which group.
struct UsageLedger<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
  /// How long RingCentral is left alone that does not say for how long.
  static var leastSilence: Duration { .seconds(30) }

  private var groups: [String: UsageGroup<Instant>] = [:]
  private var names: [UsageCall: String] = [:]
  /// Nothing at all goes out before this moment.
  private var silenceEnd: Instant?
  private var nextID: UInt64 = 0

  /// What was said of the limit of a call's group.
  func report(of call: UsageCall) -> UsageReport? {
    let name = name(of: call)
    guard let group = groups[name], let limit = group.limit else { return nil }
    return UsageReport(group: name, limit: limit, remaining: nil, window: group.window)
  }

  /// The group of a call, as far as it is known.
  func name(of call: UsageCall) -> String { names[call] ?? call.presumedGroup }

  /// When requests may go out together.
  func opening(
    _ calls: [UsageCall],
    at now: Instant
  ) -> UsageGroup<Instant>.Opening {
    var latest = silenceEnd.flatMap { now < $0 ? $0 : nil }
    var isLater = false
    let counts = Dictionary(calls.map { (name(of: $0), 1) }, uniquingKeysWith: +)
    for (name, count) in counts {
      switch (groups[name] ?? UsageGroup()).opening(for: count, at: now) {
      case .now: break
      case .at(let moment): latest = max(latest ?? moment, moment)
      case .later: isLater = true
      }
    }
    if let latest { return .at(latest) }
    return isLater ? .later : .now
  }

  mutating func begin(_ call: UsageCall, at now: Instant)
    -> UsagePermit
  {
    nextID += 1
    let name = name(of: call)
    groups[name, default: UsageGroup()].begin(nextID, at: now)
    return UsagePermit(id: nextID, call: call, group: name)
  }

  mutating func end(
    _ permit: UsagePermit,
    _ ending: UsageEnding,
    at now: Instant
  ) -> Duration? {
    guard let begun = groups[permit.group]?.end(permit.id) else {
      preconditionFailure("a request ends once")
    }
    switch ending {
    case .notSent:
      return nil
    case .unanswered:
      groups[permit.group]?.unanswered(at: now)
      return nil
    case .answered(let report):
      note(report, permit, begun, at: now)
      return nil
    case .throttled(var report, let retryAfter):
      // What is left counts no more: the answer itself says how long to wait.
      report?.remaining = nil
      note(report, permit, begun, at: now)
      let wait =
        retryAfter
        ?? max(Self.leastSilence, report?.window ?? .zero)
      if let report {
        groups[report.group]?.silence(until: now.advanced(by: wait))
      } else {
        // Another limiter than that of the group, perhaps of the whole account.
        silence(until: now.advanced(by: wait))
      }
      return wait
    case .unavailable(var report, let retryAfter):
      report?.remaining = nil
      note(report, permit, begun, at: now)
      let wait = retryAfter ?? Self.leastSilence
      silence(until: now.advanced(by: wait))
      return wait
    }
  }

  private mutating func note(
    _ report: UsageReport?,
    _ permit: UsagePermit,
    _ begun: Instant,
    at now: Instant
  ) {
    let name = report?.group ?? permit.group
    names[permit.call] = name
    groups[name, default: UsageGroup()].answered(report, begun: begun, at: now)
  }

  private mutating func silence(until end: Instant) {
    if let silenceEnd, silenceEnd >= end { return }
    silenceEnd = end
  }
}
