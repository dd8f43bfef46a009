import Bytes
package import ImportModel

/// Turns UTF-8 text into an input's own encoding; each call gets whole characters.
package typealias TextEncoding = ([UInt8]) throws(ImportError) -> [UInt8]

/// The rejected rows of one CSV input in its own dialect, with reasons, to be mended and imported.
///
/// A record's bytes stay as they were, and six columns follow (`_row`, `_line`, `_codes`,
/// `_message`, `_hint`, `_suggested`); only empty fields beyond the header's are left out, which
/// would push these columns aside. A record that lacks fields or has too many stays so, and is
/// rejected again until somebody mended it. An input without a header is given one of numbers, `1,2`
/// and so on: how many columns it has could not be told from damaged records alone. After a quote that never closes the first of the columns
/// is quoted, so that the open quote ends on its own line and swallows no other record.
package final class RejectsReport: Report {
  /// What says how many columns the input has.
  package enum Layout: Sendable {
    /// The header's bytes in UTF-8, without byte order mark and line end.
    case header([UInt8])
    /// No header; so many columns, one at least.
    case columns(Int)
  }

  private var text: OutputText
  private let dialect: RejectsDialect
  private let width: Int
  /// The value of a column, and the same as it will be written.
  private var value = ByteBuffer()
  private var cell = ByteBuffer()

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - file: where it goes.
  ///   - layout: the header, or the number of columns.
  ///   - dialect: how the input is written.
  ///   - encoding: turns UTF-8 into the input's encoding, a byte order mark included; none means
  ///     that the input is UTF-8.
  package init(
    to file: OutputFile,
    layout: Layout,
    dialect: RejectsDialect,
    encoding: TextEncoding? = nil
  ) {
    self.dialect = dialect
    text = OutputText(to: file, encoding: encoding)
    if dialect.hasByteOrderMark { text.bytes.append([0xEF, 0xBB, 0xBF]) }
    switch layout {
    case .columns(let count):
      width = count
      for column in 1...count {
        if column > 1 { text.bytes.append(dialect.delimiter) }
        text.bytes.append(decimal: UInt64(column))
      }
    case .header(let header):
      var copy = RecordCopy(dialect)
      copy.append(header.span, to: &text.bytes)
      // Its columns without a name count: a row that lacks one is rejected, and must be again.
      width = copy.finish(width: .max, in: &text.bytes)
    }
    for column in RejectColumn.allCases {
      text.bytes.append(dialect.delimiter)
      text.bytes.append(text: column.rawValue)
    }
    text.bytes.append(dialect.lineBreak)
  }

  /// Takes nothing: rows without anything to explain are not rejected.
  package func write(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError) {}

  package func write(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError) {
    guard row.outcome == .rejected else { return }
    var copy = RecordCopy(dialect)
    try row.forEachChunk { (chunk: Span<UInt8>) throws(ImportError) in
      copy.append(chunk, to: &text.bytes)
      try text.flushIfFull()
    }
    let fieldCount = copy.finish(width: width, in: &text.bytes)
    for column in RejectColumn.allCases {
      value.removeAll()
      column.append(of: row, to: &value)
      // A reader forgives empty fields beyond the header's; a field too many must not hide in that.
      if column == .suggested && value.isEmpty && fieldCount > width { value.append("none") }
      text.bytes.append(dialect.delimiter)
      text.bytes.append(
        cell: value,
        dialect,
        alwaysQuoted: column == .row && copy.endsInsideQuotes,
        using: &cell
      )
    }
    text.bytes.append(dialect.lineBreak)
    try text.flushIfFull()
  }

  package func finish() throws(ImportError) { try text.finish() }

  package func abandon() { text.abandon() }
}
