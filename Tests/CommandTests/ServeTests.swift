import Foundation
import Glibc
import Support
import Testing

/// `rcimport serve` and `rcimport token`.
@Suite(.blocking) struct ServeTests {
  private static let success =
    #"{"message":"RingCentral extension updated successfully","data":{}}"#

  @Test func `without a key it says how to make one`() throws {
    let place = try Workspace()
    let result = try place.run("serve", "--port", "0")
    #expect(result.code == 78)
    #expect(result.isOneSentence)
    #expect(result.err.contains("head -c 32 /dev/urandom | base64 > jwt.secret"))
    #expect(result.err.contains("rcimport token --secret-file jwt.secret"))
    #expect(try place.allNames() == [])
  }

  @Test func `a key that is not there or too short is told`() throws {
    let place = try Workspace()
    try place.write("short\n", to: "short.secret")
    for name in ["missing.secret", "short.secret"] {
      for command in [["serve", "--port", "0"], ["token"]] {
        let result = try place.run(command + ["--secret-file", name])
        #expect([66, 78].contains(result.code), "\(name) \(command[0]): \(result.err)")
        #expect(result.isOneSentence)
        #expect(!result.err.contains("short\n"))
        #expect(result.out.isEmpty)
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `it gives a user an extension, and a signal ends it well`(_ signal: Int32) throws {
    let served = try ServedStore([(1, "1001"), (2, "1002")])
    let token = try served.token()
    #expect(try served.give(1, "2001", token) == (200, Self.success))
    // The documented answer to what is there already is the same.
    #expect(try served.give(1, "2001", token) == (200, Self.success))
    #expect(try served.give(1, "3001", nil).status == 401)
    #expect(try served.give(1, "3001", token + "x").status == 401)
    let taken = try served.give(2, "2001", token)
    #expect(taken.status == 400)
    #expect(taken.body.hasPrefix(#"{"error":{"code":"VALIDATION_ERROR","message":""#))
    #expect(
      try served.give(3, "3001", token)
        == (404, #"{"error":{"code":"USER_NOT_FOUND","message":"User not found"}}"#)
    )
    // What is served is in the store at once, beside the server.
    #expect(try served.place.assignments() == [id(1): "2001", id(2): "1002"])
    let result = try served.stop(signal)
    #expect(result.end == .exit(0))
    #expect(result.out.isEmpty)
    for line in result.err.split(separator: "\n") where line.hasPrefix("{") {
      #expect(throws: Never.self) { try JSONValue(parsing: String(line)) }
    }
    #expect(!result.err.contains(token))
    #expect(try !result.err.contains(served.secret()))
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `requests under way when a signal comes are done or not, never half`(_ signal: Int32) throws
  {
    let served = try ServedStore((1...20).map { ($0, "\(1000 + $0)") })
    let token = try served.token()
    // Half of these bodies are there, and the rest comes behind the signal.
    let late = try (1...10).map { user in
      let request = Array(ServedStore.request(user, "\(2000 + user)", token).utf8)
      let socket = try LoopbackSocket.connected(to: served.port)
      socket.write(request.dropLast(20))
      return (user: user, socket: socket, rest: request.suffix(20))
    }
    // These are there as a whole.
    let whole = try (11...20).map { user in
      let socket = try LoopbackSocket.connected(to: served.port)
      socket.write(ServedStore.request(user, "\(2000 + user)", token).utf8)
      return (user: user, socket: socket)
    }
    served.send(signal)
    for client in late { client.socket.write(client.rest) }
    let answers =
      late.map { ($0.user, ServedStore.answer(on: $0.socket)) }
      + whole.map { ($0.user, ServedStore.answer(on: $0.socket)) }
    let result = try served.finish()
    #expect(result.end == .exit(0), "\(result.err)")
    let held = try served.place.assignments()
    for (user, answer) in answers {
      let number = held[id(user)]
      switch answer.status {
      case 200: #expect(number == "\(2000 + user)")
      // A connection that was not taken yet, or closed at the signal; its request may be done.
      case 0: #expect(number == "\(2000 + user)" || number == "\(1000 + user)")
      default: #expect(number == "\(1000 + user)", "\(answer)")
      }
    }
    #expect(held.count == 20)
  }

  @Test func `half an import does not keep a server from ending, and leaves nothing`() throws {
    let served = try ServedStore([(1, "1001")])
    let token = try served.token()
    let body = list((1...50).map { ($0, "\(2000 + $0)") })
    let head = [
      "POST /user/rcextension-imports?unknownUsers=create HTTP/1.1", "Host: localhost",
      "Content-Type: text/csv", "Content-Length: \(body.utf8.count)",
      "Authorization: Bearer \(token)",
    ]
    let socket = try LoopbackSocket.connected(to: served.port)
    socket.write((head.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    socket.write(body.utf8.prefix(body.utf8.count / 2))
    let start = ContinuousClock.now
    let result = try served.stop()
    #expect(result.end == .exit(0), "\(result.err)")
    // The body has 30 seconds; waiting for its end would take as long.
    #expect(ContinuousClock.now - start < .seconds(29))
    #expect(try served.place.assignments() == [id(1): "1001"])
    #expect(try served.place.temporaryNames == [])
  }

  @Test func `a token that has expired or is not valid yet is refused`() throws {
    let served = try ServedStore([(1, "1001")])
    #expect(try served.give(1, "2001", served.token("--not-before", "10m")).status == 401)
    #expect(try served.give(1, "2001", served.token("--expires-in", "5m")).status == 200)
    #expect(try served.stop().code == 0)
  }

  @Test func `a port that is in use is told`() throws {
    let place = try Workspace()
    try ServedStore.makeSecret(in: place)
    let socket = try LoopbackSocket.listening()
    let result = try place.run(
      ["serve", "--secret-file", ServedStore.secretName, "--port", "\(socket.port)"]
    )
    #expect(result.code == 78)
    #expect(result.err.contains("port \(socket.port)"))
    #expect(result.err.contains("Another program has it; take another with --port"))
  }

  @Test func `apply and serve keep to the same page`() throws {
    // 50 rows: one user of another store, and one extension that somebody else has there.
    let rows: [(user: Int, number: String)] = (1...50).map { ($0, "\(50_000 + $0)") }
    var known = rows.filter { $0.user != 20 }.map { (user: $0.user, number: "") }
    known.append((60, "50030"))
    let served = try ServedStore(known)
    let place = try Workspace()
    try place.write(list(rows), to: "users.csv")
    let result = try place.run(
      "apply",
      "users.csv",
      "--target",
      served.origin,
      "--unknown-users",
      "create",
      environment: ["RCIMPORT_TOKEN=\(try served.token())"]
    )
    #expect(result.code == 2, "\(result.err)")
    let report = try result.report
    #expect(report.map(\.row) == (2...51).map { $0 })
    #expect(try report.flatMap { try $0.schemaProblems } == [])
    #expect(report[19].status == 404)
    #expect(report[19].outcome == "failed")
    #expect(report[19].errorCode == "USER_NOT_FOUND")
    #expect(report[19].codes == ["user_not_found_at_target"])
    #expect(report[29].status == 400)
    #expect(report[29].outcome == "failed")
    #expect(report[29].errorCode == "VALIDATION_ERROR")
    #expect(report[29].codes == ["rejected_by_target"])
    let others = report.enumerated().filter { ![19, 29].contains($0.offset) }.map(\.element)
    #expect(others.filter { $0.status != 200 || $0.outcome != "applied" }.map(\.text) == [])
    var wanted = Dictionary(uniqueKeysWithValues: rows.map { (id($0.user), $0.number) })
    wanted[id(20)] = nil
    wanted[id(30)] = nil
    #expect(try place.assignments().filter { !$0.value.isEmpty } == wanted)
    wanted[id(60)] = "50030"
    #expect(try served.place.assignments().filter { !$0.value.isEmpty } == wanted)
    #expect(try served.stop().code == 0)
  }
}
