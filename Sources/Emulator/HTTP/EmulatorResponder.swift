import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// Answers every request from one state, one request after the other.
struct EmulatorResponder: HTTPResponder {
  let state: PlatformState

  /// More than 500 records of a bulk update need.
  private static let maximumBodyByteCount = 4 << 20

  func respond(to request: Request, context: EmulatorContext) async throws -> Response {
    var body = NIOCore.ByteBuffer()
    for try await var piece in request.body {
      guard body.readableBytes + piece.readableBytes <= Self.maximumBodyByteCount else {
        return Response(status: .contentTooLarge, headers: [.connection: "close"])
      }
      body.writeBuffer(&piece)
    }
    let reply = state.reply(to: plain(request, body, context))
    if reply.isDropped {
      // What is written behind this has nowhere to go.
      try? await context.channel.close()
      return Response(status: .internalServerError)
    }
    var headers = HTTPFields()
    for field in reply.fields {
      if let name = HTTPField.Name(field.name) { headers[name] = field.value }
    }
    if !reply.body.isEmpty { headers[.contentType] = "application/json" }
    return Response(
      status: HTTPResponse.Status(code: reply.status),
      headers: headers,
      body: ResponseBody(byteBuffer: NIOCore.ByteBuffer(string: reply.body))
    )
  }

  /// Where the client found us: a loopback name that it used is kept, so that links lead there, too.
  private func origin(_ request: Request, _ context: EmulatorContext) -> String {
    let port = context.channel.localAddress?.port ?? 0
    let names = ["\(EmulatorAddress.host):\(port)", "localhost:\(port)"]
    return "http://" + (names.first { $0 == request.head.authority?.lowercased() } ?? names[0])
  }

  private func plain(
    _ request: Request,
    _ body: NIOCore.ByteBuffer,
    _ context: EmulatorContext
  ) -> PlatformRequest {
    PlatformRequest(
      method: request.method.rawValue,
      path: request.uri.path,
      query: FormText.decode(request.uri.query ?? ""),
      origin: origin(request, context),
      authorization: request.headers[.authorization],
      contentType: request.headers[.contentType],
      body: Array(body.readableBytesView)
    )
  }
}

/// What the framework hands over with a request.
struct EmulatorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// The state that all connections share.
final class PlatformState: Sendable {
  private let platform: Mutex<Platform>

  init(_ platform: Platform) { self.platform = Mutex(platform) }

  /// The account as it is now.
  var account: Account { platform.withLock { $0.account } }

  /// Answers a request.
  func reply(to request: PlatformRequest) -> PlatformReply {
    platform.withLock { $0.reply(to: request, at: .now) }
  }
}
