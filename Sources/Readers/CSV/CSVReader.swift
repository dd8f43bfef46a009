package import Bytes
package import ImportModel
package import Rows

/// Reads the rows of CSV in RFC 4180's manner, with any line ends, and names what is wrong with them.
package final class CSVReader: RowReader {
  /// How structural bytes are found; both ways give the same rows.
  package enum Scan: CaseIterable, Sendable { case vector, plain }

  package let columns: [String]

  private let source: any TextSource
  private let window: WindowedSource
  private var scanner: RecordScanner
  private var progress: ReadingProgress
  /// The beginning of the next record, which was read already.
  private var carry = ByteBuffer()
  private var isAtEnd = false
  private var sound: RecordKeyRule?

  /// Bytes asked of the source at once: fewer at first, which is all that looking at an input needs.
  private var readByteCount = 1 << 18
  private static let laterReadByteCount = 1 << 20
  /// The same when one row or several are fetched.
  private static let fetchByteCount = 1 << 10
  private static let fetchByteCountOfSeveral = 1 << 13

  /// Makes a reader.
  ///
  /// `columns` are the header's names, or numbers; `start` is the first record to read. Rows have
  /// `expectedWidth` fields, or any number when it is `nil`; records that say the same as
  /// `repeatedHeader` are skipped.
  package init(
    source: any TextSource,
    dialect: CSVDialect,
    columns: [String],
    start: Position,
    expectedWidth: Int?,
    repeatedHeader: [String]?,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int,
    scan: Scan = .vector
  ) {
    precondition(expectedWidth != 0, "rows without columns")
    precondition(maximumFieldByteCount > 0 && maximumRowByteCount > 0, "limits without room")
    self.source = source
    self.columns = columns
    window = WindowedSource(source)
    scanner = RecordScanner(
      dialect: dialect,
      usesVectors: scan == .vector,
      classifier: RowClassifier(
        expectedWidth: expectedWidth,
        repeatedHeader: repeatedHeader,
        delimiter: dialect.delimiter,
        quote: dialect.quote
      ),
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
    progress = ReadingProgress(at: start)
  }

  package var remarks: [Finding] { progress.remarks }

  package func expect(_ sound: RecordKeyRule?) {
    precondition(sound.map { $0.lastColumn < columns.count } ?? true, "columns that are not there")
    self.sound = sound
  }

  package func read(into batch: inout RowBatch) throws(ImportError) -> Bool {
    batch.removeAll()
    guard !isAtEnd else { return false }
    var progress = progress
    batch.bytes.append(0..<carry.count, of: carry)
    let tail = try fill(
      &batch,
      from: source,
      progress: &progress,
      readByteCount: readByteCount,
      rowLimit: .max,
      sound: sound
    )
    readByteCount = Self.laterReadByteCount
    carry.removeAll()
    carry.append(tail.start..<batch.bytes.count, of: batch.bytes)
    batch.bytes.removeSuffix(from: tail.start)
    isAtEnd = tail.isEnd
    self.progress = progress
    return batch.totalCount > 0
  }

  package func fetch(_ position: Position, into batch: inout RowBatch) throws(ImportError) {
    try fetch(position, upTo: 1, into: &batch)
  }

  package func fetch(
    _ position: Position,
    upTo rowLimit: Int,
    into batch: inout RowBatch
  ) throws(ImportError) {
    batch.removeAll()
    var progress = ReadingProgress(at: position)
    _ = try fill(
      &batch,
      from: window,
      progress: &progress,
      readByteCount: rowLimit > 1 ? Self.fetchByteCountOfSeveral : Self.fetchByteCount,
      rowLimit: rowLimit
    )
    guard batch.count > 0, batch.rows[0].position == position else {
      throw ImportError(
        refusing: source.name,
        because: Finding(.fileChanged, .refusal),
        line: position.line
      )
    }
  }

  /// Reads until there is a row or the input ends.
  ///
  /// The batch comes with bytes that were read already, from `progress` on, and without rows. Gives
  /// the first of its bytes that belongs to no row, and whether the input ended.
  private func fill(
    _ batch: inout RowBatch,
    from source: any TextSource,
    progress: inout ReadingProgress,
    readByteCount: Int,
    rowLimit: Int,
    sound: RecordKeyRule? = nil
  ) throws(ImportError) -> (start: Int, isEnd: Bool) {
    while true {
      let start = progress.offset
      // An unfinished record is scanned from its beginning again; doubling keeps that linear.
      let wantedCount = 2 * batch.bytes.count
      var isEnd = false
      repeat {
        let byteCount = max(readByteCount, wantedCount - batch.bytes.count)
        let offset = start + UInt64(batch.bytes.count)
        isEnd = try source.read(at: offset, into: &batch.bytes, atMost: byteCount) == 0
      } while !isEnd && batch.bytes.count < wantedCount
      let stop = scanner.scan(
        &batch,
        progress: &progress,
        isLast: isEnd,
        rowLimit: rowLimit,
        sound: sound
      )
      if case .long(let long) = stop {
        try finish(long, in: &batch, from: source, start: start, progress: &progress)
      }
      let passedCount = Int(clamping: progress.offset - start)
      let tail = min(passedCount, batch.bytes.count)
      if batch.totalCount > 0 || isEnd { return (tail, isEnd) }
      batch.bytes.removePrefix(tail)
    }
  }

  /// Looks for the end of a record that is too long, without keeping what lies before it.
  private func finish(
    _ long: LongRecord,
    in batch: inout RowBatch,
    from source: any TextSource,
    start: UInt64,
    progress: inout ReadingProgress
  ) throws(ImportError) {
    var walker = LongRecordWalker(long, dialect: scanner.dialect)
    var isDone = walker.pass(batch.bytes.span(long.scanned..<batch.bytes.count))
    var offset = start + UInt64(batch.bytes.count)
    var passing = ByteBuffer()
    while !isDone {
      passing.removeAll()
      let count = try source.read(at: offset, into: &passing, atMost: Self.laterReadByteCount)
      guard count > 0 else {
        walker.passEnd()
        break
      }
      offset += UInt64(count)
      isDone = walker.pass(passing.span)
    }
    scanner.finish(long, walker, in: &batch, progress: &progress)
  }
}
