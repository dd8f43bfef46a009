import Bytes
import ImportModel
import Rows

/// Reads single records again, each as a small document of its own; those one after the other many
/// at a time, in an element made up for them.
final class XMLRereader {
  private let source: any TextSource
  private let parser: XMLEventParser
  private let builder: XMLRecordBuilder
  /// A stretch of the source, for the records that lie close together.
  private var window = ByteBuffer(minimumCapacity: windowByteCount)
  private var windowStart: UInt64 = 0
  /// Records that were read ahead, of which the next one may be wanted.
  private var ahead = RowBatch()
  private var next = 0
  /// Where the record ends that was given last.
  private var lastEnd: UInt64 = .max
  /// Bytes that were parsed ahead the last time.
  private var aheadByteCount = 0

  private static let windowByteCount = 1 << 14
  /// Bytes parsed at a time: about a record, as what follows it is in vain.
  private static let pieceByteCount = 1 << 11
  /// Bytes between records of which the second one counts as the next.
  private static let gapByteCount: UInt64 = 1 << 8
  /// Bytes that are parsed ahead: few at first, as the next record but one is mostly not wanted.
  private static let aheadByteCounts = 1 << 11...1 << 16

  /// Makes a reader of single records.
  init(source: any TextSource, parser: XMLEventParser, builder: XMLRecordBuilder) {
    self.source = source
    self.parser = parser
    self.builder = builder
  }

  /// Replaces the batch's content by the record at a position.
  ///
  /// - Parameters:
  ///   - position: where the record is.
  ///   - batch: where it goes.
  ///   - known: what knows the records of the document, as most of them need no parser.
  /// - Throws: `fileChanged` when no whole record begins there any more.
  func fetch(
    _ position: Position,
    into batch: inout RowBatch,
    knowing known: inout XMLKnownRecords
  ) throws(ImportError) {
    if takeAhead(position, into: &batch) { return }
    if position.offset >= lastEnd, position.offset - lastEnd <= Self.gapByteCount {
      let range = Self.aheadByteCounts
      aheadByteCount = min(max(2 * aheadByteCount, range.lowerBound), range.upperBound)
      try readAhead(from: position, knowing: &known)
      if takeAhead(position, into: &batch) { return }
    } else if position.offset < lastEnd || position.offset - lastEnd > UInt64(aheadByteCount) {
      aheadByteCount = 0
    }
    try fetchOne(position, into: &batch, knowing: &known)
    lastEnd = position.offset + batch.rows[0].byteCount
  }

  private func fetchOne(
    _ position: Position,
    into batch: inout RowBatch,
    knowing known: inout XMLKnownRecords
  ) throws(ImportError) {
    if try rereadKnown(position, by: &known, atMostBytes: Self.pieceByteCount, atMost: 1) {
      swap(&batch, &builder.assembly.batch)
      return
    }
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

  /// Reads the record at a position and what whole records of its name follow in the next bytes.
  ///
  /// Whatever ends that, such as the end tag of the element around them, is not looked into.
  private func readAhead(
    from position: Position,
    knowing known: inout XMLKnownRecords
  ) throws(ImportError) {
    next = 0
    if try rereadKnown(position, by: &known, atMostBytes: aheadByteCount, atMost: .max) {
      swap(&ahead, &builder.assembly.batch)
      return
    }
    let opening = Array("<r>".utf8)
    parser.restart(origin: position.offset &- UInt64(opening.count))
    builder.assembly.expectAll(from: position)
    parser.parse(opening.span, for: builder)
    _ = try availableByteCount(at: position.offset)
    while window.count - Int(position.offset - windowStart) < aheadByteCount {
      guard try slide(to: position.offset) else { break }
    }
    let start = Int(position.offset - windowStart)
    var check = XMLCharacterCheck()
    let end = min(window.count, start + aheadByteCount)
    let validByteCount = check.check(window.span(start..<end)).validByteCount
    parser.parse(window.span(start..<start + validByteCount), for: builder)
    swap(&ahead, &builder.assembly.batch)
  }

  /// Reads the record at a position, and others after it, if no parser is needed for that.
  private func rereadKnown(
    _ position: Position,
    by known: inout XMLKnownRecords,
    atMostBytes byteCount: Int,
    atMost recordCount: Int
  ) throws(ImportError) -> Bool {
    let available = try availableByteCount(at: position.offset)
    let start = Int(position.offset - windowStart)
    let end = start + min(available, byteCount)
    var check = XMLCharacterCheck()
    let validByteCount = check.check(window.span(start..<end)).validByteCount
    return builder.rereadKnown(
      start..<start + validByteCount,
      of: window,
      from: position,
      by: &known,
      atMost: recordCount
    )
  }

  /// Gives the record at a position if it was read ahead.
  private func takeAhead(_ position: Position, into batch: inout RowBatch) -> Bool {
    while next < ahead.count, ahead.rows[next].position.offset < position.offset { next += 1 }
    guard next < ahead.count, ahead.rows[next].position.offset == position.offset else {
      return false
    }
    batch.removeAll()
    var head = ahead.rows[next]
    for index in Int(head.firstField)..<Int(head.firstField) + Int(head.fieldCount) {
      var range = ahead.fields[index]
      if !range.isAbsent {
        let bytes = range.range
        range.start = UInt32(truncatingIfNeeded: batch.bytes.count)
        batch.bytes.append(bytes, of: ahead.bytes)
      }
      batch.fields.append(range)
    }
    head.position = position
    head.firstField = 0
    batch.rows.append(head)
    next += 1
    lastEnd = position.offset + head.byteCount
    return true
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
