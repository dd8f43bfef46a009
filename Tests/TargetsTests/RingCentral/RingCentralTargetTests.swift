import Emulator
import ImportModel
import JSON
import Support
import Targets
import Testing

/// Giving extensions to people.
///
/// One test after the other: each starts a server, and those of other suites have time limits.
@Suite(.serialized) struct RingCentralTargetTests {
  /// Calls the body, after a look, with a target that gives the first extensions to some people.
  private static func run(
    _ faults: FaultRule...,
    people: [Person] = [person(0)],
    change: (inout EmulatorSettings) -> Void = { _ in },
    settings: @escaping @Sendable (inout RingCentralSettings) -> Void = { _ in },
    _ body: @Sendable (EmulatedPlatform, any AssignmentTarget) async throws -> Void
  ) async throws {
    try await EmulatedPlatform.run {
      change(&$0)
      $0.faults = faults
    } _: { platform in
      try await platform.withAccount(change: settings) { account in
        _ = try await account.look { _, _ in }
        var changes: [ObjectID: ExtensionChange] = [:]
        for (place, person) in people.enumerated() {
          let id = UInt64(platform.extensions[place].id)
          changes[user(place)] = ExtensionChange(extensionID: id, kind: .provision, person: person)
        }
        try await body(platform, account.target(changes))
      }
    }
  }

  static let done = TargetAnswer(
    status: 200,
    message: "RingCentral extension updated successfully"
  )

  // MARK: - What is sent

  @Test func `an extension becomes a person's, with all that is told of them`() async throws {
    var everything = person(0, password: "Sample8pass!", pin: "135790")
    everything.department = "Sales"
    everything.jobTitle = "Buyer"
    try await Self.run(people: [everything]) { platform, target in
      let attempt = try await target.attempt(0, "0123")
      #expect(attempt == .accepted(Self.done))
      let given = platform.extensions[0]
      #expect(given.status == .notActivated)
      #expect(given.number == "0123")
      #expect(given.contact.name == "First0 Last0")
      #expect(given.contact[.email] == "person0@example.com")
      #expect(given.contact[.department] == "Sales")
      #expect(given.contact[.jobTitle] == "Buyer")
      #expect(platform.emulator.account.unassignedCount == 2)
      // Asked again, it says the same without a request.
      let again = try await target.attempt(0, "0123")
      #expect(again == .accepted(Self.done))
    }
  }

  @Test func `it is enabled when that is asked for`() async throws {
    try await Self.run(settings: { $0.status = .enabled }) { platform, target in
      let attempt = try await target.attempt(0, "200")
      #expect(attempt.kind == "accepted")
      #expect(platform.extensions[0].status == .enabled)
    }
  }

  @Test func `the number that the platform chose is told`() async throws {
    try await Self.run { platform, target in
      let attempt = try await target.attempt(0, nil)
      #expect(attempt.kind == "accepted")
      #expect(attempt.said?.number?.description == platform.extensions[0].number)
      #expect(attempt.said?.number != nil)
    }
  }

  @Test func `a person who has an extension gets another number`() async throws {
    try await Self.run { platform, target in
      _ = try await target.attempt(0, "200")
      let id = UInt64(platform.extensions[0].id)
      try await platform.withAccount { account in
        let change = ExtensionChange(extensionID: id, kind: .renumber, person: person(0))
        let target = account.target([user(0): change])
        let attempt = try await target.attempt(0, "201")
        #expect(attempt == .accepted(Self.done))
        #expect(platform.extensions[0].number == "201")
        #expect(platform.extensions[0].contact.name == "First0 Last0")
      }
    }
  }

  @Test func `what is as it should be is not asked for`() async throws {
    try await withRingCentral("http://127.0.0.1:9", clock: ContinuousClock()) { account in
      let change = ExtensionChange(extensionID: 1, kind: .keep, person: person(0))
      let attempt = try await account.target([user(0): change]).attempt(0, "200")
      #expect(attempt == .accepted(Self.done))
    }
  }

  @Test func `what is as it should be takes nobody's leave`() async throws {
    try await EmulatedPlatform.run { platform in
      try await platform.withAccount { account in
        _ = try await account.look { _, _ in }
        let ids = platform.extensions.map { UInt64($0.id) }
        let kinds: [ExtensionChange.Kind] = [.provision, .keep, .provision]
        var changes: [ObjectID: ExtensionChange] = [:]
        for (place, kind) in kinds.enumerated() {
          changes[user(place)] = ExtensionChange(
            extensionID: ids[place],
            kind: kind,
            person: person(place)
          )
        }
        let target = account.target(changes)
        let assignments = (0..<3).map {
          Assignment(user: user($0), number: ExtensionNumber("20\($0)"))
        }
        // Nothing is known yet of the group of looks, so that only one may be out.
        #expect(target.reserve(assignments[0]) == nil)
        #expect(target.reserve(assignments[1]) == nil)
        let kept = await target.assign(assignments[1])
        #expect(kept == .accepted(Self.done))
        #expect(target.reserve(assignments[2]) != nil)
        let given = await target.assign(assignments[0])
        #expect(given == .accepted(Self.done))
        #expect(target.reserve(assignments[2]) == nil)
        let last = await target.assign(assignments[2])
        #expect(last == .accepted(Self.done))
        #expect(platform.extensions.map(\.number) == ["200", nil, "202"])
      }
    }
  }

  @Test func `the update carries the status with the contact, and no mail unless asked`()
    async throws
  {
    let unassigned = #"{"id":7,"status":"Unassigned"}"#
    let given =
      #"{"id":7,"status":"NotActivated","extensionNumber":"0200","#
      + #""contact":{"email":"Person0@Example.com"}}"#
    let script: [ScriptedServer.Step] = [
      .receive, answer("200 OK", RingCentralLookTests.token),
      .receive, answer("200 OK", #"{"records":[\#(unassigned)]}"#),
      .receive, answer("200 OK", given), .receive, answer("200 OK", given),
      .receive, answer("200 OK", ""), .hold,
    ]
    try await ScriptedServer.run([script]) { server in
      try await withRingCentral("http://127.0.0.1:\(server.port)/base", clock: ContinuousClock()) {
        account in
        let change = ExtensionChange(extensionID: 7, kind: .provision, person: person(0))
        let attempt = try await account.target([user(0): change]).attempt(0, "0200")
        #expect(attempt == .accepted(Self.done))
      }
      let requests = server.requests
      try #require(requests.count == 5)
      // Without a look before, only the pool is looked at.
      let account = "/base/restapi/v1.0/account/~/extension"
      #expect(requests[1].hasPrefix("GET \(account)?status=Unassigned&perPage=1000 HTTP/1.1\r\n"))
      #expect(requests[2].hasPrefix("PUT \(account)/7 HTTP/1.1\r\n"))
      #expect(requests[2].contains("Content-Type: application/json\r\n"))
      let body =
        #"{"status":"NotActivated","contact":{"firstName":"First0","lastName":"Last0","#
        + #""email":"person0@example.com"},"extensionNumber":"0200","#
        + #""transition":{"sendWelcomeEmail":false,"sendWelcomeEmailsToUsers":false}}"#
      #expect(requests[2].hasSuffix("\r\n\r\n\(body)"))
      #expect(requests[3].hasPrefix("GET \(account)/7 HTTP/1.1\r\n"))
    }
  }

  // MARK: - Refusals

  @Test(arguments: [false, true], [400, 409])
  func `a number that somebody has is refused`(isLegacy: Bool, status: Int) async throws {
    try await Self.run(people: [person(0), person(1)]) {
      $0.usesLegacyErrors = isLegacy
      $0.rules.takenNumberStatus = status
    } _: { platform, target in
      _ = try await target.attempt(0, "200")
      let attempt = try await target.attempt(1, "200")
      #expect(attempt.kind == "refused")
      #expect(attempt.said?.status == status)
      #expect(attempt.said?.error == .validation)
      #expect(attempt.said?.reason == .alreadyAssigned)
      #expect(
        attempt.said?.message == "CMN-101 Parameter [extensionNumber] value is invalid"
      )
      #expect(platform.emulator.account.unassignedCount == 2)
      // Nothing stands in the way of another number.
      let other = try await target.attempt(1, "201")
      #expect(other.kind == "accepted")
    }
  }

  @Test(arguments: [false, true])
  func `an address that somebody has is refused`(isLegacy: Bool) async throws {
    try await Self.run(people: [person(0), person(0)]) {
      $0.usesLegacyErrors = isLegacy
    } _: { _, target in
      _ = try await target.attempt(0, "200")
      let attempt = try await target.attempt(1, "201")
      #expect(attempt.kind == "refused")
      #expect(attempt.said?.reason == .emailTaken)
    }
  }

  @Test(arguments: [
    (person(0, password: "samplepassword"), false, "PWD-002"),
    (person(0, password: "Sample8pass!"), true, "EXT-413"),
    (person(0, pin: "111111"), false, "CMN-101"),
  ])
  func `credentials that are refused are told without being shown`(
    _ person: Person,
    _ isSSO: Bool,
    _ code: String
  ) async throws {
    try await Self.run(people: [person]) {
      $0.rules.usesSingleSignOn = isSSO
    } _: { platform, target in
      let attempt = try await target.attempt(0, "200")
      #expect(attempt.kind == "refused")
      #expect(attempt.said?.reason == .credentialsRefused)
      #expect(attempt.said?.message.hasPrefix(code) == true)
      #expect(platform.emulator.account.unassignedCount == 3)
    }
  }

  @Test func `whatever else is refused keeps its code`() async throws {
    var nameless = person(0)
    nameless.lastName = ""
    try await Self.run(people: [nameless]) { _, target in
      let attempt = try await target.attempt(0, "200")
      #expect(attempt.kind == "refused")
      #expect(attempt.said?.reason == .rejectedByTarget)
      #expect(attempt.said?.message.hasPrefix("CMN-101 ") == true)
    }
  }

  // MARK: - Failures that pass

  @Test func `an update without effect is no success`() async throws {
    try await Self.run(FaultRule(.noEffect)) { platform, target in
      let attempt = try await target.attempt(0, "200")
      #expect(attempt.kind == "unexpected")
      #expect(attempt.said?.reason == .verifyMismatch)
      #expect(attempt.said?.message.hasPrefix("it is still Unassigned") == true)
      #expect(platform.emulator.account.unassignedCount == 3)
      let again = try await target.attempt(0, "200")
      #expect(again == .accepted(Self.done))
      #expect(platform.extensions[0].number == "200")
    }
  }

  @Test(arguments: [
    (FaultRule(.conflict), 409, "faulty", "CMN-204"),
    (FaultRule(.serverError, .after(2)), 500, "faulty", "CMN-203"),
    // Those behind the update itself: the look at what became of it.
    (FaultRule(.serverError, .after(3)), 500, "faulty", "CMN-203"),
    (FaultRule(.unavailable, .after(2)), 503, "busy", "CMN-201"),
    (FaultRule(.rateLimit, .after(2)), 429, "busy", "CMN-301"),
    (FaultRule(.rateLimit, .after(3)), 429, "busy", "CMN-301"),
  ])
  func `a failure that passes is tried again`(
    _ fault: FaultRule,
    _ status: Int,
    _ kind: String,
    _ code: String
  ) async throws {
    // The first two requests are for the token and the list.
    try await Self.run(fault) { platform, target in
      let attempt = try await target.attempt(0, nil)
      #expect(attempt.kind == kind)
      #expect(attempt.said?.status == status)
      #expect(attempt.said?.message.hasPrefix(code) == true)
      if case .busy(_, let wait) = attempt { #expect(wait == .seconds(1)) }
      let again = try await target.attempt(0, nil)
      #expect(again.kind == "accepted")
      #expect(platform.emulator.account.unassignedCount == 2)
    }
  }

  @Test func `a lost answer is looked after, and nobody gets two`() async throws {
    try await Self.run(FaultRule(.drop), people: [person(0), person(1)]) { platform, target in
      let lost = try await target.attempt(0, nil)
      #expect(lost == .unanswered("the connection was closed"))
      #expect(platform.emulator.account.unassignedCount == 2)
      let number = platform.extensions[0].number
      let again = try await target.attempt(0, nil)
      #expect(again.kind == "accepted")
      #expect(again.said?.number?.description == number)
      _ = try await target.attempt(1, nil)
      #expect(platform.emulator.account.unassignedCount == 1)
    }
  }

  @Test func `a lost answer about another number is looked after`() async throws {
    // The second update is the one that renumbers.
    try await Self.run(FaultRule(.drop, .after(1))) { platform, target in
      _ = try await target.attempt(0, "200")
      let id = UInt64(platform.extensions[0].id)
      try await platform.withAccount { account in
        let change = ExtensionChange(extensionID: id, kind: .renumber, person: person(0))
        let target = account.target([user(0): change])
        let lost = try await target.attempt(0, "201")
        #expect(lost.kind == "unanswered")
        let again = try await target.attempt(0, "201")
        #expect(again == .accepted(Self.done))
        #expect(platform.extensions[0].number == "201")
      }
    }
  }

  @Test func `a token that ends in the middle is renewed`() async throws {
    for place in 1...2 {
      // Of the requests that carry a token the list is the first.
      try await Self.run(FaultRule(.tokenExpired, .after(place))) { platform, target in
        let attempt = try await target.attempt(0, "200")
        #expect(attempt == .accepted(Self.done))
        #expect(platform.extensions[0].number == "200")
      }
    }
  }

  // MARK: - Others who change the account

  /// Gives the first extension to somebody with a client of its own.
  private static func give(
    _ platform: EmulatedPlatform,
    to person: Person,
    _ number: String
  ) async throws {
    try await platform.withAccount { account in
      let id = UInt64(platform.extensions[0].id)
      let change = ExtensionChange(extensionID: id, kind: .provision, person: person)
      let attempt = try await account.target([user(9): change]).attempt(9, number)
      #expect(attempt.kind == "accepted")
    }
  }

  @Test(arguments: [
    (person(5), "205", "unexpected"), (person(0), "201", "unexpected"),
    (person(0), "200", "accepted"),
  ])
  func `nobody's extension is overwritten`(
    _ other: Person,
    _ number: String,
    _ kind: String
  ) async throws {
    try await EmulatedPlatform.run { platform in
      let clock = ManualClock()
      try await platform.withAccount(clock: clock) { account in
        _ = try await account.look { _, _ in }
        let id = UInt64(platform.extensions[0].id)
        let change = ExtensionChange(extensionID: id, kind: .provision, person: person(0))
        let target = account.target([user(0): change])
        try await Self.give(platform, to: other, number)
        clock.advance(by: .seconds(300))
        let attempt = try await target.attempt(0, "200")
        #expect(attempt.kind == kind)
        #expect(attempt.said?.reason == (kind == "accepted" ? nil : .conflictAtTarget))
        #expect(platform.extensions[0].number == number)
        #expect(platform.extensions[0].contact[.email] == other.email)
      }
    }
  }

  @Test func `an extension that is gone is a conflict`() async throws {
    try await EmulatedPlatform.run { platform in
      try await platform.withAccount { account in
        _ = try await account.look { _, _ in }
        let change = ExtensionChange(extensionID: 1, kind: .provision, person: person(0))
        let attempt = try await account.target([user(0): change]).attempt(0, "200")
        #expect(attempt.kind == "unexpected")
        #expect(attempt.said?.reason == .conflictAtTarget)
        #expect(attempt.said?.message.hasPrefix("CMN-102") == true)
        let renumber = ExtensionChange(extensionID: 1, kind: .renumber, person: person(0))
        let other = try await account.target([user(0): renumber]).attempt(0, "200")
        #expect(other.said?.reason == .conflictAtTarget)
      }
    }
  }

  // MARK: - Many at once

  /// Gives 60 people their extensions, several at a time, each again until it is done.
  private static func giveAll(
    _ faults: [FaultRule],
    _ platform: EmulatedPlatform
  ) async throws -> [Attempt] {
    let kinds = ManyAttempts()
    try await platform.withAccount { account in
      let ids = try await account.look { _, _ in }.extensions.map(\.id)
      let changes = Dictionary(
        uniqueKeysWithValues: ids.prefix(60).enumerated().map { place, id in
          (user(place), ExtensionChange(extensionID: id, kind: .provision, person: person(place)))
        }
      )
      let target = account.target(changes)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<6 {
          group.addTask {
            for place in stride(from: worker, to: 60, by: 6) {
              var attempt = try await target.attempt(place, "\(1000 + place)")
              while attempt.kind != "accepted" {
                kinds.add(attempt)
                attempt = try await target.attempt(place, "\(1000 + place)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
    }
    for (place, given) in platform.extensions.prefix(60).enumerated() {
      #expect(given.number == "\(1000 + place)")
      #expect(given.contact[.email] == "person\(place)@example.com")
    }
    #expect(platform.emulator.account.unassignedCount == 3)
    return kinds.all
  }

  @Test func `no limit is ever hit`() async throws {
    try await EmulatedPlatform.run(users: 63) {
      // 40 updates and 50 looks in a second.
      $0.limitFactor = 60
    } _: { platform in
      let failed = try await Self.giveAll([], platform)
      #expect(failed.isEmpty)
    }
  }

  @Test func `everybody gets one extension, whatever goes wrong`() async throws {
    let faults = [
      FaultRule(.drop, .every(5)), FaultRule(.conflict, .every(11)),
      FaultRule(.noEffect, .every(7)), FaultRule(.serverError, .every(13)),
      FaultRule(.tokenExpired, .every(50)), FaultRule(.rateLimit, .every(97)),
      FaultRule(.unavailable, .every(89)),
    ]
    try await EmulatedPlatform.run(users: 63) {
      $0.faults = faults
      // As many as are needed, with penalties of a second.
      $0.limitFactor = 3600
    } _: { platform in
      let failed = try await Self.giveAll(faults, platform)
      let kinds = Set(failed.map(\.kind))
      #expect(kinds.isSuperset(of: ["unanswered", "faulty", "unexpected", "busy"]))
      #expect(kinds.isSubset(of: ["unanswered", "faulty", "unexpected", "busy"]))
    }
  }
}
