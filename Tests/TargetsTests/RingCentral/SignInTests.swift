import Emulator
import ImportModel
import Support
import Targets
import Testing

/// Tokens: how they are had, renewed and given back.
///
/// One test after the other: each starts a server, and those of other suites have time limits.
@Suite(.serialized) struct SignInTests {
  private func failure(
    _ platform: EmulatedPlatform,
    clientSecret: String = EmulatedPlatform.clientSecret,
    jwt: String = EmulatedPlatform.jwt
  ) async throws -> ImportError? {
    let settings = try sampleSettings(platform.origin, clientSecret: clientSecret, jwt: jwt)
    let account = RingCentralAccount(settings)
    let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
    await account.close()
    return error
  }

  @Test func `credentials that are wrong are told by the variable to look at`() async throws {
    try await EmulatedPlatform.run { platform in
      let app = try await failure(platform, clientSecret: "another-secret")
      #expect(app?.kind == .notAuthorized)
      #expect(app?.message.contains("OAU-146") == true)
      #expect(app?.hint?.contains("RC_APP_CLIENT_SECRET") == true)
      let user = try await failure(platform, jwt: "another.jwt.at-all")
      #expect(user?.kind == .notAuthorized)
      #expect(user?.message.contains("OAU-210") == true)
      #expect(user?.hint?.contains("RC_USER_JWT") == true)
      for text in [app?.message, app?.hint, user?.message, user?.hint] {
        #expect(text?.contains("another-secret") == false)
        #expect(text?.contains("another.jwt") == false)
      }
    }
  }

  @Test(arguments: [
    (#"{"error":"invalid_client","errors":[{"errorCode":"OAU-123"}]}"#, "RC_APP_CLIENT_ID"),
    (#"{"error":"unauthorized_client","errors":[{"errorCode":"OAU-251"}]}"#, "JWT"),
    (#"{"errorCode":"OAU-147","message":"Locked"}"#, "locked"),
    (#"{"error":"invalid_grant","error_description":"No"}"#, "RC_USER_JWT"),
    (#"{"error":"expired_token"}"#, "RC_USER_JWT"),
    (#"{"error":"access_denied"}"#, "RC_APP_CLIENT_SECRET"),
  ])
  func `both forms of errors are read`(body: String, part: String) async throws {
    let script: [ScriptedServer.Step] = [.receive, answer("400 Bad Request", body), .hold]
    try await ScriptedServer.run([script]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ContinuousClock()) {
        account in
        for _ in 1...2 {
          let error = await #expect(throws: ImportError.self) {
            try await account.look { _, _ in }
          }
          #expect(error?.kind == .notAuthorized)
          #expect(error?.hint?.contains(part) == true)
        }
      }
      // What was refused is not shown again.
      #expect(server.requests.count == 1)
    }
  }

  @Test func `what comes back of a secret is taken out`() async throws {
    let text = "\(EmulatedPlatform.jwt) of \(EmulatedPlatform.clientSecret)"
    let body = #"{"error":"invalid_grant","error_description":"\#(text)"}"#
    let script: [ScriptedServer.Step] = [.receive, answer("400 Bad Request", body), .hold]
    try await ScriptedServer.run([script]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ContinuousClock()) {
        account in
        let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
        #expect(error?.message.contains("(secret) of (secret)") == true)
        #expect(error?.message.contains("sample") == false)
      }
    }
  }

  private static let empty = #"{"records":[]}"#

  private static func token(_ name: String) -> ScriptedServer.Step {
    answer("200 OK", #"{"access_token":"\#(name)","token_type":"bearer","expires_in":600}"#)
  }

  @Test func `a token is asked for in the documented way, renewed in time and given back`()
    async throws
  {
    let script: [ScriptedServer.Step] = [
      .receive, Self.token("first"), .receive, answer("200 OK", Self.empty),
      .receive, answer("200 OK", Self.empty),
      .receive, Self.token("second"), .receive, answer("200 OK", Self.empty),
      .receive, answer("200 OK", ""), .hold,
    ]
    try await ScriptedServer.run([script]) { server in
      let clock = ManualClock()
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: clock) { account in
        _ = try await account.look { _, _ in }
        clock.advance(by: .seconds(539))
        _ = try await account.look { _, _ in }
        clock.advance(by: .seconds(1))
        _ = try await account.look { _, _ in }
      }
      let requests = server.requests
      try #require(requests.count == 6)
      let form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
      #expect(requests[0].hasPrefix("POST /restapi/oauth/token HTTP/1.1\r\n"))
      #expect(requests[0].hasSuffix("\r\n\r\n\(form)sample.jwt.of-user"))
      // base64 of sample-app:sample-secret-of-app
      let basic = "Authorization: Basic c2FtcGxlLWFwcDpzYW1wbGUtc2VjcmV0LW9mLWFwcA==\r\n"
      #expect(requests[0].contains(basic))
      let list = "GET /restapi/v1.0/account/~/extension?perPage=1000 HTTP/1.1\r\n"
      for (place, name) in [(1, "first"), (2, "first"), (4, "second")] {
        #expect(requests[place].hasPrefix(list))
        #expect(requests[place].contains("Authorization: Bearer \(name)\r\n"))
      }
      #expect(requests[5].hasPrefix("POST /restapi/oauth/revoke HTTP/1.1\r\n"))
      #expect(requests[5].hasSuffix("\r\n\r\ntoken=second"))
    }
  }

  @Test func `a second token that is not taken either ends it`() async throws {
    let no = answer("401 Unauthorized", #"{"errorCode":"TokenInvalid","message":"Token first"}"#)
    let script: [ScriptedServer.Step] = [
      .receive, Self.token("first"), .receive, no, .receive, Self.token("second"), .receive, no,
      .receive, answer("200 OK", ""), .hold,
    ]
    try await ScriptedServer.run([script]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ContinuousClock()) {
        account in
        let error = await #expect(throws: ImportError.self) { try await account.look { _, _ in } }
        #expect(error?.kind == .notAuthorized)
      }
      #expect(server.requests.count == 5)
    }
  }

  @Test func `all who need a new token share one`() async throws {
    // Five tokens in a minute are allowed, and the sixth would be waited for.
    try await EmulatedPlatform.run(FaultRule(.tokenExpired, .after(8)), users: 8) {
      $0.limitFactor = 1
    } _: { platform in
      try await platform.withAccount { account in
        let ids = try await account.look { _, _ in }.extensions.map(\.id)
        let changes = Dictionary(
          uniqueKeysWithValues: ids.enumerated().map { place, id in
            (
              user(place),
              ExtensionChange(extensionID: id, kind: .provision, person: person(place))
            )
          }
        )
        let target = account.target(changes)
        try await withThrowingTaskGroup(of: Attempt.self) { group in
          for place in 0..<8 { group.addTask { try await target.attempt(place, nil) } }
          for try await attempt in group { #expect(attempt.kind == "accepted") }
        }
      }
      #expect(platform.emulator.account.unassignedCount == 0)
    }
  }

  @Test func `the settings say what is wrong with them`() throws {
    let secret = try Secret("sample-secret", source: "test")
    func settings(_ address: String, _ id: String, plain: Bool = false) throws {
      _ = try RingCentralSettings(
        baseAddress: address,
        clientID: id,
        clientSecret: secret,
        jwt: secret,
        allowsPlainHTTP: plain
      )
    }
    for (address, id) in [
      ("http://example.com", "app"), ("https://example.com", ""), ("https://example.com", "a:b"),
      ("https://example.com", "a b"), ("example.com", "app"),
    ] {
      let error = #expect(throws: ImportError.self) { try settings(address, id) }
      #expect(error?.kind == .configuration)
      #expect(error?.hint != nil)
    }
    try settings("http://example.com", "app", plain: true)
    try settings("http://127.0.0.1:8080", "app")
    let usual = try RingCentralSettings(clientID: "app", clientSecret: secret, jwt: secret)
    #expect(usual.baseAddress.description == "https://platform.ringcentral.com")
    #expect(usual.status == .notActivated && !usual.sendsWelcome)
    #expect(!String(reflecting: usual).contains("sample-secret"))
  }
}
