import Bytes
import ImportModel

/// Brings a source's text to a parser, in pieces of whole characters.
struct XMLFeed: ~Copyable {
  private let source: any TextSource
  private var offset: UInt64
  private var chunk: ByteBuffer
  private var check = XMLCharacterCheck()
  /// Bytes at the front of `chunk` that were looked at and that nobody has taken yet.
  private var checkedByteCount = 0
  /// Bytes of the source that were taken so far.
  private(set) var byteCount = 0

  /// Bytes asked of the source at a time.
  static let chunkByteCount = 1 << 16

  /// Begins at the start of the source's text.
  init(source: any TextSource) {
    self.source = source
    offset = source.textStart
    chunk = ByteBuffer(minimumCapacity: Self.chunkByteCount + 4)
  }

  /// Parses the next piece.
  ///
  /// - Parameters:
  ///   - parser: what takes the text.
  ///   - handler: what takes the parser's events.
  ///   - byteCount: the most bytes to take.
  ///   - isHead: whether it does not matter that the source ends inside the document.
  /// - Returns: `false` at the end of the source, with the document complete.
  /// - Throws: when the source cannot be read or the document is refused.
  mutating func advance(
    _ parser: XMLEventParser,
    for handler: any XMLEventHandler,
    atMost byteCount: Int = chunkByteCount,
    isHead: Bool = false
  ) throws(ImportError) -> Bool {
    let got = try source.read(
      at: offset,
      into: &chunk,
      atMost: min(byteCount, Self.chunkByteCount)
    )
    offset += UInt64(got)
    self.byteCount += got
    if got == 0 {
      parser.parse(chunk.span(0..<checkedByteCount), for: handler)
      if isHead { return false }
      parser.finish(for: handler)
      if parser.failure == nil && chunk.count > checkedByteCount {
        parser.refuse(Finding(.invalidUTF8, .refusal, number: Int(chunk[checkedByteCount])))
      }
      try throwFailure(of: parser)
      return false
    }
    var check = check
    let result = check.check(chunk.span(checkedByteCount..<chunk.count))
    self.check = check
    let end = checkedByteCount + result.validByteCount
    let taken = handler.take(chunk.span(0..<end), parsingWith: parser)
    try throwFailure(of: parser)
    if let finding = result.finding {
      throw ImportError(
        refusing: source.name,
        because: finding,
        line: check.line,
        column: check.column
      )
    }
    chunk.removePrefix(taken)
    checkedByteCount = end - taken
    return true
  }

  private func throwFailure(of parser: XMLEventParser) throws(ImportError) {
    guard let failure = parser.failure else { return }
    throw ImportError(
      refusing: source.name,
      because: failure.finding,
      line: failure.line,
      column: failure.column
    )
  }
}
