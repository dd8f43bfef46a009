import NIOCore
import NIOPosix

/// A connection on which anything can be sent.
struct RawClient: Sendable {
  /// What came back.
  struct Answer: Equatable, Sendable {
    var status: Int
    var head: String
    var body: String

    /// The value of a field of the head.
    func field(_ name: String) -> String? {
      for line in head.split(separator: "\r\n").dropFirst() {
        let sides = line.split(separator: ":", maxSplits: 1)
        if sides[0].lowercased() == name.lowercased() {
          return sides.count == 2 ? String(sides[1].drop { $0 == " " }) : ""
        }
      }
      return nil
    }
  }

  /// What went wrong.
  enum Failure: Error { case closed(String) }

  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private let inbound: NIOAsyncChannelInboundStream<ByteBuffer>

  /// Opens a connection for the time of a closure.
  static func connect<Value: Sendable>(
    _ port: Int,
    _ body: @Sendable (inout Conversation) async throws -> Value
  ) async throws -> Value {
    // Wrapped when it is connected: a wrapped channel that is dropped unused ends the process.
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false)
      .connect(host: "127.0.0.1", port: port)
      .flatMap { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
        .flatMap { wrapped in channel.setOption(.autoRead, value: true).map { wrapped } }
      }
      .get()
    return try await channel.executeThenClose { inbound, outbound in
      var conversation = Conversation(outbound: outbound, pieces: inbound.makeAsyncIterator())
      return try await body(&conversation)
    }
  }

  /// Sends a request on a connection of its own.
  static func ask(
    _ port: Int,
    _ method: String,
    _ path: String,
    token: String? = nil,
    fields: [String] = ["Content-Type: application/json"],
    body: String? = nil
  ) async throws -> Answer {
    try await connect(port) {
      try await $0.send(request(method, path, token: token, fields: fields, body: body))
      return try await $0.answer(toHead: method == "HEAD")
    }
  }

  /// The text of a request.
  static func request(
    _ method: String,
    _ path: String,
    token: String? = nil,
    fields: [String] = ["Content-Type: application/json"],
    body: String? = nil
  ) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + fields
    if let token { lines.append("Authorization: Bearer \(token)") }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
  }

  /// The request of the API's page.
  static func update(_ userID: String, _ number: String, token: String?) -> String {
    request(
      "PUT",
      "/user/update-rcextension",
      token: token,
      body: #"{"payload":{"userId":"\#(userID)","rcExtension":"\#(number)"}}"#
    )
  }

  /// What is said on one connection.
  struct Conversation {
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    var pieces: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received: [UInt8] = []

    init(
      outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
      pieces: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
      self.outbound = outbound
      self.pieces = pieces
    }

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    /// Reads one answer, which has a `Content-Length` unless it has no body.
    mutating func answer(toHead: Bool = false) async throws -> Answer {
      var end = Self.endOfHead(received)
      while end == nil {
        guard try await receive() else {
          throw Failure.closed(String(decoding: received, as: UTF8.self))
        }
        end = Self.endOfHead(received)
      }
      let head = String(decoding: received.prefix(end ?? 0), as: UTF8.self)
      received.removeFirst(end ?? 0)
      let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
      var answer = Answer(status: status, head: head, body: "")
      let count = toHead ? 0 : answer.field("Content-Length").flatMap { Int($0) } ?? 0
      while received.count < count {
        guard try await receive() else { throw Failure.closed(head) }
      }
      answer.body = String(decoding: received.prefix(count), as: UTF8.self)
      received.removeFirst(count)
      return answer
    }

    /// Reads until the server closes the connection, and returns what came.
    mutating func rest() async throws -> String {
      while try await receive() {}
      return String(decoding: received, as: UTF8.self)
    }

    private mutating func receive() async throws -> Bool {
      // A reset is an end, too.
      guard let piece = try? await pieces.next(isolation: #isolation) else { return false }
      received += Array(piece.readableBytesView)
      return true
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
      let mark = Array("\r\n\r\n".utf8)
      guard bytes.count >= mark.count else { return nil }
      return (0...bytes.count - mark.count).first { bytes[$0..<$0 + 4].elementsEqual(mark) }
        .map { $0 + 4 }
    }
  }
}
