/// Where a row stands in its input.
package struct Position: Hashable, BitwiseCopyable, Sendable {
  /// The row a spreadsheet shows: the header is row 1, the first record row 2; in XML and in CSV
  /// without a header the first record is row 1.
  package var row: UInt32
  /// The physical line on which the record starts, from 1.
  package var line: UInt32
  /// The record's first byte in the input's UTF-8 text, from 0, a byte order mark included.
  package var offset: UInt64

  /// Makes a position.
  package init(row: UInt32, line: UInt32, offset: UInt64) {
    self.row = row
    self.line = line
    self.offset = offset
  }
}
