import Bytes
import ImportModel
import Rows

/// Reads single records again, each as a small document of its own.
final class XMLRereader {
  private let source: any TextSource
  private let parser: XMLEventParser
  private let builder: XMLRecordBuilder
  /// A stretch of the source, for the records that lie close together.
  private var window = ByteBuffer(minimumCapacity: windowByteCount)
  private var windowStart: UInt64 = 0

  private static let windowByteCount = 1 << 14
  /// Bytes parsed at a time: about a record, as what follows it is in vain.
  private static let pieceByteCount = 1 << 11

  /// Makes a reader of single records.
  init(source: any TextSource, parser: XMLEventParser, builder: XMLRecordBuilder) {
    self.source = source
    self.parser = parser
    self.builder = builder
  }

  /// Replaces the batch's content by the record at a position.
  ///
  /// - Throws: `fileChanged` when no whole record begins there any more.
  func fetch(_ position: Position, into batch: inout RowBatch) throws(ImportError) {
    parser.restart(origin: position.offset)
    builder.assembly.expect(position)
    var offset = position.offset
    while builder.assembly.batch.count == 0 {
      let available = try availableByteCount(at: offset)
      let start = Int(offset - windowStart)
      var check = XMLCharacterCheck()
      let end = start + min(available, Self.pieceByteCount)
      guard start < end, offset > position.offset || window[start] == 0x3C else {
        throw changed(position)
      }
      let validByteCount = check.check(window.span(start..<end)).validByteCount
      if validByteCount == 0 {
        // Nothing but the beginning of a character: the window needs its rest.
        guard try slide(to: offset) else { throw changed(position) }
        continue
      }
      parser.parse(window.span(start..<start + validByteCount), for: builder)
      if parser.failure != nil { throw changed(position) }
      offset += UInt64(validByteCount)
    }
    swap(&batch, &builder.assembly.batch)
  }

  /// The bytes of the window from `offset` on, after reading some if there are none.
  private func availableByteCount(at offset: UInt64) throws(ImportError) -> Int {
    let end = windowStart + UInt64(window.count)
    if offset >= windowStart && offset < end { return Int(end - offset) }
    window.removeAll()
    windowStart = offset
    return try source.read(at: offset, into: &window, atMost: Self.windowByteCount)
  }

  /// Moves the window to `offset` and reads more; `false` when there is no more.
  private func slide(to offset: UInt64) throws(ImportError) -> Bool {
    window.removePrefix(min(window.count, Int(offset - windowStart)))
    windowStart = offset
    let end = windowStart + UInt64(window.count)
    return try source.read(at: end, into: &window, atMost: Self.windowByteCount) > 0
  }

  private func changed(_ position: Position) -> ImportError {
    ImportError(
      refusing: source.name,
      because: Finding(.fileChanged, .refusal),
      line: position.line
    )
  }
}
