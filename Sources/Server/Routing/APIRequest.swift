import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A request on its way to its route.
struct APIRequest: Sendable {
  /// The request itself; its body is read once.
  let request: Request
  /// What stands for the parts in braces of the route's path, as it is written in the request.
  let parameters: [String: String]
  /// Who asks; on routes for anyone nobody in particular.
  let administrator: Administrator
  /// The id of the request in the log.
  let id: String
  /// The connection it came on.
  let channel: any Channel
  /// Writes lines that carry the id.
  let logger: Logger

  /// Reads the whole body.
  ///
  /// - Throws: an `APIFailure` when it is longer than the limit, which its `Content-Length` may say
  ///   before anything is read, or comes too slowly or not as HTTP wants it.
  func body(upTo limit: Int) async throws -> NIOCore.ByteBuffer {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw APIFailure.tooLarge(limit: limit)
    }
    var body = NIOCore.ByteBuffer()
    for try await var piece in request.body {
      guard body.readableBytes + piece.readableBytes <= limit else {
        throw APIFailure.tooLarge(limit: limit)
      }
      if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
    }
    return body
  }
}

/// Who asks for a change.
struct Administrator: Hashable, Sendable {
  /// The subject of the token.
  var subject: String
}

/// What the framework hands over with a request.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection of the request.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
