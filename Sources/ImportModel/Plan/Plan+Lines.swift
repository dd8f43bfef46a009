import Bytes

extension Plan {
  /// Adds lines about rows of users from one on that are like it in outcome and flags and have an
  /// extension, as long as their numbers follow each other.
  ///
  /// - Parameters:
  ///   - rows: rows of one input.
  ///   - cursor: moves on to the first of them.
  ///   - form: what the lines have in common.
  ///   - texts: what its texts stand in, with room for `ByteBuffer.lineTextPadding` bytes more.
  ///   - counter: the one of the lines before.
  ///   - buffer: what the lines are added to.
  /// - Returns: how many rows have a line now.
  package func appendLines(
    of rows: Range<Int>,
    _ cursor: inout PlanCursor,
    _ form: KeyLineForm,
    of texts: borrowing ByteBuffer,
    counter: inout LineCounter,
    to buffer: inout ByteBuffer
  ) -> Int {
    let number = UInt64(rowNumber(of: rows.lowerBound, &cursor))
    let end = min(rows.upperBound, endOfStretch(cursor))
    return buffer.append(
      linesOf: self.rows.span.extracting(rows.lowerBound..<end),
      PlanRow.lineWord,
      firstNumber: number,
      form,
      of: texts,
      counter: &counter
    )
  }
}
