import Bytes
import ImportModel
import Rows

/// Splits bytes into records and fields.
///
/// What a record is depends on nothing but the bytes from its first one on, so that reading it again
/// gives the same. It is the longest run that RFC 4180 allows, except that trouble with quotes costs
/// one physical line only: when a quoted field that spans lines turns out not to be closed as it
/// should, the record is cut to its first line, and the next one begins below it.
///
/// This takes linear time. While a record goes on over line ends, each quote in it opens or closes a
/// field (a record with stray quotes never goes on over a line end). A record begun at one of these
/// lines after all meets an even number of quotes up to each line end, and so ends on its line.
struct RecordScanner: ~Copyable {
  /// What became of the walk through a record.
  private enum WalkEnd {
    case ended(at: Int, LineEnd)
    /// A quoted field is not closed as it should be.
    case broken
    /// The bytes end inside the record.
    case open(scanned: Int)
  }

  /// Why a scan stopped.
  enum Stop {
    /// Enough rows, or no bytes left to scan.
    case finished
    /// The next record goes on behind the bytes.
    case unfinished
    /// It does, and it is too long to be kept whole.
    case long(LongRecord)
  }

  /// Fields that are kept of a record.
  static let maximumColumnCount = 4096
  /// Bytes beyond the longest record after which every field inside it is known to be complete:
  /// a closing quote, and a line end of two bytes.
  static let lookahead = 4

  let dialect: CSVDialect
  private let usesVectors: Bool
  let classifier: RowClassifier
  let maximumFieldByteCount: Int
  let maximumRowByteCount: Int
  /// The batch's fields in which quotes are doubled.
  private var doubledFields = PackedArray<UInt32>()
  /// The first NUL at or after the record, or behind the last byte.
  var nextNUL = 0
  /// Takes the records of the usual kind; `nil` where `walk` is to take all of them, because no width
  /// is expected or too great a one, or to compare.
  var splitter: RecordSplitter?

  /// Makes a scanner.
  init(
    dialect: CSVDialect,
    usesVectors: Bool,
    classifier: RowClassifier,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) {
    self.dialect = dialect
    self.usesVectors = usesVectors
    self.classifier = classifier
    // Places in a batch have 32 bits; a batch holds up to twice a row.
    self.maximumFieldByteCount = min(maximumFieldByteCount, 1 << 30)
    self.maximumRowByteCount = min(maximumRowByteCount, 1 << 30)
    if usesVectors, let width = classifier.expectedWidth, width <= RecordSplitter.maximumWidth {
      splitter = RecordSplitter(
        delimiter: dialect.delimiter,
        quote: dialect.quote,
        width: width,
        byteLimit: min(maximumFieldByteCount, maximumRowByteCount),
        beginning: { byte in
          guard classifier.canBeginPlain(byte) else { return .other }
          return classifier.canBeginFooter(byte) ? .odd : .usual
        }
      )
    }
  }

  /// Splits the batch's bytes into rows, up to `rowLimit`.
  ///
  /// `progress` says where the first byte stands, and afterwards where the first byte stands that
  /// belongs to no finished record; `isLast`, whether the input ends with the bytes; `sound`, which
  /// rows need neither head nor fields.
  mutating func scan(
    _ batch: inout RowBatch,
    progress: inout ReadingProgress,
    isLast: Bool,
    rowLimit: Int,
    sound: RecordKeyRule?
  ) -> Stop {
    let stop = scan(
      batch.bytes,
      fields: &batch.fields,
      rows: &batch.rows,
      sound: &batch.sound,
      progress: &progress,
      isLast: isLast,
      rowLimit: rowLimit,
      rule: sound
    )
    // A long record may still be cut, and its bytes scanned again.
    if case .long = stop { return stop }
    undoubleQuotes(in: &batch)
    return stop
  }

  private mutating func scan(
    _ buffer: borrowing ByteBuffer,
    fields: inout PackedArray<ByteRange>,
    rows: inout PackedArray<RowHead>,
    sound: inout SoundRows,
    progress: inout ReadingProgress,
    isLast: Bool,
    rowLimit: Int,
    rule: RecordKeyRule?
  ) -> Stop {
    let bytes = buffer.span
    var cursor = StructureCursor(dialect: dialect, usesVectors: usesVectors)
    cursor.seek(to: 0, in: bytes)
    nextNUL = bytes.firstIndex(of: 0, from: 0) ?? bytes.count
    splitter?.begin()
    var start = 0
    while start < bytes.count && rows.count < rowLimit {
      let passedByteCount = takePlain(
        at: start,
        bytes,
        rowLimit: rowLimit - rows.count,
        fields: &fields,
        rows: &rows,
        sound: &sound,
        progress: &progress,
        rule: rule
      )
      if passedByteCount > 0 {
        start += passedByteCount
        cursor.seek(to: start, in: bytes)
        continue
      }
      seekNUL(from: start, in: bytes)
      var record = OpenRecord(start: start, firstField: fields.count)
      var firstLine: FirstLine?
      var stop = walk(
        bytes,
        cursor: &cursor,
        record: &record,
        firstLine: &firstLine,
        fields: &fields,
        isLast: isLast
      )
      if case .open(let scanned) = stop {
        guard isHopeless(record, firstLine, at: scanned, byteCount: bytes.count) else {
          let isLong = bytes.count - start >= maximumRowByteCount + Self.lookahead
          if isLong && rows.isEmpty && sound.count == 0
            && !(record.mode == .quoted && record.fieldSpansLines)
          {
            return .long(LongRecord(record: record, firstLine: firstLine, scanned: scanned))
          }
          removeFields(from: record.firstField, of: &fields)
          return .unfinished
        }
        stop = .broken
      }
      var isComment = false
      if case .ended(let index, _) = stop, record.breakCount > 0 {
        // A comment is one line: a quote in it must not take rows along.
        isComment = self.isComment(record, byteCount: index - start, bytes: bytes, fields: fields)
        if isComment { stop = .broken }
      }
      var end: RecordEnd
      switch stop {
      case .ended(let index, let lineEnd):
        end = RecordEnd(byteCount: index - start, lineEnd: lineEnd)
        end.hasHighBytes =
          cursor.takeOdd(before: index) && !UTF8Text.isASCII(bytes.extracting(start..<index))
      case .broken, .open:
        end = cut(&record, to: firstLine, bytes: bytes, fields: &fields)
        record.isComment = isComment
        cursor.seek(to: start + end.passedByteCount, in: bytes)
      }
      end.hasNUL = nextNUL < start + end.byteCount
      start += end.passedByteCount
      finish(record, end, bytes: bytes, fields: &fields, rows: &rows, progress: &progress)
    }
    return .finished
  }

  /// Looks for the first NUL at or after a place if the one that is known stands before it.
  @inline(__always)
  mutating func seekNUL(from start: Int, in bytes: Span<UInt8>) {
    if nextNUL < start { nextNUL = bytes.firstIndex(of: 0, from: start) ?? bytes.count }
  }

  /// The hot loop: visits the structural bytes of one record.
  @inline(__always)
  private mutating func walk(
    _ bytes: Span<UInt8>,
    cursor: inout StructureCursor,
    record: inout OpenRecord,
    firstLine: inout FirstLine?,
    fields: inout PackedArray<ByteRange>,
    isLast: Bool
  ) -> WalkEnd {
    let delimiter = dialect.delimiter
    let quote = dialect.quote
    let count = bytes.count
    while true {
      let index = cursor.next(in: bytes)
      guard index < count else {
        guard isLast else { return .open(scanned: count) }
        if record.mode == .quoted { return .broken }
        if record.mode != .closed { add(record.fieldStart, index, &record, &fields, bytes) }
        return .ended(at: count, .none)
      }
      let byte = bytes[index]
      if record.mode == .quoted {
        if byte == quote {
          let next = index + 1
          guard next < count || isLast else { return .open(scanned: index) }
          let follower = next < count ? bytes[next] : 0x0A
          if follower == quote {
            record.fieldHasDoubledQuotes = true
            _ = cursor.next(in: bytes)
            continue
          }
          let endsField = follower == delimiter || follower == 0x0A || follower == 0x0D
          if record.breakCount > record.breakCountAtQuote {
            guard endsField && !isTooLong(record, at: index) else { return .broken }
          }
          guard endsField else {
            record.note(.textAfterQuote, number: columnNumber(record, fields))
            record.mode = .literal
            record.fieldHasDoubledQuotes = false
            continue
          }
          add(record.fieldStart + 1, index, &record, &fields, bytes)
          if follower == delimiter {
            _ = cursor.next(in: bytes)
            record.fieldStart = next + 1
            record.mode = .plain
          } else {
            record.mode = .closed
          }
        } else if byte != delimiter {
          if record.hasStrayQuote && byte == 0x0D && index + 1 == count && !isLast {
            return .open(scanned: index)
          }
          if firstLine == nil {
            firstLine = FirstLine(record: record, fieldCount: fields.count, end: index)
          }
          // Such a record goes over no line end; see above for why.
          if record.hasStrayQuote { return .broken }
          if byte == 0x0D || index == record.start || bytes[index - 1] != 0x0D {
            record.breakCount += 1
          }
        }
      } else if byte == delimiter {
        add(record.fieldStart, index, &record, &fields, bytes)
        record.fieldStart = index + 1
      } else if byte == quote {
        guard record.mode == .plain else { continue }
        if index == record.fieldStart {
          record.mode = .quoted
          record.breakCountAtQuote = record.breakCount
        } else {
          record.note(.strayQuote, number: columnNumber(record, fields))
          record.hasStrayQuote = true
        }
      } else {
        var lineEnd = LineEnd.lineFeed
        if byte == 0x0D {
          guard index + 1 < count || isLast else { return .open(scanned: index) }
          lineEnd = .carriageReturn
          if index + 1 < count && bytes[index + 1] == 0x0A {
            _ = cursor.next(in: bytes)
            lineEnd = .both
          }
        }
        if record.mode != .closed { add(record.fieldStart, index, &record, &fields, bytes) }
        return .ended(at: index, lineEnd)
      }
    }
  }

  /// Adds a field, of which `start..<end` is the value but for doubled quotes.
  @inline(__always)
  private mutating func add(
    _ start: Int,
    _ end: Int,
    _ record: inout OpenRecord,
    _ fields: inout PackedArray<ByteRange>,
    _ bytes: Span<UInt8>
  ) {
    let byteCount = end - start
    if byteCount > maximumFieldByteCount {
      record.note(.fieldTooLong, number: byteCount, limit: maximumFieldByteCount)
    }
    guard fields.count - record.firstField < Self.maximumColumnCount else {
      record.surplusCount += 1
      if byteCount > 0 { record.surplusIsFilled = true }
      record.surplusIsVisible = record.surplusIsVisible || !bytes.areBlank(start..<end)
      return
    }
    if record.fieldHasDoubledQuotes {
      doubledFields.append(UInt32(truncatingIfNeeded: fields.count))
      record.fieldHasDoubledQuotes = false
    }
    fields.append(
      ByteRange(
        start: UInt32(truncatingIfNeeded: start),
        count: UInt32(truncatingIfNeeded: byteCount)
      )
    )
  }

  /// The number of the field that is being scanned, from 1.
  private func columnNumber(
    _ record: OpenRecord,
    _ fields: borrowing PackedArray<ByteRange>
  ) -> Int {
    fields.count - record.firstField + record.surplusCount + 1
  }

  /// Whether a field over lines is too long, or makes its record too long, up to `index`.
  private func isTooLong(_ record: OpenRecord, at index: Int) -> Bool {
    index - record.start > maximumRowByteCount
      || index - record.fieldStart - 1 > maximumFieldByteCount
  }

  /// Whether no byte behind the ones at hand can close a quoted field as it should be.
  private func isHopeless(
    _ record: OpenRecord,
    _ firstLine: FirstLine?,
    at scanned: Int,
    byteCount: Int
  ) -> Bool {
    guard record.mode == .quoted, record.fieldSpansLines, let firstLine else { return false }
    // The line break may have a second byte, which must be at hand.
    return firstLine.end + 1 < byteCount && isTooLong(record, at: scanned)
  }

  /// Cuts a record with an unclosed quote to its first physical line.
  mutating func cut(
    _ record: inout OpenRecord,
    to firstLine: FirstLine?,
    bytes: Span<UInt8>,
    fields: inout PackedArray<ByteRange>
  ) -> RecordEnd {
    let breakCountAtQuote = record.breakCountAtQuote
    var end = RecordEnd(byteCount: bytes.count - record.start, lineEnd: .none)
    if let firstLine {
      record = firstLine.record
      removeFields(from: firstLine.fieldCount, of: &fields)
      let next = firstLine.end + 1
      let isFeed = bytes[firstLine.end] == 0x0A
      let isBoth = !isFeed && next < bytes.count && bytes[next] == 0x0A
      end.byteCount = firstLine.end - record.start
      end.lineEnd = isFeed ? .lineFeed : isBoth ? .both : .carriageReturn
    }
    let lineEnd = record.start + end.byteCount
    record.fieldHasDoubledQuotes = false
    add(record.fieldStart, lineEnd, &record, &fields, bytes)
    record.trouble = .unterminatedQuote
    record.breakCountAtQuote = breakCountAtQuote
    end.hasHighBytes = !UTF8Text.isASCII(bytes.extracting(record.start..<lineEnd))
    return end
  }

  /// Drops the last fields.
  mutating func removeFields(from index: Int, of fields: inout PackedArray<ByteRange>) {
    fields.removeSuffix(from: index)
    while let last = doubledFields.last, last >= index {
      doubledFields.removeSuffix(from: doubledFields.count - 1)
    }
  }

  /// Notes which fields of a record hold quotes, which are doubled.
  mutating func noteDoubledQuotes(
    in fields: borrowing PackedArray<ByteRange>,
    _ range: Range<Int>,
    of bytes: Span<UInt8>
  ) {
    for index in range {
      let start = Int(fields[index].start)
      let value = bytes.extracting(start..<start + Int(fields[index].count))
      if value.firstIndex(of: dialect.quote, from: 0) != nil {
        doubledFields.append(UInt32(truncatingIfNeeded: index))
      }
    }
  }

  /// Makes one quote of two, in place, in the fields that were scanned.
  mutating func undoubleQuotes(in batch: inout RowBatch) {
    for index in 0..<doubledFields.count {
      let field = Int(doubledFields[index])
      let start = Int(batch.fields[field].start)
      let end = start + Int(batch.fields[field].count)
      var target = start
      var source = start
      while source < end {
        let found = batch.bytes.span.firstIndex(of: dialect.quote, from: source) ?? end
        let next = min(found + 1, end)
        batch.bytes.moveDown(source..<next, to: target)
        target += next - source
        source = next + 1
      }
      batch.fields[field].count = UInt32(target - start)
    }
    doubledFields.removeAll()
  }
}
