/// The two bytes that an export chose for its CSV; quotes are doubled inside quotes (RFC 4180).
package struct CSVDialect: Hashable, Sendable {
  /// Stands between fields.
  package var delimiter: UInt8
  /// Stands around fields.
  package var quote: UInt8

  /// Makes a dialect of two different bytes, neither of them a line end or a NUL, which is damage.
  package init(delimiter: UInt8, quote: UInt8 = 0x22) {
    precondition(delimiter != quote, "a delimiter that is the quote too")
    precondition(
      ![delimiter, quote].contains(0x0A) && ![delimiter, quote].contains(0x0D),
      "a line end as delimiter or quote"
    )
    precondition(delimiter != 0 && quote != 0, "a NUL as delimiter or quote")
    self.delimiter = delimiter
    self.quote = quote
  }
}
