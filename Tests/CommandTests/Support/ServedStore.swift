import Foundation
import Glibc
import Support
import Testing

/// `rcimport serve` at work over a store of its own.
final class ServedStore {
  static let secretName = "jwt.secret"

  let place: Workspace
  let origin: String
  let port: Int
  private let run: Run

  /// Serves a store that knows users and the extensions they hold.
  ///
  /// The folder to work in may hold what the options name.
  init(
    _ rows: [(user: Int, number: String)],
    in place: Workspace? = nil,
    _ options: String...
  ) throws {
    let place = try place ?? Workspace()
    self.place = place
    try Self.makeSecret(in: place)
    try place.store(rows)
    let run = try place.start(
      ["serve", "--secret-file", Self.secretName, "--port", "0"] + options
    )
    var found: (origin: String, port: Int)?
    try poll(until: "it listens or ends") {
      found = try Self.address(in: run.errorSoFar)
      return found != nil || run.process.isOver
    }
    self.run = run
    let text = try run.errorSoFar
    (origin, port) = try #require(found, "\(text)")
  }

  private static func address(in text: String) throws -> (origin: String, port: Int)? {
    try #/listening on (?<origin>https?://127\.0\.0\.1:(?<port>\d+))\n/#.firstMatch(in: text)
      .flatMap { match in Int(match.output.port).map { (String(match.output.origin), $0) } }
  }

  /// Makes a secret that nobody has used.
  static func makeSecret(in place: Workspace) throws {
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    try place.write(Data(bytes).base64EncodedString() + "\n", to: secretName)
    chmod(place.path(secretName), 0o600)
  }

  /// The secret, as it stands in its file.
  func secret() throws -> String { String(try place.text(of: Self.secretName).dropLast()) }

  /// A token for the server.
  func token(_ options: String...) throws -> String {
    let result = try place.run(["token", "--secret-file", Self.secretName] + options)
    #expect(result.code == 0, "\(result.err)")
    return String(result.out.dropLast())
  }

  /// Asks for an extension for a user, as the page of the API has it.
  func give(_ user: Int, _ number: String, _ token: String?) throws -> (status: Int, body: String) {
    let request = Self.request(user, number, token)
    let socket = try LoopbackSocket.connected(to: port)
    socket.write(request.utf8)
    return Self.answer(on: socket)
  }

  /// A request for an extension for a user; the server closes behind its answer.
  static func request(_ user: Int, _ number: String, _ token: String?) -> String {
    let body = #"{"payload":{"userId":"\#(id(user))","rcExtension":"\#(number)"}}"#
    var lines = [
      "PUT /user/update-rcextension HTTP/1.1", "Host: localhost", "Connection: close",
      "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
    ]
    if let token { lines.append("Authorization: Bearer \(token)") }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
  }

  /// What comes back until the server closes; status 0 when nothing does.
  static func answer(on socket: LoopbackSocket) -> (status: Int, body: String) {
    var bytes: [UInt8] = []
    while case let piece = socket.read(), !piece.isEmpty { bytes += piece }
    let text = String(decoding: bytes, as: UTF8.self)
    let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let end = text.firstRange(of: "\r\n\r\n")?.upperBound ?? text.endIndex
    return (status, String(text[end...]))
  }

  /// Stops it, and gives back what it said.
  func stop(_ signal: Int32 = SIGTERM) throws -> RunResult {
    send(signal)
    return try finish()
  }

  /// Sends a signal.
  func send(_ signal: Int32) { run.process.send(signal) }

  /// Waits for its end, and gives back what it said.
  func finish() throws -> RunResult { try run.finish() }
}
