import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a free port of this machine that plays a script to each connection.
///
/// The first connection gets the first script, and so on; further ones get the last. All of it runs
/// on event loops, so that it answers however busy the threads of Swift's tasks are.
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

  /// What the connections of a server share.
  final class Record: Sendable {
    fileprivate let channels = Mutex<[any Channel]>([])
    fileprivate let requests = Mutex<[String]>([])
    fileprivate let floodByteCount = Mutex(0)

    func add(request: String) { requests.withLock { $0.append(request) } }
    func add(floodByteCount count: Int) { floodByteCount.withLock { $0 += count } }

    /// Says how many connections came before this one.
    fileprivate func add(_ channel: any Channel) -> Int {
      channels.withLock { channels in
        channels.append(channel)
        return channels.count - 1
      }
    }
  }

  let port: Int
  private let record: Record

  /// How many connections came.
  var connectionCount: Int { record.channels.withLock(\.count) }
  /// The requests as they came, head and body.
  var requests: [String] { record.requests.withLock(\.self) }
  /// The bytes of floods that the client took.
  var floodByteCount: Int { record.floodByteCount.withLock(\.self) }

  /// Serves while the body runs.
  static func run<Value>(
    _ scripts: [[Step]],
    tls: NIOSSLContext? = nil,
    _ body: (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let record = Record()
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          let script = scripts[min(record.add(channel), scripts.count - 1)]
          try channel.pipeline.syncOperations.addHandler(ScriptPlayer(script, record))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let result: Result<Value, any Error>
    do {
      let server = ScriptedServer(port: listener.localAddress?.port ?? 0, record: record)
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    // What is closed already says so with an error.
    for channel in [listener] + record.channels.withLock(\.self) { try? await channel.close() }
    return try result.get()
  }
}
