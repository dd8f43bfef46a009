import Emulator
import JSON
import Testing

/// What an update of an extension does, line by line.
@Suite struct UpdateTests {
  private static let person =
    #""contact":{"firstName":"Ann","lastName":"Lee","email":"ann@example.com"}"#

  /// The ids of `RunningEmulator.account`: two users and one limited extension.
  private static let account: Account = {
    var account = RunningEmulator.account(users: 2, limited: 1)
    account.addUnassigned(1, type: .user)
    return account
  }()
  private static let ids = account.extensions.map(\.id)

  @Test func `a contact alone leaves an unassigned extension unassigned`() async throws {
    try await RunningEmulator.run { emulator in
      let id = emulator.emulator.account.extensions[0].id
      let answer = try await emulator.put(id, "{\(Self.person),\"extensionNumber\":\"200\"}")
      #expect(answer.status == 200)
      #expect(answer.body["status"]?.string == "Unassigned")
      #expect(answer.body["contact"]?["email"]?.string == "ann@example.com")
      #expect(answer.body["extensionNumber"] == nil)
      #expect(try await emulator.get("/extension?status=Unassigned").ids.contains(Int(id)))
    }
  }

  @Test(arguments: ["NotActivated", "Enabled", "Disabled", "Frozen"])
  func `a status with a whole contact gives an extension away`(_ status: String) async throws {
    try await RunningEmulator.run { emulator in
      let id = emulator.emulator.account.extensions[0].id
      let body = #"{"status":"\#(status)",\#(Self.person),"extensionNumber":"0200"}"#
      let answer = try await emulator.put(id, body)
      #expect(answer.status == 200)
      #expect(answer.body["id"]?.integer == Int(id))
      #expect(answer.body["status"]?.string == status)
      #expect(answer.body["extensionNumber"]?.string == "0200")
      #expect(answer.body["name"]?.string == "Ann Lee")
      #expect(answer.body["hidden"]?.bool == false)
      #expect(try await emulator.get("/extension?status=Unassigned").ids.count == 1)
      #expect(try await emulator.get("/extension?status=\(status)").ids == [Int(id)])
      // The second time nothing is new, and nothing is refused.
      #expect(try await emulator.put(id, body).body == answer.body)
    }
  }

  @Test func `without a number the next free one is given`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      let body = { (name: String, number: String) in
        #"{"status":"Enabled",\#(number)"contact":{"firstName":"\#(name)","lastName":"B","#
          + #""email":"\#(name)@example.com"}}"#
      }
      _ = try await emulator.put(Self.ids[0], body("a", #""extensionNumber":"102","#))
      let first = try await emulator.put(Self.ids[1], body("b", ""))
      #expect(first.body["extensionNumber"]?.string == "101")
      let second = try await emulator.put(Self.ids[3], body("c", ""))
      #expect(second.body["extensionNumber"]?.string == "103")
    }
  }

  @Test func `members that are not sent stay as they are`() async throws {
    try await RunningEmulator.run { emulator in
      let id = emulator.emulator.account.extensions[0].id
      _ = try await emulator.put(
        id,
        #"{"status":"Enabled",\#(Self.person),"extensionNumber":"200"}"#
      )
      let answer = try await emulator.put(id, #"{"contact":{"lastName":"Ray"}}"#)
      #expect(answer.body["name"]?.string == "Ann Ray")
      #expect(answer.body["contact"]?["email"]?.string == "ann@example.com")
      #expect(answer.body["extensionNumber"]?.string == "200")
      #expect(answer.body["status"]?.string == "Enabled")
    }
  }

  @Test func `references are kept, welcome mails are nobody's business`() async throws {
    try await RunningEmulator.run { emulator in
      let id = emulator.emulator.account.extensions[0].id
      let body =
        #"{"references":[{"ref":"64b7","type":"CustomerDirectoryId"}],"#
        + #""transition":{"sendWelcomeEmail":false},"ivrPin":"284917","regionalSettings":{}}"#
      let answer = try await emulator.put(id, body)
      #expect(answer.status == 200)
      #expect(answer.body["references"]?.array?.first?["ref"]?.string == "64b7")
    }
  }

  /// A body that is refused: what it is sent to, and the code and parameter of the error.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var body: String
    var code = "CMN-101"
    var parameter: String?
    var isLimited = false
    var testDescription: String { body }
  }

  private static let contact =
    #""contact":{"firstName":"A","lastName":"B","email":"a@example.com"}"#

  static let refusals: [Refusal] = [
    Refusal(body: #"{"status":"Unassigned"}"#, parameter: "status"),
    Refusal(body: #"{"status":"enabled"}"#, parameter: "status"),
    Refusal(body: #"{"status":7}"#, parameter: "status"),
    Refusal(body: #"{"status":"Enabled"}"#, parameter: "contact.firstName"),
    Refusal(
      body: #"{"status":"NotActivated","contact":{"firstName":"A","email":"a@example.com"}}"#,
      parameter: "contact.lastName"
    ),
    Refusal(
      body: #"{"status":"Enabled","contact":{"firstName":"A","lastName":"B"}}"#,
      parameter: "contact.email"
    ),
    Refusal(
      body: #"{"status":"Enabled","contact":{"firstName":"","lastName":"B","email":"a@b.org"}}"#,
      parameter: "contact.firstName"
    ),
    Refusal(body: #"{"contact":{"email":"nobody"}}"#, parameter: "contact.email"),
    Refusal(body: #"{"contact":{"email":"used@example.com"}}"#, parameter: "contact.email"),
    Refusal(body: #"{"contact":{"email":"USED@example.com"}}"#, parameter: "contact.email"),
    Refusal(body: #"{"contact":7}"#, parameter: "contact"),
    Refusal(
      body: #"{"contact":{"firstName":"\#(String(repeating: "a", count: 65))"}}"#,
      parameter: "contact.firstName"
    ),
    Refusal(
      body: #"{"status":"Enabled",\#(contact),"extensionNumber":"500"}"#,
      parameter: "extensionNumber"
    ),
    Refusal(body: #"{"extensionNumber":"911"}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"extensionNumber":"0"}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"extensionNumber":"123456789"}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"extensionNumber":"12a"}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"extensionNumber":""}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"extensionNumber":123}"#, parameter: "extensionNumber"),
    Refusal(body: #"{"password":"abcdefg!"}"#, code: "PWD-002"),
    Refusal(body: #"{"password":"Ab1!"}"#, code: "PWD-002"),
    Refusal(body: #"{"password":"Kqzp1111"}"#, code: "PWD-002"),
    Refusal(body: #"{"password":"Kqzp4567"}"#, code: "PWD-002"),
    Refusal(body: #"{"ivrPin":"123456"}"#, parameter: "ivrPin"),
    Refusal(body: #"{"ivrPin":"2849"}"#, parameter: "ivrPin"),
    Refusal(body: #"{"type":"Department"}"#, parameter: "type"),
    Refusal(body: #"{"site":{"id":"12"}}"#, code: "CMN-102", parameter: "site.id"),
    Refusal(
      body: #"{"status":"Enabled",\#(contact)}"#,
      code: "EXT-356",
      parameter: "contact.lastName",
      isLimited: true
    ),
    Refusal(body: "", code: "CMN-104"),
    Refusal(body: "{", code: "CMN-103"),
    Refusal(body: "[]", code: "CMN-103"),
  ]

  @Test(arguments: refusals)
  func `what cannot be is refused and changes nothing`(_ refusal: Refusal) async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      _ = try await emulator.put(
        Self.ids[3],
        #"{"status":"Enabled","extensionNumber":"500","contact":{"firstName":"U","lastName":"S","#
          + #""email":"used@example.com"}}"#
      )
      let before = emulator.emulator.account.extensions
      let answer = try await emulator.put(Self.ids[refusal.isLimited ? 2 : 0], refusal.body)
      #expect(answer.status == 400)
      #expect(answer.code == refusal.code)
      #expect(answer.parameter == refusal.parameter)
      #expect(emulator.emulator.account.extensions == before)
    }
  }

  @Test func `a limited extension needs no last name`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      let answer = try await emulator.put(
        Self.ids[2],
        #"{"status":"Enabled","type":"Limited","#
          + #""contact":{"firstName":"Lobby","lastName":"","email":"lobby@example.com"}}"#
      )
      #expect(answer.status == 200)
      #expect(answer.body["name"]?.string == "Lobby")
    }
  }

  @Test func `a taken number may be a conflict`() async throws {
    var settings = RunningEmulator.settings()
    settings.rules.takenNumberStatus = 409
    try await RunningEmulator.run(settings, account: Self.account) { emulator in
      let body = #"{"status":"Enabled",\#(Self.person),"extensionNumber":"500"}"#
      _ = try await emulator.put(Self.ids[0], body)
      let answer = try await emulator.put(Self.ids[1], #"{"extensionNumber":"500"}"#)
      #expect(answer.status == 409)
      #expect(answer.parameter == "extensionNumber")
    }
  }

  @Test func `where people sign in elsewhere no password is taken, but a PIN is`() async throws {
    var settings = RunningEmulator.settings()
    settings.rules.usesSingleSignOn = true
    try await RunningEmulator.run(settings, account: Self.account) { emulator in
      let password = "Kqzp#28x"
      let answer = try await emulator.put(Self.ids[0], #"{"password":"\#(password)"}"#)
      #expect(answer.status == 400)
      #expect(answer.code == "EXT-413")
      #expect(try await emulator.put(Self.ids[0], #"{"ivrPin":"284917"}"#).status == 200)
    }
  }

  @Test func `addresses may be shared where the account says so`() async throws {
    var settings = RunningEmulator.settings()
    settings.rules.wantsUniqueEmails = false
    try await RunningEmulator.run(settings, account: Self.account) { emulator in
      for id in Self.ids[0...1] {
        let answer = try await emulator.put(id, #"{"status":"Enabled",\#(Self.person)}"#)
        #expect(answer.status == 200)
      }
    }
  }

  @Test(arguments: ["/extension/1", "/extension/none", "/extension/~"])
  func `an extension that is not there is not found`(_ path: String) async throws {
    try await RunningEmulator.run { emulator in
      let path = emulator.account + path
      for answer in [
        try await emulator.ask("GET", path), try await emulator.ask("PUT", path, "{}"),
      ] {
        #expect(answer.status == 404)
        #expect(answer.code == "CMN-102")
        #expect(answer.parameter == "extensionId")
      }
    }
  }

  @Test func `a device is the wrong door`() async throws {
    try await RunningEmulator.run { emulator in
      let answer = try await emulator.ask("PUT", "\(emulator.account)/device/1", "{}")
      #expect(answer.status == 409)
      #expect(answer.code == "DEV-127")
    }
  }
}
