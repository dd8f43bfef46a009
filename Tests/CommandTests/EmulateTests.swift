import Foundation
import Glibc
import Support
import Testing

/// `rcimport emulate ringcentral`.
@Suite(.blocking) struct EmulateTests {
  private static let export = """
    Mailbox ID,Name,Ext,Email,Site,Type,Status
    7001,Ann Lee,0101,ann@example.com,Main Site,User,Enabled
    7002,,,,,User,Unassigned

    """
  private static let person =
    #"{"status":"Enabled","contact":{"firstName":"Bo","lastName":"Ray","email":"bo@example.com"},"#
    + #""extensionNumber":"0202"}"#

  @Test(arguments: [SIGTERM, SIGINT])
  func `it answers, and a signal makes it write what became of the account`(
    _ signal: Int32
  ) throws {
    let place = try Workspace()
    try place.write(Self.export, to: "extensions.csv")
    let running = try EmulatedPlatform(
      place,
      ["--extensions", "extensions.csv", "--unassigned", "1", "--save", "after.csv"]
    )
    let answer = try running.signIn("aWQ6c2VjcmV0", jwt: "a.b.c")
    #expect(answer.status == 200)
    let token = try #require(try JSONValue(parsing: answer.body)["access_token"]?.text)
    let path = "/restapi/v1.0/account/~/extension"
    let list = try running.ask("GET", path, "Bearer \(token)")
    #expect(list.status == 200)
    #expect(list.body.contains(#""totalElements":3"#))
    let update = try running.ask("PUT", "\(path)/7002", "Bearer \(token)", body: Self.person)
    #expect(update.status == 200)
    let result = try running.stop(signal)
    #expect(result.code == 0)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("stand-in of RingCentral"))
    #expect(result.err.contains("3 extensions, 2 unassigned"))
    #expect(!result.err.contains(token))
    let lines = try place.text(of: "after.csv").split(separator: "\n")
    #expect(
      lines.prefix(3) == [
        "extensionId,extensionNumber,name,type,status,email,site",
        "7001,0101,Ann Lee,User,Enabled,ann@example.com,Main Site",
        "7002,0202,Bo Ray,User,Enabled,bo@example.com,",
      ]
    )
    #expect(lines.count == 4)
    #expect(lines.last?.hasSuffix(",,,User,Unassigned,,") == true)
    // The product takes it, and so does the next stand-in.
    try place.run("apply", "--extensions", "after.csv", "--yes")
    let again = try EmulatedPlatform(place, ["--extensions", "after.csv"])
    #expect(try again.stop().err.contains("3 extensions, 1 unassigned"))
  }

  @Test func `secrets that are set have to be shown, and are not told`() throws {
    let place = try Workspace()
    try place.write("the-right-secret\n", to: "secret")
    let running = try EmulatedPlatform(
      place,
      ["--unassigned", "1", "--client-secret-file", "secret", "--limits", "off"],
      environment: ["RC_USER_JWT=the.right.jwt", "RC_APP_CLIENT_ID=the-right-id"]
    )
    let right = Data("the-right-id:the-right-secret".utf8).base64EncodedString()
    let wrong = Data("the-right-id:another".utf8).base64EncodedString()
    #expect(try running.signIn(right, jwt: "the.right.jwt").status == 200)
    #expect(try running.signIn(wrong, jwt: "the.right.jwt").status == 401)
    let answer = try running.signIn(right, jwt: "another.jwt")
    #expect(answer.status == 400)
    #expect(!answer.body.contains("right"))
    #expect(!(try running.stop().err.contains("right")))
  }

  @Test(arguments: [
    [], ["--unassigned", "-1"], ["--unassigned", "1", "--fault", "nonsense"],
    ["--unassigned", "1", "--limits", "0"], ["--unassigned", "1", "--max-number-length", "9"],
    ["--unassigned", "1", "--taken-number", "410"],
  ])
  func `what cannot be asked for is a usage error`(_ arguments: [String]) throws {
    let place = try Workspace()
    #expect(try place.run(["emulate", "ringcentral"] + arguments).code == 64)
  }

  @Test func `an export or a port that cannot be used is told`() throws {
    let place = try Workspace()
    try place.write("extensionId,extensionNumber,type\n1,101,User\n2,101,User\n", to: "twice.csv")
    let twice = try place.run("emulate", "ringcentral", "--extensions", "twice.csv")
    #expect(twice.code == 65)
    #expect(twice.isOneSentence)
    let socket = try LoopbackSocket.listening()
    let taken = try place.run(
      ["emulate", "ringcentral", "--unassigned", "1", "--port", "\(socket.port)"]
    )
    #expect(taken.code == 78)
    #expect(taken.err.contains("Another program has it"))
  }

  @Test func `its help says that it is a stand-in`() throws {
    let place = try Workspace()
    let text = try place.run("emulate", "ringcentral", "--help").out
    #expect(text.contains("This is a stand-in and not RingCentral"))
    #expect(text.contains("127.0.0.1 alone"))
    #expect(text.contains("drop"))
    let examples = text[..<(text.firstRange(of: "USAGE:")?.lowerBound ?? text.endIndex)]
    for option in examples.matches(of: #/--[a-z][a-z-]*/#) {
      #expect(text[examples.endIndex...].contains(option.output))
    }
  }
}
