import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Keeps slow and broken clients from holding a connection, and ends connections in order.
///
/// It stands behind the decoder, and sees the parts of requests and answers; that bytes came which
/// are not a part yet, it learns from `channelReadComplete`. Times:
///
///     connected ──headTimeout──► head          nothing came: closed; something came: 408
///     answered ──idleTimeout──► first byte ──headTimeout──► head
///     head ──bodyTimeout──► 16 KiB of body ──bodyTimeout──► ... ──► end
///
/// What the decoder refuses is answered with 400 or 431 and the connection closed. An answer that
/// begins before its request has ended closes the connection too: nobody has to read the rest.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// What is waited for on a connection.
  private enum Waiting {
    /// The first byte of a request.
    case request
    /// The rest of a head.
    case head
    /// Body.
    case body
    /// Nothing: the server is at work, or the connection is closing.
    case nothing
  }

  private let limits: ServerLimits
  private var waiting = Waiting.nothing
  private var timer: Scheduled<Void>?
  private var deadline = NIODeadline.uptimeNanoseconds(0)
  /// Bytes of body since the time for them began.
  private var bodyByteCount = 0
  /// Whether bytes of a head came that is not whole.
  private var hasPartialHead = false
  /// Whether the channel was asked to read and did not answer yet.
  private var isReading = false
  /// Requests whose answers have not ended.
  private var openRequestCount = 0
  /// Whether the connection ends with the answer that is being written.
  private var closesBehindAnswer = false
  /// Whether the connection is ending; nothing is passed on any more.
  private var isClosing = false
  /// What is answered behind the answers under way.
  private var lastFailure: APIFailure?

  init(_ limits: ServerLimits) { self.limits = limits }

  // MARK: - Times

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { wait(for: .head, limits.headTimeout, context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { stopTimer() }

  func channelActive(context: ChannelHandlerContext) {
    wait(for: .head, limits.headTimeout, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stopTimer()
    context.fireChannelInactive()
  }

  private func wait(
    for what: Waiting,
    _ time: Duration,
    _ context: ChannelHandlerContext
  ) {
    waiting = what
    deadline = .now() + TimeAmount(time)
    // A timer that runs is left alone: it looks at the deadline when it ends.
    if timer == nil { startTimer(context) }
  }

  private func startTimer(_ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: deadline) {
      let (handler, context) = bound.value
      handler.timer = nil
      handler.timeIsUp(context)
    }
  }

  private func stopTimer() {
    waiting = .nothing
    timer?.cancel()
    timer = nil
  }

  private func timeIsUp(_ context: ChannelHandlerContext) {
    if isClosing {
      context.close(promise: nil)
      return
    }
    if waiting == .nothing { return }
    if waiting == .body && !isReading {
      // The server has not asked for more: the client need not hurry.
      deadline = .now() + TimeAmount(limits.bodyTimeout)
    }
    if NIODeadline.now() < deadline {
      startTimer(context)
      return
    }
    switch waiting {
    case .nothing: break
    case .request: context.close(promise: nil)
    case .head:
      if hasPartialHead { end(with: .timeout, context) } else { context.close(promise: nil) }
    case .body:
      waiting = .nothing
      closesBehindAnswer = true
      context.fireErrorCaught(RequestTimeout())
    }
  }

  // MARK: - Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing, lastFailure == nil else { return }
    switch unwrapInboundIn(data) {
    case .head:
      hasPartialHead = false
      openRequestCount += 1
      bodyByteCount = 0
      wait(for: .body, limits.bodyTimeout, context)
    case .body(let bytes):
      bodyByteCount += bytes.readableBytes
      if bodyByteCount >= limits.maximumBodyByteCount {
        bodyByteCount = 0
        wait(for: .body, limits.bodyTimeout, context)
      }
    case .end:
      waiting = .nothing
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    if waiting == .request { wait(for: .head, limits.headTimeout, context) }
    if waiting == .head { hasPartialHead = true }
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    isReading = true
    context.read()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else {
      context.fireErrorCaught(error)
      return
    }
    // The last answer was given.
    guard !isClosing else { return }
    guard waiting != .body else {
      // Whoever reads the body learns of it, and answers.
      waiting = .nothing
      closesBehindAnswer = true
      context.fireErrorCaught(error)
      return
    }
    let failure =
      error == .headerOverflow
      ? APIFailure.headTooLarge : .invalid("The request is not well-formed HTTP")
    if openRequestCount > 0 {
      lastFailure = failure
      waiting = .nothing
    } else {
      end(with: failure, context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // A client that sends no more may still read answers; half a head will never be whole.
    if case .inputClosed? = event as? ChannelEvent, openRequestCount == 0 || isClosing {
      context.close(promise: nil)
      return
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: - Answers

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isClosing else {
      promise?.succeed()
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head) where head.status.kind != .informational:
      if waiting == .body || closesBehindAnswer {
        closesBehindAnswer = true
        head.headerFields[.connection] = "close"
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end:
      context.write(data, promise: promise)
      answerEnded(context)
    default:
      context.write(data, promise: promise)
    }
  }

  private func answerEnded(_ context: ChannelHandlerContext) {
    openRequestCount -= 1
    if closesBehindAnswer {
      close(context)
    } else if openRequestCount == 0, let lastFailure {
      end(with: lastFailure, context)
    } else if openRequestCount == 0, waiting == .nothing {
      wait(for: .request, limits.idleTimeout, context)
    }
  }

  /// Answers what never became a request, and ends the connection.
  private func end(with failure: APIFailure, _ context: ChannelHandlerContext) {
    let body = ByteBuffer(string: failure.body)
    var fields = failure.headers
    fields[.contentType] = "application/json"
    fields[.contentLength] = "\(body.readableBytes)"
    fields[.connection] = "close"
    let head = HTTPResponse(status: failure.status, headerFields: fields)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    close(context)
  }

  /// Closes behind what was written.
  ///
  /// A connection that is closed with unread bytes is reset, and the answer may be lost with it
  /// (RFC 9112, section 9.6): only writing ends at once, reading a little later.
  private func close(_ context: ChannelHandlerContext) {
    isClosing = true
    waiting = .nothing
    context.flush()
    context.close(mode: .output, promise: nil)
    timer?.cancel()
    deadline = .now() + TimeAmount(limits.lingerTimeout)
    startTimer(context)
    context.read()
  }
}

/// A client did not send what it began to in time.
struct RequestTimeout: Error {}

// A handler lives on the event loop of its channel.
@available(*, unavailable)
extension ConnectionGuard: Sendable {}
