package import Bytes
import ImportModel

/// The six values that the rejects file adds to a row, so that it can be mended and imported again.
enum RejectColumns {
  /// Their names, in order; reading ignores columns of these names.
  static let names = ["_row", "_line", "_codes", "_message", "_hint", "_suggested"]

  /// The values of a row, in the order of the names; notes are left out.
  static func values(of row: ExplainedRow) -> [String] {
    let findings = row.findings.filter { $0.severity >= .warning }
    let suggestions = findings.compactMap { finding in
      finding.suggestion.map { "\(finding.field?.name ?? "row")=\($0)" }
    }
    return [
      "\(row.position.row)",
      "\(row.position.line)",
      joined(findings.map(\.code.entry.name), by: ";"),
      joined(findings.map { row.message(of: $0) }, by: "; "),
      joined(findings.compactMap { ReasonText.hint($0) }, by: "; "),
      joined(suggestions, by: ";"),
    ]
  }

  /// Joins texts, each once.
  private static func joined(_ texts: [String], by separator: String) -> String {
    var once: [String] = []
    for text in texts where !once.contains(text) { once.append(text) }
    return once.joined(separator: separator)
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
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      cell.append("'")
    default:
      break
    }
    cell.append(shown: text)
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
