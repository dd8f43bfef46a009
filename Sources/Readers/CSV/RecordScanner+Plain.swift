import Bytes
import ImportModel
import Rows

extension RecordScanner {
  /// Makes a row of the record at `start` if it is one of the usual kind.
  ///
  /// Such a record has no quotes, the expected width, and a first field that cannot make it anything
  /// but data. It would come out the same by `walk` and `finish`, in four times the instructions.
  /// - Returns: the bytes of the record with its line end, or 0 for a record of another kind, with
  ///   everything as it was.
  @inline(__always)
  mutating func takePlain(
    at start: Int,
    _ bytes: Span<UInt8>,
    cursor: inout StructureCursor,
    fields: inout PackedArray<FieldRange>,
    rows: inout PackedArray<RowHead>,
    progress: inout ReadingProgress
  ) -> Int {
    let initial = bytes[start]
    guard initial != dialect.delimiter, classifier.canBeginPlain(initial) else { return 0 }
    let before = cursor
    let first = fields.count
    var fieldStart = start
    var end = RecordEnd(byteCount: 0, lineEnd: .lineFeed)
    while true {
      let index = cursor.next(in: bytes)
      let byte = index < bytes.count ? bytes[index] : dialect.quote
      if byte == dialect.quote
        || byte == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A)
      {
        fields.removeSuffix(from: first)
        cursor = before
        return 0
      }
      fields.append(
        FieldRange(
          start: UInt32(truncatingIfNeeded: fieldStart),
          count: UInt32(truncatingIfNeeded: index - fieldStart)
        )
      )
      fieldStart = index + 1
      if byte == dialect.delimiter { continue }
      if byte == 0x0D {
        _ = cursor.next(in: bytes)
        end.lineEnd = .both
      }
      end.byteCount = index - start
      break
    }
    guard fields.count - first == classifier.plainWidth,
      end.byteCount <= min(maximumFieldByteCount, maximumRowByteCount)
    else {
      fields.removeSuffix(from: first)
      cursor = before
      return 0
    }
    var head = RowHead(
      position: progress.position,
      byteCount: UInt64(end.byteCount),
      firstField: UInt32(truncatingIfNeeded: first),
      fieldCount: UInt32(truncatingIfNeeded: fields.count - first),
      lineCount: 1
    )
    head.features =
      cursor.takeOdd(before: start + end.byteCount)
      ? oddFeatures(of: bytes.extracting(start..<start + end.byteCount), at: start) : .isPlain
    if classifier.canBeginFooter(initial),
      classifier.looksLikeFooter(fields, from: first, in: bytes)
    {
      head.features.insert(.looksLikeFooter)
    }
    rows.append(head)
    progress.pass(end, lineCount: 1)
    return end.passedByteCount
  }

  private func oddFeatures(of record: Span<UInt8>, at start: Int) -> RowFeatures {
    var features = RowFeatures()
    if !UTF8Text.isASCII(record) { features.insert(.hasHighBytes) }
    if nextNUL < start + record.count { features.insert(.hasNUL) }
    return features
  }
}
