/// How an input writes CSV down, so that its rejects are written the same way.
package struct RejectsDialect: Equatable, Sendable {
  /// The byte between fields.
  package var delimiter: UInt8
  /// The byte around fields.
  package var quote: UInt8
  /// What ends a line.
  package var lineBreak: [UInt8]
  /// Whether the input began with a byte order mark.
  package var hasByteOrderMark: Bool

  /// Makes a dialect.
  package init(
    delimiter: UInt8 = UInt8(ascii: ","),
    quote: UInt8 = UInt8(ascii: "\""),
    lineBreak: [UInt8] = [0x0A],
    hasByteOrderMark: Bool = false
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.lineBreak = lineBreak
    self.hasByteOrderMark = hasByteOrderMark
  }

  /// Whether a field would be read otherwise without quotes around it.
  func needsQuotes(_ field: Span<UInt8>) -> Bool {
    guard !field.isEmpty else { return false }
    if field[0] == 0x20 || field[field.count - 1] == 0x20 { return true }
    for index in field.indices {
      let byte = field[index]
      if byte == delimiter || byte == quote || byte == 0x0A || byte == 0x0D { return true }
    }
    return false
  }
}
