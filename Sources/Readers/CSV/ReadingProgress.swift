import ImportModel

/// Where the next record stands, and what was skipped or noticed on the way there.
struct ReadingProgress {
  /// The next record; numbers beyond `UInt32` stay at its end.
  private var row: Int
  private var line: Int
  var offset: UInt64
  var blankRowCount = 0
  var repeatedHeaderCount = 0
  var commentRowCount = 0
  /// The first kind of line end met, and how many were of another kind.
  private var lineEnd = LineEnd.none
  private var otherLineEndCount = 0

  /// Begins at a record.
  init(at position: Position) {
    row = Int(position.row)
    line = Int(position.line)
    offset = position.offset
  }

  /// The position of the next record.
  var position: Position {
    Position(row: UInt32(clamping: row), line: UInt32(clamping: line), offset: offset)
  }

  /// The physical line that is `count` lines below the next record's first.
  func line(after count: Int) -> Int { line + count }

  /// Goes on behind a record.
  @inline(__always)
  mutating func pass(_ end: RecordEnd, lineCount: Int) {
    row += 1
    line += lineCount
    offset += UInt64(end.passedByteCount)
    if end.lineEnd != lineEnd && end.lineEnd != .none {
      if lineEnd == .none { lineEnd = end.lineEnd } else { otherLineEndCount += 1 }
    }
  }

  /// Whether the numbers of so many more rows, each on one line, are sure to fit into a `Position`.
  func hasRoom(forRows count: Int) -> Bool { max(row, line) + count <= Int(UInt32.max) }

  /// Goes on behind rows of one line each: how many there are, how many of them end with a carriage
  /// return and a line feed, others with a line feed alone, and whether the first one does.
  mutating func pass(
    rows count: Int,
    endingWithBoth bothCount: Int,
    firstEndsWithBoth: Bool,
    byteCount: Int
  ) {
    row += count
    line += count
    offset += UInt64(byteCount)
    if lineEnd == .none { lineEnd = firstEndsWithBoth ? .both : .lineFeed }
    switch lineEnd {
    case .lineFeed: otherLineEndCount += bothCount
    case .both: otherLineEndCount += count - bothCount
    case .carriageReturn, .none: otherLineEndCount += count
    }
  }

  /// What is worth saying about the input.
  var remarks: [Finding] {
    var remarks: [Finding] = []
    if blankRowCount > 0 { remarks.append(Finding(.blankRow, .note, number: blankRowCount)) }
    if repeatedHeaderCount > 0 {
      remarks.append(Finding(.repeatedHeader, .warning, number: repeatedHeaderCount))
    }
    if commentRowCount > 0 { remarks.append(Finding(.commentRow, .note, number: commentRowCount)) }
    if otherLineEndCount > 0 {
      remarks.append(Finding(.lineEndingsMixed, .warning, number: otherLineEndCount))
    }
    return remarks
  }
}
