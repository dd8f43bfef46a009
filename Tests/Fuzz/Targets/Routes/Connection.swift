import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection of the server in memory: the decoder, the guard and what answers, as the listener
/// puts them together.
struct Connection {
  /// What came back on it.
  private(set) var sent: [UInt8] = []
  private let channel: EmbeddedChannel
  private let answerer: Answerer

  /// Opens a connection.
  init(_ limits: ServerLimits, answersEarly: Bool) throws {
    channel = EmbeddedChannel()
    answerer = Answerer(limits, answersEarly: answersEarly)
    var decoderLimits = NIOHTTPDecoderLimitConfiguration()
    decoderLimits.maxHeaderFieldSize = limits.maximumHeadByteCount
    decoderLimits.maxHeaderListSize = limits.maximumHeadByteCount
    decoderLimits.maxHeaderFieldCount = limits.maximumFieldCount
    let pipeline = channel.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(
      withPipeliningAssistance: true,
      withErrorHandling: false,
      withOutboundHeaderValidation: false,
      withEncoderConfiguration: .init(),
      withDecoderLimitConfiguration: decoderLimits
    )
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    try pipeline.addHandler(ConnectionGuard(limits))
    try pipeline.addHandler(answerer)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
  }

  /// What the guard let through: heads, and of these the ones whose requests ended.
  var heads: [HTTPRequest] { answerer.heads }

  /// Whether the server takes anything more.
  var isOpen: Bool { channel.isActive }

  /// Sends the next bytes.
  mutating func send(_ bytes: ArraySlice<UInt8>) throws {
    guard channel.isActive else { return }
    // Errors reach the end of the pipeline only when nobody took them.
    try channel.writeInbound(ByteBuffer(bytes: bytes))
    try receive()
  }

  /// Lets every time that is waited for pass.
  mutating func letTimePass() throws {
    channel.embeddedEventLoop.advanceTime(to: .now() + .hours(1))
    try receive()
  }

  /// Ends sending, and later the connection.
  mutating func finish() throws {
    if channel.isActive {
      channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
      try receive()
    }
    _ = try channel.finish(acceptAlreadyClosed: true)
    try receive()
  }

  private mutating func receive() throws {
    channel.embeddedEventLoop.run()
    while let bytes = try channel.readOutbound(as: ByteBuffer.self) {
      sent += Array(bytes.readableBytesView)
    }
  }
}
