import Bytes
import ImportModel
import Rows

extension RecordScanner {
  /// Makes rows of the records from `start` on that are of the usual kind, as far as they go.
  ///
  /// They would come out the same by `walk` and `finish`, in many times the instructions; but of those
  /// that are sound by `rule` nothing else is kept than a sound row.
  /// - Returns: the bytes of the records with their line ends, or 0 when the first one is of
  ///   another kind.
  mutating func takePlain(
    at start: Int,
    _ bytes: Span<UInt8>,
    rowLimit: Int,
    fields: inout PackedArray<ByteRange>,
    rows: inout PackedArray<RowHead>,
    sound: inout SoundRows,
    progress: inout ReadingProgress,
    rule: RecordKeyRule?
  ) -> Int {
    let limit = min(rowLimit, RecordSplitter.maximumRecordCount)
    guard let width = classifier.expectedWidth, progress.hasRoom(forRows: limit) else { return 0 }
    let first = fields.count
    let count =
      splitter?.split(bytes, from: start, limit: limit, by: rule, into: &fields, &sound.keys) ?? 0
    guard count > 0, let last = splitter?[count - 1] else { return 0 }
    let base = progress.position
    func position(of index: Int, at place: Int) -> Position {
      Position(
        row: base.row + UInt32(index),
        line: base.line + UInt32(index),
        offset: base.offset + UInt64(place - start)
      )
    }
    let otherCount = splitter?.otherCount ?? 0
    var next = 0
    for place in 0...otherCount {
      let index = place < otherCount ? splitter?.other(place) ?? count : count
      // Those before it are sound.
      if index > next, let record = splitter?[next] {
        sound.runs.append(
          SoundRows.Run(
            position: position(of: next, at: record.start),
            count: index - next,
            precedingCount: rows.count
          )
        )
      }
      next = index + 1
      guard index < count, let record = splitter?[index] else { break }
      let firstField = first + place * width
      rows.append(
        head(
          of: record,
          at: position(of: index, at: record.start),
          firstField..<firstField + width,
          fields,
          bytes
        )
      )
    }
    let end = last.start + last.byteCount + (last.endsWithBoth ? 2 : 1)
    progress.pass(
      rows: count,
      endingWithBoth: splitter?.bothCount ?? 0,
      firstEndsWithBoth: splitter?[0].endsWithBoth ?? false,
      byteCount: end - start
    )
    return end - start
  }

  /// The head of a record of the usual kind.
  private mutating func head(
    of record: SplitRecord,
    at position: Position,
    _ fieldRange: Range<Int>,
    _ fields: borrowing PackedArray<ByteRange>,
    _ bytes: Span<UInt8>
  ) -> RowHead {
    var head = RowHead(
      position: position,
      byteCount: UInt64(record.byteCount),
      firstField: UInt32(truncatingIfNeeded: fieldRange.lowerBound),
      fieldCount: UInt32(truncatingIfNeeded: fieldRange.count),
      lineCount: 1
    )
    head.features = [.isPlain, .hasCleanEdges, .hasNoSpaces]
    guard !record.isUsual else { return head }
    if record.hasSpaces { head.features.remove(.hasNoSpaces) }
    if record.hasLetters {
      head.features.remove(.isPlain)
      head.features.insert(.hasHighBytes)
    }
    if record.isOdd { head.features = oddFeatures(of: record, in: bytes) }
    if record.hasDoubledQuotes { noteDoubledQuotes(in: fields, fieldRange, of: bytes) }
    if record.beginsOddly, classifier.looksLikeFooter(fields, fieldRange, in: bytes) {
      head.features.insert(.looksLikeFooter)
    }
    return head
  }

  private mutating func oddFeatures(of record: SplitRecord, in bytes: Span<UInt8>) -> RowFeatures {
    var features = RowFeatures()
    let range = record.start..<record.start + record.byteCount
    if !UTF8Text.isASCII(bytes.extracting(range)) { features.insert(.hasHighBytes) }
    seekNUL(from: range.lowerBound, in: bytes)
    if nextNUL < range.upperBound { features.insert(.hasNUL) }
    return features
  }
}
