import Emulator
import ImportModel
import Support
import Synchronization
import Targets
import Testing

/// Listing an account's extensions.
///
/// One test after the other: each starts a server, and those of other suites have time limits.
@Suite(.serialized) struct RingCentralLookTests {
  @Test func `all extensions are listed, page by page`() async throws {
    try await EmulatedPlatform.run(users: 5) { platform in
      let counts = Mutex<[Int]>([])
      try await platform.withAccount {
        $0.pageSize = 2
      } _: { account in
        let look = try await account.look { count, total in
          #expect(total == 5)
          counts.withLock { $0.append(count) }
        }
        #expect(look.extensions.map(\.id) == platform.extensions.map { UInt64($0.id) })
        #expect(look.extensions.allSatisfy { $0.isUnassigned && $0.type == "User" })
        #expect(look.extensions.allSatisfy { $0.number == "" && $0.email == "" })
        #expect(look.pace == nil)
      }
      #expect(counts.withLock(\.self) == [2, 4, 5])
    }
  }

  @Test func `an extension shows whose it is`() async throws {
    try await EmulatedPlatform.run(users: 1) { platform in
      try await platform.withAccount { account in
        let id = UInt64(platform.extensions[0].id)
        let change = ExtensionChange(extensionID: id, kind: .provision, person: person(1))
        let target = account.target([user(1): change])
        #expect(try await target.attempt(1, "0123").kind == "accepted")
        let shown = try await account.look { _, _ in }.extensions
        #expect(
          shown == [
            AccountExtension(
              id: id,
              number: "0123",
              status: "NotActivated",
              name: "First1 Last1",
              email: "person1@example.com"
            )
          ]
        )
      }
    }
  }

  @Test(arguments: [
    FaultRule(.missingTotals), FaultRule(.unknownValues), FaultRule(.shiftPages),
    FaultRule(.shiftPages, .every(2)), FaultRule(.tokenExpired, .after(1)),
    FaultRule(.serverError, .after(0)), FaultRule(.serverError, .every(2)),
  ])
  func `nothing is missed when something goes wrong`(fault: FaultRule) async throws {
    try await EmulatedPlatform.run(fault, users: 5) { platform in
      let present = platform.extensions.map { UInt64($0.id) }
      try await platform.withAccount {
        $0.pageSize = 2
      } _: { account in
        let look = try await account.look { _, _ in }
        let ids = Set(look.extensions.map(\.id))
        #expect(ids.count == look.extensions.count)
        #expect(ids.isSuperset(of: present))
        if fault == FaultRule(.unknownValues) {
          #expect(look.extensions.contains { $0.status == "Hibernating" })
        }
      }
    }
  }

  @Test func `the pace is what the answers say`() async throws {
    try await EmulatedPlatform.run {
      $0.limitFactor = 1
    } _: { platform in
      try await platform.withAccount { account in
        let look = try await account.look { _, _ in }
        #expect(look.pace == Rate("40/min"))
      }
    }
  }

  @Test(arguments: [
    (FaultRule(.rateLimitBare, .after(0)), Duration.seconds(30)),
    (FaultRule(.rateLimit, .after(1)), .seconds(1)), (FaultRule(.unavailable), .seconds(1)),
  ])
  func `a platform that wants to be left alone is waited for`(
    _ fault: FaultRule,
    _ wait: Duration
  ) async throws {
    try await EmulatedPlatform.run(fault) { platform in
      let clock = ManualClock()
      try await platform.withAccount(clock: clock) { account in
        async let look = account.look { _, _ in }.extensions
        while clock.sleeperCount == 0 { await Task.yield() }
        clock.advance(by: wait - .milliseconds(1))
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .milliseconds(1))
        let found = try await look
        #expect(found.count == 3)
      }
    }
  }

  @Test func `limits are kept to while a list is read`() async throws {
    try await EmulatedPlatform.run(users: 60) {
      // 40 requests in a second.
      $0.limitFactor = 60
    } _: { platform in
      try await platform.withAccount {
        $0.pageSize = 1
      } _: { account in
        let look = try await account.look { _, _ in }
        #expect(look.extensions.count == 60)
      }
    }
  }

  @Test func `a platform that fails for ever is given up`() async throws {
    try await EmulatedPlatform.run(FaultRule(.serverError, .every(1))) { platform in
      try await platform.withAccount { account in
        let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
        #expect(error?.kind == .targetUnreachable)
        #expect(error?.message == "RingCentral fails: CMN-203 Internal server error")
      }
    }
  }

  @Test func `a platform that is not there is told in plain words`() async throws {
    try await withRingCentral("http://127.0.0.1:9", clock: ContinuousClock()) { account in
      let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
      #expect(error?.kind == .targetUnreachable)
      #expect(error?.hint?.contains("RC_SERVER_URL") == true)
    }
  }

  @Test func `looking ends when it is told to stop`() async throws {
    try await EmulatedPlatform.run(FaultRule(.rateLimitBare)) { platform in
      let clock = ManualClock()
      try await platform.withAccount(clock: clock) { account in
        let look = Task { try await account.look { _, _ in } }
        while clock.sleeperCount == 0 { await Task.yield() }
        look.cancel()
        let error = await #expect(throws: ImportError.self) { try await look.value }
        #expect(error?.kind == .interrupted)
      }
    }
  }

  // MARK: - Answers of others

  static let token =
    #"{"access_token":"sample-access-token","token_type":"bearer","expires_in":3600}"#

  /// What comes of looking when the list is answered like that.
  private func failure(_ status: String, _ body: String) async throws -> ImportError? {
    let script: [ScriptedServer.Step] = [
      .receive, answer("200 OK", Self.token), .receive, answer(status, body), .receive,
      answer("200 OK", ""), .hold,
    ]
    return try await ScriptedServer.run([script]) { server in
      let failure = Mutex<ImportError?>(nil)
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ContinuousClock()) {
        account in
        let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
        failure.withLock { $0 = error }
      }
      return failure.withLock(\.self)
    }
  }

  @Test(arguments: [
    ("200 OK", "<html>", "a web page"), ("200 OK", "{}", "no list"),
    ("200 OK", #"{"records":[{"status":"Unassigned"}]}"#, "has no id"),
    ("302 Found", "", "a redirect"),
    ("404 Not Found", #"{"errorCode":"CMN-102","message":"No account"}"#, "CMN-102 No account"),
  ])
  func `what is no list is told`(status: String, body: String, part: String) async throws {
    let error = try await failure(status, body)
    #expect(error?.kind == .targetUnreachable)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    #expect(error?.hint?.contains("RC_SERVER_URL") == true)
  }

  @Test func `who may not look is told which right is missing`() async throws {
    let body = #"{"errors":[{"errorCode":"CMN-401","message":"In order to call this API"}]}"#
    let error = try await failure("403 Forbidden", body)
    #expect(error?.kind == .notAuthorized)
    #expect(error?.hint?.contains("ReadAccounts") == true)
  }

  @Test func `the token goes to no other server`() async throws {
    try await ScriptedServer.run([[.receive, .hold]]) { other in
      let next = "http://127.0.0.1:\(other.port)/restapi/v1.0/account/~/extension?page=2"
      let body = #"{"records":[{"id":1}],"navigation":{"nextPage":{"uri":"\#(next)"}}}"#
      let error = try await failure("200 OK", body)
      #expect(error?.message.contains("http://127.0.0.1:\(other.port)") == true)
      #expect(other.connectionCount == 0)
    }
  }
}
