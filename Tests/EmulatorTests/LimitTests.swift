import Emulator
import JSON
import Testing

/// Limits of each usage group.
@Suite struct LimitTests {
  private typealias Instant = ContinuousClock.Instant

  @Test func `every answer says how much is left`() async throws {
    try await RunningEmulator.run(RunningEmulator.settings(limits: 1)) { emulator in
      for (remaining, path, group, limit) in [
        (39, "/extension", "medium", 40), (38, "/extension", "medium", 40),
        (49, "/service-info", "light", 50),
      ] {
        let answer = try await emulator.get(path)
        #expect(answer.field("X-Rate-Limit-Group") == group)
        #expect(answer.field("X-Rate-Limit-Limit") == "\(limit)")
        #expect(answer.field("X-Rate-Limit-Remaining") == "\(remaining)")
        #expect(answer.field("X-Rate-Limit-Window") == "60")
        #expect(answer.field("Retry-After") == nil)
      }
      // Errors count, too.
      let remaining = try await emulator.get("/extension?page=0").field("X-Rate-Limit-Remaining")
      #expect(remaining == "37")
    }
  }

  @Test func `over the limit is 429, in that group alone`() async throws {
    try await RunningEmulator.run(RunningEmulator.settings(limits: 1)) { emulator in
      for _ in 1...10 { #expect(try await emulator.bulk(#"{"records":[]}"#).status == 200) }
      let answer = try await emulator.bulk(#"{"records":[]}"#)
      #expect(answer.status == 429)
      #expect(answer.code == "CMN-301")
      #expect(answer.field("Retry-After") == "60")
      #expect(answer.field("X-Rate-Limit-Group") == "heavy")
      #expect(answer.field("X-Rate-Limit-Remaining") == "0")
      #expect(try await emulator.get("/extension").status == 200)
    }
  }

  @Test func `five tokens a minute are enough`() async throws {
    try await RunningEmulator.run(RunningEmulator.settings(limits: 1)) { emulator in
      for _ in 2...5 { #expect(try await emulator.signIn().status == 200) }
      #expect(try await emulator.signIn().status == 429)
      // Another application has its own.
      let other = try await emulator.signIn([("Authorization", "Basic b3RoZXI6c2VjcmV0")])
      #expect(other.status == 200)
    }
  }

  @Test func `without limits nothing is said of them`() async throws {
    try await RunningEmulator.run { emulator in
      for _ in 1...60 {
        let answer = try await emulator.get("/extension")
        #expect(answer.status == 200)
        #expect(answer.field("X-Rate-Limit-Group") == nil)
      }
    }
  }

  @Test func `the window slides`() {
    var limiter = RateLimiter(factor: 1)
    let start = Instant.now
    for second in 0..<10 {
      let verdict = limiter.admit(.heavy, client: "a", at: start + .seconds(second * 5))
      #expect(verdict.retryAfter == nil)
      #expect(verdict.remaining == 9 - second)
    }
    // The first of the ten has left the window.
    #expect(limiter.admit(.heavy, client: "a", at: start + .seconds(60)).retryAfter == nil)
    #expect(limiter.admit(.heavy, client: "a", at: start + .seconds(61)).retryAfter == 60)
    #expect(limiter.admit(.heavy, client: "b", at: start + .seconds(61)).retryAfter == nil)
  }

  @Test func `every request during the penalty begins it anew`() {
    var limiter = RateLimiter(factor: 1)
    let start = Instant.now
    for _ in 1...10 { _ = limiter.admit(.heavy, client: "a", at: start) }
    for second in [0, 59, 118] {
      #expect(
        limiter.admit(.heavy, client: "a", at: start + .seconds(second)).retryAfter == 60
      )
    }
    #expect(limiter.admit(.heavy, client: "a", at: start + .seconds(177)).retryAfter == 60)
    #expect(limiter.admit(.heavy, client: "a", at: start + .seconds(237)).retryAfter == nil)
  }

  @Test(arguments: [(1, 40, 60), (2, 40, 30), (7, 42, 9), (60, 40, 1), (600, 400, 1)])
  func `faster limits let as many times the requests through`(
    _ factor: Int,
    _ limit: Int,
    _ window: Int
  ) {
    var limiter = RateLimiter(factor: factor)
    let verdict = limiter.admit(.medium, client: "a", at: .now)
    #expect(verdict.limit == limit)
    #expect(verdict.window == window)
  }
}
