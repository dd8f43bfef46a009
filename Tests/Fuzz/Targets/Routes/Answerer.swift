import Harness
import HTTPTypes
import ImportModel
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Pipeline

/// Answers requests as the server does, but for what the store and the runs would say.
final class Answerer: ChannelInboundHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundOut = HTTPResponsePart

  /// The requests whose heads came.
  private(set) var heads: [HTTPRequest] = []

  private let limits: ServerLimits
  private let answersEarly: Bool
  private var body: [UInt8] = []
  private var isAnswered = true

  init(_ limits: ServerLimits, answersEarly: Bool) {
    self.limits = limits
    self.answersEarly = answersEarly
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      require(isAnswered, "a request before the answer to the one before it")
      heads.append(head)
      body = []
      isAnswered = false
      if answersEarly { answer(context) }
    case .body(let bytes):
      require(!heads.isEmpty, "body without a head")
      body += Array(bytes.readableBytesView)
      if !isAnswered && body.count > limits.maximumBodyByteCount {
        write(.tooLarge(limit: limits.maximumBodyByteCount), context)
      }
    case .end:
      if !isAnswered { answer(context) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !heads.isEmpty, !isAnswered else { return }
    switch error {
    case is RequestTimeout: write(.timeout, context)
    case is HTTPParserError: write(.invalid("The request is not well-formed HTTP"), context)
    default: require(false, "\(error)")
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let head = heads.last else { return }
    do throws(APIFailure) {
      let answer = try Routing.answer(head, body, limits)
      write(answer.status, answer.headers, answer.body, context)
    } catch {
      write(error, context)
    }
  }

  private func write(_ failure: APIFailure, _ context: ChannelHandlerContext) {
    write(failure.status, failure.headers, failure.body, context)
  }

  private func write(
    _ status: HTTPResponse.Status,
    _ headers: HTTPFields,
    _ text: String,
    _ context: ChannelHandlerContext
  ) {
    isAnswered = true
    var fields = headers
    if status != .noContent {
      fields[.contentType] = "application/json"
      fields[.contentLength] = "\(text.utf8.count)"
    }
    let head = HTTPResponse(status: status, headerFields: fields)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if heads.last?.method != .head && !text.isEmpty {
      context.write(wrapOutboundOut(.body(ByteBuffer(string: text))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
