import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

/// What a server answered, whole.
struct HTTPAnswer: Sendable {
  var status: Int
  var headers: HTTPHeaders
  var body: [UInt8]
  var trailers: HTTPHeaders?

  var text: String { String(decoding: body, as: UTF8.self) }
  var lineCount: Int { body.count { $0 == 0x0A } }

  /// The body as JSON.
  var json: JSONValue { get throws { try JSONParser.parse(text) } }

  /// The sentence of a failure.
  var problem: String? {
    get throws { try json["error"]?["message"]?.string }
  }

  /// The summary behind a report.
  var summary: JSONValue? {
    get throws { try trailers?.first(name: "Rcimport-Summary").map { try JSONParser.parse($0) } }
  }
}

/// A connection of HTTP/1.1 for one request, whose parts the test sends and reads itself.
struct HTTPExchange: Sendable {
  typealias Inbound = NIOAsyncChannelInboundStream<HTTPClientResponsePart>
  typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

  /// Connects, lets the closure work, and closes.
  static func connect<Value: Sendable>(
    _ port: Int,
    _ work: (Inbound, Outbound) async throws -> Value
  ) async throws -> Value {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let decoder = HTTPResponseDecoder(
            leftOverBytesStrategy: .dropBytes,
            informationalResponseStrategy: .forward
          )
          try channel.pipeline.syncOperations.addHandler(HTTPRequestEncoder())
          try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(decoder)
          )
          return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
            wrappingChannelSynchronously: channel
          )
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await work(inbound, outbound)
    }
  }

  /// Sends a request and reads its answer; a body goes in pieces, without its length in the head.
  static func run(
    _ port: Int,
    _ method: HTTPMethod,
    _ path: String,
    _ headers: [(String, String)],
    body: [UInt8]? = nil,
    pieceByteCount: Int = 1 << 16
  ) async throws -> HTTPAnswer {
    try await connect(port) { inbound, outbound in
      try await outbound.write(.head(head(method, path, headers, hasBody: body != nil)))
      do {
        for start in stride(from: 0, to: body?.count ?? 0, by: pieceByteCount) {
          let piece = body?[start..<min(start + pieceByteCount, body?.count ?? 0)] ?? []
          try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: piece))))
        }
        try await outbound.write(.end(nil))
      } catch {
        // A server that answers early may close before everything is sent.
      }
      return try await answer(inbound)
    }
  }

  static func head(
    _ method: HTTPMethod,
    _ path: String,
    _ headers: [(String, String)],
    hasBody: Bool
  ) -> HTTPRequestHead {
    var fields = HTTPHeaders([("Host", "127.0.0.1")] + headers)
    if hasBody && !fields.contains(name: "Content-Length") {
      fields.add(name: "Transfer-Encoding", value: "chunked")
    }
    return HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: fields)
  }

  /// Reads an answer to its end; does something whenever the server only says to go on.
  static func answer(
    _ inbound: Inbound,
    whenToldToGoOn goOn: () async throws -> Void = {}
  ) async throws -> HTTPAnswer {
    var answer: HTTPAnswer?
    for try await part in inbound {
      switch part {
      case .head(let head) where head.status.code < 200:
        try await goOn()
      case .head(let head):
        answer = HTTPAnswer(status: Int(head.status.code), headers: head.headers, body: [])
      case .body(let bytes):
        answer?.body += Array(bytes.readableBytesView)
      case .end(let trailers):
        answer?.trailers = trailers
        guard let answer else { throw Incomplete() }
        return answer
      }
    }
    throw Incomplete()
  }

  /// The connection ended before the answer did.
  struct Incomplete: Error {}
}
