package import Bytes
import ImportModel

/// The six columns that the rejects file adds to a row, so that it can be mended and imported again.
///
/// Reading ignores columns of these names.
enum RejectColumn: String, CaseIterable {
  case row = "_row"
  case line = "_line"
  case codes = "_codes"
  case message = "_message"
  case hint = "_hint"
  case suggested = "_suggested"

  /// Adds the value of a row in UTF-8; notes are left out.
  func append(of row: ExplainedRow, to text: inout ByteBuffer) {
    switch self {
    case .row: text.append(decimal: UInt64(row.position.row))
    case .line: text.append(decimal: UInt64(row.position.line))
    case .codes:
      Self.append(row, by: ";", to: &text) { place, text in
        text.append(text: row.findings[place].code.entry.name)
        return true
      }
    case .message:
      Self.append(row, by: "; ", to: &text) { place, text in
        row.append(messageOf: place, as: .plain, to: &text)
        return true
      }
    case .hint:
      Self.append(row, by: "; ", to: &text) { place, text in
        row.append(hintOf: place, as: .plain, to: &text)
      }
    case .suggested:
      Self.append(row, by: ";", to: &text) { place, text in
        let finding = row.findings[place]
        guard !finding.suggestion.isAbsent else { return false }
        text.append(text: finding.field?.name ?? "row")
        text.append("=")
        text.append(finding.suggestion.range, of: row.findings.texts)
        return true
      }
    }
  }

  /// Adds what findings have to say, if anything, each text once.
  private static func append(
    _ row: ExplainedRow,
    by separator: StaticString,
    to text: inout ByteBuffer,
    _ body: (_ place: Int, inout ByteBuffer) -> Bool
  ) {
    var pieces: [Range<Int>] = []
    for place in row.findings.indices where row.findings[place].severity >= .warning {
      let end = text.count
      if !pieces.isEmpty { text.append(separator) }
      let start = text.count
      let isSaid = body(place, &text)
      let piece = start..<text.count
      if isSaid && !repeats(piece, pieces, in: text) {
        pieces.append(piece)
      } else {
        text.removeSuffix(from: end)
      }
    }
  }

  private static func repeats(
    _ piece: Range<Int>,
    _ pieces: [Range<Int>],
    in text: borrowing ByteBuffer
  ) -> Bool {
    for other in pieces where other.count == piece.count {
      var length = 0
      while length < piece.count,
        text[other.lowerBound + length] == text[piece.lowerBound + length]
      {
        length += 1
      }
      if length == piece.count { return true }
    }
    return false
  }
}

extension ByteBuffer {
  /// Adds a value of ours as a CSV field.
  ///
  /// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for
  /// a formula (OWASP ASVS 1.2.10); an apostrophe before it makes it text. Hidden characters become
  /// escapes, so that a row stays on its line.
  ///
  /// - Parameters:
  ///   - text: the value.
  ///   - dialect: how the file is written.
  ///   - alwaysQuoted: whether it is quoted even where that is not needed.
  package mutating func append(
    cell text: String,
    _ dialect: RejectsDialect,
    alwaysQuoted: Bool = false
  ) {
    var cell = ByteBuffer()
    var value = ByteBuffer()
    value.append(text: text)
    append(cell: value, dialect, alwaysQuoted: alwaysQuoted, using: &cell)
  }

  /// Adds valid UTF-8 of ours as a CSV field, likewise; `cell` is emptied and used.
  mutating func append(
    cell value: borrowing ByteBuffer,
    _ dialect: RejectsDialect,
    alwaysQuoted: Bool,
    using cell: inout ByteBuffer
  ) {
    cell.removeAll()
    switch value.isEmpty ? 0 : value[0] {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      cell.append("'")
    default:
      break
    }
    cell.append(shown: value.span)
    let bytes = cell.span
    guard alwaysQuoted || dialect.needsQuotes(bytes) else { return append(bytes) }
    append(dialect.quote)
    for index in bytes.indices {
      if bytes[index] == dialect.quote { append(dialect.quote) }
      append(bytes[index])
    }
    append(dialect.quote)
  }
}
