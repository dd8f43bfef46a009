import Glibc
import NIOCore

/// Plays a script to one connection.
final class ScriptPlayer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var script: ArraySlice<ScriptedServer.Step>
  private let record: ScriptedServer.Record
  /// What came and is not yet part of a request.
  private var text = ""
  private var isWaitingForRequest = false

  init(_ script: [ScriptedServer.Step], _ record: ScriptedServer.Record) {
    self.script = script[...]
    self.record = record
  }

  func channelActive(context: ChannelHandlerContext) { playNext(context) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    text += String(buffer: unwrapInboundIn(data))
    if isWaitingForRequest { receive(context) }
  }

  /// A client that goes away in the middle is part of the play.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func playNext(_ context: ChannelHandlerContext) {
    switch script.popFirst() {
    case .receive: receive(context)
    case .send(let text): send(ByteBuffer(string: text), context) { $0.playNext(context) }
    case .flood(let text): flood(ByteBuffer(string: text), context)
    case .drip(let text, let pause): drip(Array(text.utf8)[...], every: pause, context)
    case .hold: break
    case .reset:
      guard let options = context.channel as? any SocketOptionProvider else { return }
      whenDone(context, options.setSoLinger(linger(l_onoff: 1, l_linger: 0))) {
        $0.playNext(context)
      }
    case nil: context.close(promise: nil)
    }
  }

  private func receive(_ context: ChannelHandlerContext) {
    let request = takeRequest()
    isWaitingForRequest = request == nil
    guard let request else { return }
    record.add(request: request)
    playNext(context)
  }

  /// Takes a request that came whole: its head, and as much as its Content-Length says.
  private func takeRequest() -> String? {
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    let line = text[..<end.lowerBound].split(separator: "\r\n")
      .first { $0.lowercased().hasPrefix("content-length:") }
    let length = line.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
    let body = text[end.upperBound...].utf8
    guard body.count >= length else { return nil }
    let request = text[..<body.index(body.startIndex, offsetBy: length)]
    defer { text.removeSubrange(..<request.endIndex) }
    return String(request)
  }

  private func flood(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
    send(part, context) { player in
      player.record.add(floodByteCount: part.readableBytes)
      player.flood(part, context)
    }
  }

  private func drip(
    _ bytes: ArraySlice<UInt8>,
    every pause: Duration,
    _ context: ChannelHandlerContext
  ) {
    guard let byte = bytes.first else { return playNext(context) }
    send(ByteBuffer(bytes: [byte]), context) { player in
      context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause)) {
        player.drip(bytes.dropFirst(), every: pause, context)
      }
    }
  }

  /// Goes on when the kernel has taken the bytes, and not when they stand in a queue here.
  private func send(
    _ bytes: ByteBuffer,
    _ context: ChannelHandlerContext,
    _ goOn: @escaping (ScriptPlayer) -> Void
  ) {
    whenDone(context, context.writeAndFlush(wrapOutboundOut(bytes)), goOn)
  }

  /// Goes on when a step is done, unless it failed: then the client is gone.
  ///
  /// Other connections of the event loop have their turn in between.
  private func whenDone(
    _ context: ChannelHandlerContext,
    _ step: EventLoopFuture<Void>,
    _ goOn: @escaping (ScriptPlayer) -> Void
  ) {
    step.assumeIsolated().whenComplete { result in
      guard case .success = result else { return context.close(promise: nil) }
      context.eventLoop.assumeIsolated().execute { goOn(self) }
    }
  }
}
