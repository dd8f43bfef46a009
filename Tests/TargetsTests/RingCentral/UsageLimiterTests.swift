import Support
import Targets
import Testing

/// How many requests are let out, and when.
struct UsageLimiterTests {
  private let clock = ManualClock()
  private let limiter: UsageLimiter<ManualClock>

  init() { limiter = UsageLimiter(clock: clock) }

  private static let shortWait = UsageLimiter<ManualClock>.Taking.wait(.milliseconds(50))

  private static func report(
    _ group: String = "medium",
    limit: Int = 5,
    remaining: Int? = nil,
    window: Duration = .seconds(60)
  ) -> UsageReport {
    UsageReport(group: group, limit: limit, remaining: remaining, window: window)
  }

  /// Takes leave for one request, which must be given.
  private func take(_ call: UsageCall) throws -> UsagePermit {
    guard case .taken(let permits) = limiter.take([call]), let permit = permits.first else {
      throw NotTaken()
    }
    return permit
  }

  private struct NotTaken: Error {}

  private func wait(for calls: UsageCall...) -> Duration? {
    switch limiter.take(calls) {
    case .wait(let time): return time
    case .taken(let permits):
      for permit in permits { limiter.end(permit, .notSent) }
      return nil
    }
  }

  @Test func `of a group that nothing is known of, one request is out at a time`() throws {
    let first = try take(.update)
    #expect(limiter.take([.update]) == Self.shortWait)
    #expect(limiter.take([.list]) == Self.shortWait)
    #expect(wait(for: .get) == nil)
    #expect(limiter.report(of: .update) == nil)
    limiter.end(first, .answered(Self.report()))
    #expect(wait(for: .list) == nil)
    #expect(limiter.report(of: .list) == Self.report())
  }

  @Test func `a request that was not sent leaves everything as it was`() throws {
    for _ in 0..<10 { limiter.end(try take(.update), .notSent) }
    let permit = try take(.update)
    #expect(limiter.take([.update]) == Self.shortWait)
    limiter.end(permit, .notSent)
  }

  @Test func `of a group that nothing is known of, lost answers hold nothing up`() throws {
    for _ in 0..<3 { limiter.end(try take(.update), .unanswered) }
    // They count as soon as there is a limit.
    limiter.end(try take(.update), .answered(Self.report(limit: 6)))
    limiter.end(try take(.update), .answered(Self.report(limit: 6)))
    #expect(wait(for: .update) == .seconds(60))
  }

  @Test func `one request less than the limit goes out in a window`() throws {
    for _ in 0..<4 {
      limiter.end(try take(.update), .answered(Self.report()))
      clock.advance(by: .seconds(10))
    }
    // The first ended 40 seconds ago, and the window is a minute.
    #expect(wait(for: .update) == .seconds(20))
    clock.advance(by: .seconds(20))
    limiter.end(try take(.update), .answered(Self.report()))
    #expect(wait(for: .update) == .seconds(10))
  }

  @Test func `a request counts until a window after its end`() throws {
    limiter.end(try take(.update), .answered(Self.report(limit: 2)))
    clock.advance(by: .seconds(60))
    let slow = try take(.update)
    clock.advance(by: .seconds(25))
    #expect(limiter.take([.update]) == Self.shortWait)
    limiter.end(slow, .unanswered)
    #expect(wait(for: .update) == .seconds(60))
  }

  @Test func `a limit of one lets one out`() throws {
    limiter.end(try take(.update), .answered(Self.report(limit: 1)))
    #expect(wait(for: .update) == .seconds(60))
    clock.advance(by: .seconds(60))
    #expect(wait(for: .update) == nil)
  }

  @Test func `requests that others sent are believed`() throws {
    limiter.end(try take(.update), .answered(Self.report(limit: 10, remaining: 2)))
    // Eight are used, so that one is left before the last.
    let last = try take(.update)
    #expect(wait(for: .update) == .seconds(60))
    limiter.end(last, .answered(Self.report(limit: 10, remaining: 1)))
    #expect(wait(for: .update) == .seconds(60))
  }

  @Test func `what the server still counts of ours are not others`() throws {
    // Each answer takes long, and the server counted its request at once.
    for _ in 0..<30 {
      let permit = try take(.update)
      clock.advance(by: .seconds(30))
      limiter.end(permit, .answered(Self.report(limit: 10, remaining: 7)))
    }
    let permits = try (0..<7).map { _ in try take(.update) }
    #expect(wait(for: .update) != nil)
    for permit in permits { limiter.end(permit, .notSent) }
  }

  @Test func `when nothing is left there is silence for a window`() throws {
    limiter.end(try take(.update), .answered(Self.report(limit: 10, remaining: 0)))
    #expect(wait(for: .update) == .seconds(60))
    #expect(wait(for: .get) == nil)
  }

  @Test(
    arguments: [
      (.seconds(7), .seconds(60), .seconds(7)), (nil, .seconds(60), .seconds(60)),
      (nil, .seconds(5), .seconds(30)),
    ] as [(Duration?, Duration, Duration)]
  )
  func `a group that went over its limit is silent, and it alone`(
    _ retryAfter: Duration?,
    _ window: Duration,
    _ silence: Duration
  ) throws {
    let ending = UsageEnding.throttled(
      Self.report(limit: 10, remaining: 0, window: window),
      retryAfter: retryAfter
    )
    #expect(limiter.end(try take(.update), ending) == silence)
    #expect(wait(for: .update) == silence)
    #expect(wait(for: .list) == silence)
    #expect(wait(for: .get) == nil)
    #expect(wait(for: .update, .get) == silence)
    clock.advance(by: silence)
    #expect(wait(for: .update) == nil)
  }

  @Test func `another limiter silences all groups`() throws {
    #expect(limiter.end(try take(.update), .throttled(nil, retryAfter: nil)) == .seconds(30))
    for call in UsageCall.allCases { #expect(wait(for: call) == .seconds(30)) }
    clock.advance(by: .seconds(30))
    for call in UsageCall.allCases { #expect(wait(for: call) == nil) }
  }

  @Test func `a platform that is not available is left alone`() throws {
    let ending = UsageEnding.unavailable(Self.report(), retryAfter: .seconds(9))
    #expect(limiter.end(try take(.update), ending) == .seconds(9))
    for call in UsageCall.allCases { #expect(wait(for: call) == .seconds(9)) }
  }

  @Test func `a silence becomes longer and never shorter`() throws {
    limiter.end(try take(.get), .answered(Self.report("light", limit: 10)))
    let (first, second) = (try take(.get), try take(.get))
    limiter.end(first, .throttled(Self.report("light"), retryAfter: .seconds(60)))
    limiter.end(second, .throttled(Self.report("light"), retryAfter: .seconds(5)))
    #expect(wait(for: .get) == .seconds(60))
  }

  @Test func `which group a call is in is what its answers say`() throws {
    limiter.end(try take(.get), .answered(Self.report("medium", limit: 3)))
    limiter.end(try take(.update), .answered(Self.report("medium", limit: 3)))
    #expect(wait(for: .get) == .seconds(60))
    #expect(wait(for: .update) == .seconds(60))
    let token = try take(.token)
    limiter.end(token, .answered(Self.report("sign-in", limit: 3)))
    #expect(limiter.report(of: .token)?.group == "sign-in")
  }

  @Test func `requests of one group that go together are counted together`() throws {
    limiter.end(try take(.get), .answered(Self.report("medium", limit: 4)))
    limiter.end(try take(.update), .answered(Self.report("medium", limit: 4)))
    #expect(wait(for: .update) == nil)
    #expect(wait(for: .update, .get) == .seconds(60))
  }

  @Test func `without a word about limits there are none`() throws {
    limiter.end(try take(.update), .answered(nil))
    for _ in 0..<1000 { _ = try take(.update) }
  }

  @Test func `an answer that says nothing leaves the limit as it is`() throws {
    limiter.end(try take(.update), .answered(Self.report(limit: 3)))
    limiter.end(try take(.update), .answered(nil))
    #expect(wait(for: .update) == .seconds(60))
  }

  // MARK: - Waiting

  private func until(_ isSo: () -> Bool) async {
    while !isSo() { await Task.yield() }
  }

  @Test func `whoever waits gets leave when a window is over`() async throws {
    limiter.end(try take(.list), .answered(Self.report(limit: 2)))
    async let permit = limiter.permit(.list)
    await until { clock.sleeperCount == 1 }
    clock.advance(by: .seconds(60))
    limiter.end(try await permit, .answered(Self.report(limit: 2)))
  }

  @Test func `whoever waits is served before others`() async throws {
    let first = try take(.list)
    async let permit = limiter.permit(.list)
    // Waiting for the end of a request is no sleep of the clock: what is taken tells it.
    limiter.end(first, .notSent)
    let second = try await permit
    limiter.end(second, .answered(Self.report(limit: 2)))
    async let third = limiter.permit(.list)
    await until { clock.sleeperCount == 1 }
    #expect(wait(for: .update) == .seconds(60))
    clock.advance(by: .seconds(60))
    limiter.end(try await third, .notSent)
    #expect(wait(for: .update) == nil)
  }

  @Test func `whoever is told to stop waits no longer`() async throws {
    let first = try take(.list)
    let task = Task { try await limiter.permit(.list) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    limiter.end(first, .throttled(nil, retryAfter: .seconds(60)))
    let other = Task { try await limiter.permit(.list) }
    await until { clock.sleeperCount == 1 }
    other.cancel()
    await #expect(throws: CancellationError.self) { try await other.value }
    clock.advance(by: .seconds(60))
    #expect(wait(for: .update) == nil)
  }
}
