import Foundation
import Glibc
import Support
import Testing

/// `rcimport emulate ringcentral` at work, and where it can be found.
struct EmulatedPlatform {
  let run: Run
  let port: Int

  init(_ place: Workspace, _ arguments: [String], environment: [String] = []) throws {
    let run = try place.start(["emulate", "ringcentral"] + arguments, environment: environment)
    var found: Int?
    try poll(until: "it listens or ends") {
      found = try Self.port(run.errorSoFar)
      return found != nil || run.process.isOver
    }
    self.run = run
    let text = try run.errorSoFar
    port = try #require(found, "\(text)")
  }

  private static func port(_ text: String) throws -> Int? {
    try #/listening on http://127\.0\.0\.1:(?<port>\d+)\n/#.firstMatch(in: text)
      .flatMap { Int($0.output.port) }
  }

  /// Sends a request on a connection of its own, and gives back the status and the body.
  func ask(
    _ method: String,
    _ path: String,
    _ authorization: String,
    type: String = "application/json",
    body: String = ""
  ) throws -> (status: Int, body: String) {
    let socket = try LoopbackSocket.connected(to: port)
    let lines = [
      "\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close",
      "Authorization: \(authorization)", "Content-Type: \(type)",
      "Content-Length: \(body.utf8.count)",
    ]
    socket.write((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    var bytes: [UInt8] = []
    while case let piece = socket.read(), !piece.isEmpty { bytes += piece }
    let text = String(decoding: bytes, as: UTF8.self)
    let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let end = text.firstRange(of: "\r\n\r\n")?.upperBound ?? text.endIndex
    return (status, String(text[end...]))
  }

  /// Asks for a token with a client's name and secret, in base64, and a JWT.
  func signIn(_ client: String, jwt: String) throws -> (status: Int, body: String) {
    try ask(
      "POST",
      "/restapi/oauth/token",
      "Basic \(client)",
      type: "application/x-www-form-urlencoded",
      body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=\(jwt)"
    )
  }

  /// Stops it, and gives back what it said.
  func stop(_ signal: Int32 = SIGTERM) throws -> RunResult {
    run.process.send(signal)
    return try run.finish()
  }

  /// The list of all extensions, as the platform gives it.
  func list() throws -> String {
    let client = Data("the-app:the-right-secret".utf8).base64EncodedString()
    let answer = try signIn(client, jwt: "the.right.jwt")
    #expect(answer.status == 200, "\(answer)")
    let token = try #require(try JSONValue(parsing: answer.body)["access_token"]?.text)
    let path = "/restapi/v1.0/account/~/extension?perPage=1000"
    return try ask("GET", path, "Bearer \(token)").body
  }
}
