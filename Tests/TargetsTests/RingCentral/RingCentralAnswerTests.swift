import Emulator
import ImportModel
import Support
import Targets
import Testing

/// What each answer to an update means.
///
/// One test after the other: each starts a server, and those of other suites have time limits.
@Suite(.serialized) struct RingCentralAnswerTests {
  private static let person = Person(
    firstName: "First",
    lastName: "Last",
    email: "person@example.com",
    password: Secret(value: "Sample8pass!"),
    pin: Secret(value: "135790")
  )

  private static let pool = #"{"records":[{"id":7,"status":"Unassigned"}]}"#

  private static func shown(_ status: String, number: String, email: String) -> String {
    #"{"id":7,"status":"\#(status)","extensionNumber":"\#(number)","#
      + #""contact":{"email":"\#(email)"}}"#
  }

  private static let given = shown("NotActivated", number: "0200", email: "person@example.com")

  /// What comes of an attempt when the update, and what follows it, is answered like that.
  private func attempts(
    _ answers: ScriptedServer.Step...,
    count: Int = 1,
    kind: ExtensionChange.Kind = .provision
  ) async throws -> (attempts: [Attempt], requests: [String]) {
    var script: [ScriptedServer.Step] = [
      .receive, answer("200 OK", RingCentralLookTests.token),
    ]
    if kind == .provision { script += [.receive, answer("200 OK", Self.pool)] }
    for answer in answers { script += [.receive, answer] }
    script += [.receive, answer("200 OK", ""), .hold]
    let results = ManyAttempts()
    let requests = try await ScriptedServer.run([script]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ManualClock()) {
        account in
        let change = ExtensionChange(extensionID: 7, kind: kind, person: Self.person)
        let target = account.target([user(0): change])
        for _ in 0..<count { results.add(try await target.attempt(0, "0200")) }
      }
      return server.requests
    }
    return (results.all, requests)
  }

  private static func modern(_ code: String, _ parameter: String = "") -> String {
    let named = parameter.isEmpty ? "" : #","parameterName":"\#(parameter)""#
    return #"{"errors":[{"errorCode":"\#(code)","message":"Why"\#(named)}]}"#
  }

  private static func legacy(_ code: String, _ word: String, _ parameter: String = "") -> String {
    #"{"errorCode":"\#(word)","message":"Why","parameterName":"\#(parameter)","errors":"#
      + #"[{"errorCode":"\#(code)","message":"Why","parameterName":"\#(parameter)"}]}"#
  }

  @Test(arguments: [
    ("400 Bad", modern("CMN-101", "extensionNumber"), ReasonCode.alreadyAssigned),
    ("409 Conflict", modern("CMN-101", "extensionNumber"), .alreadyAssigned),
    ("409 Conflict", modern("CMN-999", "extensionNumber"), .alreadyAssigned),
    ("403 Forbidden", modern("CMN-406", "extensionNumber"), .alreadyAssigned),
    ("400 Bad", legacy("CMN-101", "InvalidParameter", "extensionNumber"), .alreadyAssigned),
    (
      "400 Bad",
      #"{"errorCode":"CMN-101","message":"Parameter [extensionNumber] ist falsch"}"#,
      .alreadyAssigned
    ),
    ("400 Bad", modern("CMN-101", "contact.email"), .emailTaken),
    ("400 Bad", legacy("CMN-101", "InvalidParameter", "contact.email"), .emailTaken),
    ("400 Bad", modern("PWD-002"), .credentialsRefused),
    ("400 Bad", modern("PWD-007"), .credentialsRefused),
    ("400 Bad", modern("EXT-413"), .credentialsRefused),
    ("403 Forbidden", modern("EXT-413"), .credentialsRefused),
    ("400 Bad", modern("CMN-101", "ivrPin"), .credentialsRefused),
    ("400 Bad", modern("CMN-101", "password"), .credentialsRefused),
    ("400 Bad", modern("CMN-101", "contact.firstName"), .rejectedByTarget),
    ("400 Bad", modern("CMN-100", "status"), .rejectedByTarget),
    ("400 Bad", modern("EXT-356"), .rejectedByTarget),
    ("403 Forbidden", modern("BIL-102"), .rejectedByTarget),
    ("403 Forbidden", modern("CMN-112"), .rejectedByTarget),
    ("404 Not Found", modern("CMN-102", "accountId"), .rejectedByTarget),
    ("409 Conflict", modern("CMN-999"), .rejectedByTarget),
    ("415 Unsupported", modern("CMN-103"), .rejectedByTarget),
    ("501 Not Implemented", modern("CMN-202"), .rejectedByTarget),
  ])
  func `what the platform will not take is refused`(
    status: String,
    body: String,
    reason: ReasonCode
  ) async throws {
    let result = try await attempts(answer(status, body)).attempts
    #expect(result.map(\.kind) == ["refused"])
    let said = result.first?.said
    #expect(said?.reason == reason)
    #expect(said?.error == .validation)
    #expect(said?.status == Int(status.prefix(3)))
    #expect(said?.message.split(separator: " ").first?.contains("-") == true)
  }

  @Test(arguments: [
    ("403 Forbidden", modern("CMN-401"), ReasonCode.forbidden),
    ("403 Forbidden", modern("CMN-402"), .forbidden),
    ("403 Forbidden", modern("CMN-404"), .forbidden),
    ("403 Forbidden", modern("CMN-408"), .forbidden),
    ("403 Forbidden", modern("CMN-419"), .forbidden),
    ("403 Forbidden", legacy("CMN-408", "InsufficientPermissions"), .forbidden),
    ("403 Forbidden", #"{"errorCode":"InsufficientPermissions","message":"Why"}"#, .forbidden),
  ])
  func `whoever may not do it is told so`(
    status: String,
    body: String,
    reason: ReasonCode
  ) async throws {
    let result = try await attempts(answer(status, body)).attempts
    #expect(result.map(\.kind) == ["unauthorized"])
    #expect(result.first?.said?.reason == reason)
    #expect(result.first?.said?.error == .unauthorized)
  }

  @Test(arguments: [
    ("404 Not Found", modern("CMN-102", "extensionId"), ReasonCode.conflictAtTarget),
    ("400 Bad", "<html>", nil), ("404 Not Found", "", nil), ("409 Conflict", "{}", nil),
    ("200 OK", "<html>", nil), ("200 OK", "", nil), ("200 OK", #"{"id":8}"#, nil),
    ("202 Accepted", given, nil), ("204 No Content", "", nil), ("418 Teapot", "", nil),
    ("302 Found", "", nil),
  ])
  func `what is not documented is unexpected`(
    status: String,
    body: String,
    reason: ReasonCode?
  ) async throws {
    let result = try await attempts(answer(status, body)).attempts
    #expect(result.map(\.kind) == ["unexpected"])
    #expect(result.first?.said?.reason == reason)
    #expect(result.first?.said?.error == nil)
  }

  @Test(arguments: [
    (shown("Unassigned", number: "0200", email: "person@example.com"), "it is still Unassigned"),
    (shown("Enabled", number: "200", email: "person@example.com"), "its number is 200"),
    (shown("Enabled", number: "", email: "person@example.com"), "it has no number"),
    (shown("Enabled", number: "0200", email: "other@example.com"), "its address is other@"),
    (shown("Enabled", number: "1", email: ""), "its number is 1, it has no address"),
  ])
  func `what is shown afterwards must be what was asked for`(
    body: String,
    text: String
  ) async throws {
    let result = try await attempts(answer("200 OK", Self.given), answer("200 OK", body)).attempts
    #expect(result.map(\.kind) == ["unexpected"])
    #expect(result.first?.said?.reason == .verifyMismatch)
    #expect(result.first?.said?.message.hasPrefix(text) == true)
  }

  @Test func `secrets that come back are taken out`() async throws {
    let body =
      #"{"errors":[{"errorCode":"CMN-101","message":"Sample8pass! 135790 sample-access-token "#
      + #"sample-secret-of-app c2FtcGxlLWFwcDpzYW1wbGUtc2VjcmV0LW9mLWFwcA== sample.jwt.of-user"}]}"#
    let result = try await attempts(answer("400 Bad", body)).attempts
    let words = Array(repeating: "(secret)", count: 6).joined(separator: " ")
    #expect(result.first?.said?.message == "CMN-101 \(words)")
  }

  @Test(arguments: ["500 Broken", "502 Bad Gateway", "504 Timeout"])
  func `behind a failure comes a look, and an update only if nothing happened`(
    status: String
  ) async throws {
    let broken = answer(status, "")
    let happened = try await attempts(broken, answer("200 OK", Self.given), count: 2)
    #expect(happened.attempts.map(\.kind) == ["faulty", "accepted"])
    #expect(happened.requests.count { $0.hasPrefix("PUT") } == 1)
    let unassigned = answer("200 OK", #"{"id":7,"status":"Unassigned"}"#)
    let given = answer("200 OK", Self.given)
    let nothing = try await attempts(broken, unassigned, given, given, count: 2)
    #expect(nothing.attempts.map(\.kind) == ["faulty", "accepted"])
    let methods = nothing.requests.dropFirst(2).map { $0.prefix { $0 != " " } }
    #expect(methods.prefix(4) == ["PUT", "GET", "PUT", "GET"])
    let other = Self.shown("Enabled", number: "0200", email: "other@example.com")
    let taken = try await attempts(broken, answer("200 OK", other), count: 2)
    #expect(taken.attempts.map(\.kind) == ["faulty", "unexpected"])
    #expect(taken.attempts.last?.said?.reason == .conflictAtTarget)
  }

  @Test func `another number is asked for alone, and again only if it is not there`() async throws {
    let old = Self.shown("Enabled", number: "0100", email: "person@example.com")
    let new = Self.shown("Enabled", number: "0200", email: "person@example.com")
    let result = try await attempts(
      answer("500 Broken", ""),
      answer("200 OK", old),
      answer("200 OK", new),
      answer("200 OK", new),
      count: 2,
      kind: .renumber
    )
    #expect(result.attempts.map(\.kind) == ["faulty", "accepted"])
    let updates = result.requests.filter { $0.hasPrefix("PUT") }
    #expect(updates.count == 2)
    #expect(updates.allSatisfy { $0.hasSuffix("\r\n\r\n{\"extensionNumber\":\"0200\"}") })
  }

  @Test func `while the platform wants to be left alone, nothing may go out`() async throws {
    // The requests before are those for the token and the list; the first has no such fault.
    try await EmulatedPlatform.run(FaultRule(.rateLimitBare, .after(1))) { platform in
      let clock = ManualClock()
      try await platform.withAccount(clock: clock) { account in
        _ = try await account.look { _, _ in }
        let id = UInt64(platform.extensions[0].id)
        let change = ExtensionChange(extensionID: id, kind: .provision, person: Self.person)
        let target = account.target([user(0): change])
        guard case .busy(let said, let wait) = try await target.attempt(0, "0200") else {
          Issue.record("not busy")
          return
        }
        #expect(said.message == "CMN-310 Global request rate exceeded")
        #expect(wait == .seconds(30))
        clock.advance(by: .seconds(10))
        #expect(target.reserve(Assignment(user: user(0), number: nil)) == .seconds(20))
        clock.advance(by: .seconds(20))
        let again = try await target.attempt(0, "0200")
        #expect(again.kind == "accepted")
      }
    }
  }

  @Test func `an attempt that is told to stop ends soon, and what it did is looked after`()
    async throws
  {
    let script: [ScriptedServer.Step] = [
      .receive, answer("200 OK", RingCentralLookTests.token), .receive,
      answer("200 OK", Self.pool), .receive, .hold,
    ]
    let second: [ScriptedServer.Step] = [
      .receive, answer("200 OK", Self.given), .receive, answer("200 OK", ""), .hold,
    ]
    try await ScriptedServer.run([script, second]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)", clock: ContinuousClock()) {
        account in
        let change = ExtensionChange(extensionID: 7, kind: .provision, person: Self.person)
        let target = account.target([user(0): change])
        let attempt = Task { try await target.attempt(0, "0200") }
        while server.requests.count < 3 { await Task.yield() }
        attempt.cancel()
        let stopped = try await attempt.value
        #expect(stopped == .unanswered("stopped before an answer came"))
        let again = try await target.attempt(0, "0200")
        #expect(again.kind == "accepted")
      }
      #expect(server.requests.count { $0.hasPrefix("PUT") } == 1)
    }
  }
}
