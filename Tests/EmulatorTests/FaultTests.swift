import Emulator
import JSON
import Testing

/// What goes wrong on demand.
@Suite struct FaultTests {
  private static let person =
    #"{"status":"Enabled","extensionNumber":"200","#
    + #""contact":{"firstName":"A","lastName":"B","email":"a@example.com"}}"#

  private static func run(
    _ faults: FaultRule...,
    body: @Sendable (RunningEmulator, _ id: Int64) async throws -> Void
  ) async throws {
    var settings = RunningEmulator.settings(limits: 1)
    settings.faults = faults
    try await RunningEmulator.run(settings) { emulator in
      try await body(emulator, emulator.emulator.account.extensions[0].id)
    }
  }

  @Test(arguments: [
    ("conflict", FaultRule(.conflict)), ("drop:every=3", FaultRule(.drop, .every(3))),
    ("token-expired:after=5", FaultRule(.tokenExpired, .after(5))),
    ("rate-limit:p=0.25", FaultRule(.rateLimit, .probability(0.25))),
    ("missing-totals", FaultRule(.missingTotals, .every(1))),
  ])
  func `rules are read`(_ text: String, _ rule: FaultRule) {
    #expect(FaultRule(text) == rule)
  }

  @Test(arguments: [
    "", "drops", "drop:", "drop:every", "drop:every=0", "drop:after=-1", "drop:p=2", "drop:p=x",
    "drop:each=2", "drop:every=2:p=1",
  ])
  func `other texts are no rules`(_ text: String) {
    #expect(FaultRule(text) == nil)
  }

  @Test func `a limit is hit on demand, and its penalty holds`() async throws {
    // The first request is the one for the token.
    try await Self.run(FaultRule(.rateLimit, .after(1))) { emulator, id in
      let answer = try await emulator.put(id, Self.person)
      #expect(answer.status == 429)
      #expect(answer.field("Retry-After") == "60")
      #expect(answer.field("X-Rate-Limit-Remaining") == "0")
      #expect(try await emulator.get("/extension").status == 429)
      #expect(try await emulator.get("/service-info").status == 200)
      #expect(emulator.emulator.account.unassignedCount == 2)
    }
  }

  @Test func `another limiter says nothing of itself`() async throws {
    try await Self.run(FaultRule(.rateLimitBare)) { emulator, id in
      let answer = try await emulator.put(id, Self.person)
      #expect(answer.status == 429)
      #expect(answer.field("Retry-After") == nil)
      #expect(answer.field("X-Rate-Limit-Group") == nil)
      #expect(try await emulator.put(id, Self.person).status == 200)
    }
  }

  @Test func `a token dies in the middle`() async throws {
    try await Self.run(FaultRule(.tokenExpired, .after(1))) { emulator, id in
      #expect(try await emulator.get("/extension").status == 200)
      let second = try await emulator.put(id, Self.person).code
      #expect(second == "OAU-128")
      let first = try await emulator.put(id, Self.person).code
      #expect(first == "OAU-213")
      var renewed = emulator
      renewed.token = try await emulator.signIn().body["access_token"]?.string ?? ""
      #expect(try await renewed.put(id, Self.person).status == 200)
    }
  }

  @Test(arguments: [
    (FaultRule(.conflict), 409, "CMN-204"), (FaultRule(.serverError, .after(1)), 500, "CMN-203"),
    (FaultRule(.unavailable, .after(1)), 503, "CMN-201"),
  ])
  func `a failure changes nothing and passes`(
    _ fault: FaultRule,
    _ status: Int,
    _ code: String
  ) async throws {
    try await Self.run(fault) { emulator, id in
      let answer = try await emulator.put(id, Self.person)
      #expect(answer.status == status)
      #expect(answer.code == code)
      #expect((answer.field("Retry-After") != nil) == (status == 503))
      #expect(emulator.emulator.account.unassignedCount == 2)
      #expect(try await emulator.put(id, Self.person).status == 200)
    }
  }

  @Test func `an update may do nothing and say nothing`() async throws {
    try await Self.run(FaultRule(.noEffect)) { emulator, id in
      let answer = try await emulator.put(id, Self.person)
      #expect(answer.status == 200)
      #expect(answer.body["status"]?.string == "Unassigned")
      let status = try await emulator.put(id, Self.person).body["status"]?.string
      #expect(status == "Enabled")
    }
  }

  @Test func `a connection ends behind the write`() async throws {
    try await Self.run(FaultRule(.drop, .every(2))) { emulator, id in
      #expect(try await emulator.put(id, "{}").status == 200)
      await #expect(throws: (any Error).self) { try await emulator.put(id, Self.person) }
      let answer = try await emulator.get("/extension/\(id)")
      #expect(answer.body["status"]?.string == "Enabled")
      #expect(answer.body["extensionNumber"]?.string == "200")
    }
  }

  @Test func `pages shift while they are read`() async throws {
    try await Self.run(FaultRule(.shiftPages)) { emulator, _ in
      let first = try await emulator.get("/extension?perPage=1").ids
      #expect(try await emulator.get("/extension?perPage=1&page=2").ids == first)
      #expect(try await emulator.get("/extension").ids.count == 3)
    }
  }

  @Test func `totals may be missing while pages go on`() async throws {
    try await Self.run(FaultRule(.missingTotals)) { emulator, _ in
      let answer = try await emulator.get("/extension?perPage=1")
      #expect(answer.body["paging"]?["totalPages"] == nil)
      #expect(answer.body["paging"]?["totalElements"] == nil)
      #expect(answer.body["navigation"]?["lastPage"] == nil)
      #expect(answer.body["navigation"]?["nextPage"] != nil)
    }
  }

  @Test func `an extension may be of a kind that nobody knows`() async throws {
    try await Self.run(FaultRule(.unknownValues)) { emulator, _ in
      let answer = try await emulator.get("/extension")
      let types = answer.body["records"]?.array?.compactMap { $0["type"]?.string } ?? []
      #expect(types.count == 3)
      #expect(Set(types).count == 2)
    }
  }

  @Test func `random faults follow from the seed`() async throws {
    let statuses = { (seed: UInt64) async throws -> [Int] in
      var settings = RunningEmulator.settings(FaultRule(.serverError, .probability(0.5)))
      settings.seed = seed
      let found = Statuses()
      try await RunningEmulator.run(settings, signsIn: false) { emulator in
        for _ in 1...40 { found.add(try await emulator.signIn().status) }
      }
      return found.all
    }
    let first = try await statuses(1)
    #expect(Set(first) == [200, 500])
    #expect(try await statuses(1) == first)
    #expect(try await statuses(2) != first)
  }

  @Test func `old errors repeat themselves at the top`() async throws {
    var settings = RunningEmulator.settings()
    settings.usesLegacyErrors = true
    try await RunningEmulator.run(settings) { emulator in
      let answer = try await emulator.get("/extension?page=0")
      #expect(answer.body["errorCode"]?.string == "InvalidParameter")
      #expect(answer.body["parameterName"]?.string == "page")
      #expect(answer.code == "CMN-101")
      let missing = try await emulator.get("/extension/1")
      #expect(missing.body["errorCode"]?.string == "CMN-102")
    }
    try await RunningEmulator.run { emulator in
      let answer = try await emulator.get("/extension?page=0")
      #expect(answer.body.object?.members.map(\.name) == ["errors"])
    }
  }
}
