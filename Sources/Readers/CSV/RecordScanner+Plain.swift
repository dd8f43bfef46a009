import Bytes
import ImportModel
import Rows

extension RecordScanner {
  /// Makes rows of the records from `start` on that are of the usual kind, as far as they go.
  ///
  /// They would come out the same by `walk` and `finish`, in many times the instructions.
  /// - Returns: the bytes of the records with their line ends, or 0 when the first one is of
  ///   another kind.
  mutating func takePlain(
    at start: Int,
    _ bytes: Span<UInt8>,
    rowLimit: Int,
    fields: inout PackedArray<FieldRange>,
    rows: inout PackedArray<RowHead>,
    progress: inout ReadingProgress
  ) -> Int {
    let limit = min(rowLimit, RecordSplitter.maximumRecordCount)
    guard let width = classifier.expectedWidth, progress.hasRoom(forRows: limit) else { return 0 }
    var first = fields.count
    let count = splitter?.split(bytes, from: start, limit: limit, into: &fields) ?? 0
    guard count > 0 else { return 0 }
    var position = progress.position
    var bothCount = 0
    for index in 0..<count {
      guard let record = splitter?[index] else { break }
      var head = RowHead(
        position: position,
        byteCount: UInt64(record.byteCount),
        firstField: UInt32(truncatingIfNeeded: first),
        fieldCount: UInt32(truncatingIfNeeded: width),
        lineCount: 1
      )
      head.features = [.isPlain, .hasCleanEdges, .hasNoSpaces]
      var passedByteCount = record.byteCount + 1
      if !record.isUsual {
        if record.endsWithBoth {
          bothCount += 1
          passedByteCount += 1
        }
        if record.hasSpaces { head.features.remove(.hasNoSpaces) }
        if record.isOdd {
          let place = start + Int(position.offset - progress.offset)
          head.features = oddFeatures(of: place..<place + record.byteCount, in: bytes)
        }
        if record.hasDoubledQuotes {
          noteDoubledQuotes(in: fields, first..<first + width, of: bytes)
        }
        if record.beginsOddly,
          classifier.looksLikeFooter(fields, first..<first + width, in: bytes)
        {
          head.features.insert(.looksLikeFooter)
        }
      }
      rows.append(head)
      position.row &+= 1
      position.line &+= 1
      position.offset &+= UInt64(passedByteCount)
      first += width
    }
    let passedByteCount = Int(position.offset - progress.offset)
    progress.pass(
      rows: count,
      endingWithBoth: bothCount,
      firstEndsWithBoth: splitter?[0].endsWithBoth ?? false,
      byteCount: passedByteCount
    )
    return passedByteCount
  }

  private mutating func oddFeatures(of record: Range<Int>, in bytes: Span<UInt8>) -> RowFeatures {
    var features = RowFeatures()
    if !UTF8Text.isASCII(bytes.extracting(record)) { features.insert(.hasHighBytes) }
    seekNUL(from: record.lowerBound, in: bytes)
    if nextNUL < record.upperBound { features.insert(.hasNUL) }
    return features
  }
}
