import Bytes
import ImportModel
import Rows

extension RecordScanner {
  /// Makes a row of a record whose fields are known, or skips it.
  mutating func finish(
    _ record: OpenRecord,
    _ end: RecordEnd,
    bytes: Span<UInt8>,
    fields: inout PackedArray<ByteRange>,
    rows: inout PackedArray<RowHead>,
    progress: inout ReadingProgress
  ) {
    let first = record.firstField
    var head = RowHead(
      position: progress.position,
      byteCount: UInt64(end.byteCount),
      firstField: UInt32(truncatingIfNeeded: first),
      fieldCount: 0,
      lineCount: UInt32(clamping: record.breakCount + 1)
    )
    let isLong = end.byteCount > maximumRowByteCount
    var columnCount = fields.count - first + record.surplusCount
    var isSkipped = false
    if isLong {
      let limit = record.start + maximumRowByteCount
      while fields.count > first, let last = fields.last, Int(last.start + last.count) > limit {
        removeFields(from: fields.count - 1, of: &fields)
      }
    } else {
      let fittedCount = fittedColumnCount(of: record, fields)
      if fittedCount < columnCount {
        removeFields(from: first + fittedCount, of: &fields)
        columnCount = fittedCount
        head.features.insert(.hadTrailingDelimiters)
      }
      isSkipped = skips(
        record,
        byteCount: end.byteCount,
        bytes: bytes,
        fields: fields,
        progress: &progress
      )
    }
    if isSkipped {
      removeFields(from: first, of: &fields)
      progress.pass(end, lineCount: record.breakCount + 1)
      return
    }
    if let damage = damage(of: record, end, columnCount: columnCount, progress: progress) {
      head.damage = damage.code
      head.damageNumber = UInt32(clamping: damage.number)
      head.damageLimit = UInt32(clamping: damage.limit)
    }
    head.fieldCount = UInt32(truncatingIfNeeded: fields.count - first)
    if end.hasHighBytes { head.features.insert(.hasHighBytes) }
    if end.hasNUL { head.features.insert(.hasNUL) }
    if end.lineEnd == .none { head.features.insert(.endsWithoutLineEnd) }
    if classifier.looksLikeFooter(fields, first..<fields.count, in: bytes) {
      head.features.insert(.looksLikeFooter)
    }
    rows.append(head)
    progress.pass(end, lineCount: record.breakCount + 1)
  }

  /// Whether a record is not data; it is counted then.
  private func skips(
    _ record: OpenRecord,
    byteCount: Int,
    bytes: Span<UInt8>,
    fields: borrowing PackedArray<ByteRange>,
    progress: inout ReadingProgress
  ) -> Bool {
    let first = record.firstField
    if record.trouble == nil && !record.surplusIsVisible
      && classifier.areBlank(fields, from: first, in: bytes)
    {
      progress.blankRowCount += 1
      return true
    }
    // Behind a byte order mark the quotes of the first name look stray.
    if record.trouble == nil || record.trouble == .strayQuote,
      classifier.isHeader(fields, from: first, in: bytes)
    {
      progress.repeatedHeaderCount += 1
      return true
    }
    let isComment =
      record.isComment
      || self.isComment(record, byteCount: byteCount, bytes: bytes, fields: fields)
    if isComment { progress.commentRowCount += 1 }
    return isComment
  }

  /// Whether a record is a comment: it begins with `#` and does not have a row's width.
  func isComment(
    _ record: OpenRecord,
    byteCount: Int,
    bytes: Span<UInt8>,
    fields: borrowing PackedArray<ByteRange>
  ) -> Bool {
    guard let width = classifier.expectedWidth, byteCount <= maximumRowByteCount,
      fields.count > record.firstField
    else { return false }
    return classifier.isComment(
      start: record.start,
      firstField: fields[record.firstField],
      in: bytes
    ) && fittedColumnCount(of: record, fields) != width
  }

  /// Number of a record's fields, without empty ones behind a row's width.
  private func fittedColumnCount(
    of record: OpenRecord,
    _ fields: borrowing PackedArray<ByteRange>
  ) -> Int {
    let columnCount = fields.count - record.firstField + record.surplusCount
    guard let width = classifier.expectedWidth, columnCount > width, !record.surplusIsFilled else {
      return columnCount
    }
    var index = record.firstField + width
    while index < fields.count {
      if fields[index].count > 0 { return columnCount }
      index += 1
    }
    return width
  }

  /// What makes a record untrustworthy, the weightiest thing first.
  private func damage(
    of record: OpenRecord,
    _ end: RecordEnd,
    columnCount: Int,
    progress: ReadingProgress
  ) -> (code: ReasonCode, number: Int, limit: Int)? {
    if record.trouble == .unterminatedQuote {
      return (.unterminatedQuote, progress.line(after: record.breakCountAtQuote), 0)
    }
    // Such a header would give the input more columns than are read, however long it is.
    if columnCount > Self.maximumColumnCount && classifier.expectedWidth == nil {
      return (.tooManyColumns, columnCount, Self.maximumColumnCount)
    }
    if end.byteCount > maximumRowByteCount {
      return (.rowTooLong, end.byteCount, maximumRowByteCount)
    }
    if let trouble = record.trouble {
      return (trouble, record.troubleNumber, record.troubleLimit)
    }
    if let width = classifier.expectedWidth {
      if columnCount < width { return (.raggedRowShort, columnCount, width) }
      if columnCount > width { return (.raggedRowLong, columnCount, width) }
    }
    return nil
  }

  /// Makes a row of a record that was too long for `scan`, once its end is known.
  mutating func finish(
    _ long: LongRecord,
    _ walker: LongRecordWalker,
    in batch: inout RowBatch,
    progress: inout ReadingProgress
  ) {
    finish(
      long,
      walker,
      buffer: batch.bytes,
      fields: &batch.fields,
      rows: &batch.rows,
      progress: &progress
    )
    undoubleQuotes(in: &batch)
  }

  private mutating func finish(
    _ long: LongRecord,
    _ walker: LongRecordWalker,
    buffer: borrowing ByteBuffer,
    fields: inout PackedArray<ByteRange>,
    rows: inout PackedArray<RowHead>,
    progress: inout ReadingProgress
  ) {
    let bytes = buffer.span
    var record = long.record
    if walker.openedQuote { record.breakCountAtQuote = record.breakCount }
    var end = walker.end
    if walker.isBroken, let firstLine = long.firstLine {
      end = cut(&record, to: firstLine, bytes: bytes, fields: &fields)
      end.hasNUL = nextNUL < firstLine.end
    } else {
      if walker.isBroken { record.trouble = .unterminatedQuote }
      // The field in which the scan stopped was not added.
      record.surplusCount += walker.delimiterCount + (record.mode == .closed ? 0 : 1)
      let scanned = bytes.extracting(record.start..<long.scanned)
      end.hasHighBytes = end.hasHighBytes || !UTF8Text.isASCII(scanned)
      end.hasNUL = end.hasNUL || nextNUL < long.scanned
    }
    finish(record, end, bytes: bytes, fields: &fields, rows: &rows, progress: &progress)
  }
}
