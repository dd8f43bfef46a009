import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a free port of this machine that plays a script to each connection.
///
/// The first connection gets the first script, and so on; further ones get the last.
struct ScriptedServer: Sendable {
  /// What the server does next on a connection.
  enum Step: Sendable {
    /// Waits for a whole request.
    case receive
    case send(String)
    /// Sends a text again and again until the client goes away.
    case flood(String)
    /// Sends a text one byte at a time, with a pause behind each.
    case drip(String, every: Duration)
    /// Waits until the client goes away.
    case hold
    /// Closes with a reset (RST) in place of an orderly end.
    case reset
  }

  private struct Record {
    var connectionCount = 0
    var requests: [String] = []
    var floodByteCount = 0
  }

  private final class Recorder: Sendable {
    let record = Mutex(Record())
  }

  let port: Int
  private let recorder: Recorder

  /// How many connections came.
  var connectionCount: Int { recorder.record.withLock { $0.connectionCount } }
  /// The requests as they came, head and body.
  var requests: [String] { recorder.record.withLock { $0.requests } }
  /// The bytes of floods that the client took.
  var floodByteCount: Int { recorder.record.withLock { $0.floodByteCount } }

  /// Serves while the body runs.
  static func run<Value: Sendable>(
    _ scripts: [[Step]],
    tls: NIOSSLContext? = nil,
    _ body: @Sendable (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // A connection that nobody takes any more when the test ends just goes away.
      .childChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          return channel
        }
      }
    let server = ScriptedServer(
      port: listener.channel.localAddress?.port ?? 0,
      recorder: Recorder()
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await listener.executeThenClose { connections in
          await withTaskGroup(of: Void.self) { group in
            var iterator = connections.makeAsyncIterator()
            while let connection = try? await iterator.next() {
              let place = server.recorder.record.withLock { record in
                record.connectionCount += 1
                return record.connectionCount - 1
              }
              let script = scripts[min(place, scripts.count - 1)]
              // A client that goes away in the middle is part of the play.
              group.addTask { try? await server.play(script, on: connection) }
            }
            group.cancelAll()
          }
        }
      }
      defer { group.cancelAll() }
      return try await body(server)
    }
  }

  private func play(
    _ script: [Step],
    on channel: any Channel
  ) async throws {
    let connection = try await channel.eventLoop.submit {
      try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
    }.get()
    try await connection.executeThenClose { inbound, outbound in
      try await channel.setOption(.autoRead, value: true).get()
      var parts = inbound.makeAsyncIterator()
      for step in script {
        switch step {
        case .receive:
          try await receive(&parts)
        case .send(let text):
          try await outbound.write(ByteBuffer(string: text))
        case .flood(let text):
          let part = ByteBuffer(string: text)
          while true {
            // Ends when the kernel has taken it, and not when it stands in a queue here.
            try await connection.channel.writeAndFlush(part)
            recorder.record.withLock { $0.floodByteCount += part.readableBytes }
          }
        case .drip(let text, let pause):
          for byte in text.utf8 {
            try await outbound.write(ByteBuffer(bytes: [byte]))
            try await Task.sleep(for: pause)
          }
        case .hold:
          while try await parts.next(isolation: #isolation) != nil {}
        case .reset:
          let options = connection.channel as? any SocketOptionProvider
          try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
      }
    }
  }

  /// Reads a request: its head, and as much as its Content-Length says.
  private func receive(
    _ parts: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) async throws {
    var text = ""
    while true {
      if let end = text.firstRange(of: "\r\n\r\n") {
        let line = text[..<end.lowerBound].split(separator: "\r\n")
          .first { $0.lowercased().hasPrefix("content-length:") }
        let length = line.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
        if text[end.upperBound...].utf8.count >= length { break }
      }
      guard let part = try await parts.next(isolation: #isolation) else { throw ChannelError.eof }
      text += String(buffer: part)
    }
    recorder.record.withLock { $0.requests.append(text) }
  }
}
