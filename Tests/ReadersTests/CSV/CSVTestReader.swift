import ImportModel
import Readers
import Rows
import Support
import Testing

/// How the tests of this folder make readers, and how they write rows down.
struct CSVSetting: Sendable {
  var delimiter = UInt8(ascii: ",")
  var quote = UInt8(ascii: "\"")
  var width: Int?
  var header: [String]?
  var maximumField = 1 << 20
  var maximumRow = 1 << 20
  var start = Position(row: 1, line: 1, offset: 0)

  func reader(_ source: any TextSource, scan: CSVReader.Scan = .vector) -> CSVReader {
    CSVReader(
      source: source,
      dialect: CSVDialect(delimiter: delimiter, quote: quote),
      columns: header ?? [],
      start: start,
      expectedWidth: width,
      repeatedHeader: header,
      maximumFieldByteCount: maximumField,
      maximumRowByteCount: maximumRow,
      scan: scan
    )
  }

  func contract(scan: CSVReader.Scan = .vector) -> RowReaderContract {
    RowReaderContract { source in reader(source, scan: scan) }
  }

  func result(of text: String) -> ReadResult { contract().result(of: Array(text.utf8)) }
}

/// An input and what must come of it.
struct CSVCase: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var setting = CSVSetting()
  /// Each row as `summary` writes it.
  var rows: [String]
  var remarks: [Finding] = []

  var testDescription: String { name }
}

/// Writes a row down: `row:line [field|field] damage number/limit +feature`.
///
/// Line breaks, carriage returns and NULs appear as `\n`, `\r` and `\0`.
func summary(_ row: ReadRow) -> String {
  let fields = row.texts.map { text in
    (text ?? "absent").unicodeScalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\r": "\\r"
      case "\0": "\\0"
      default: String(scalar)
      }
    }.joined()
  }
  var summary = "\(row.position.row):\(row.position.line) [\(fields.joined(separator: "|"))]"
  if let damage = row.damage { summary += " \(damage) \(row.damageNumber)/\(row.damageLimit)" }
  if row.features.contains(.hasHighBytes) { summary += " +high" }
  if row.features.contains(.looksLikeFooter) { summary += " +footer" }
  if row.features.contains(.endsWithoutLineEnd) { summary += " +end" }
  if row.features.contains(.hadTrailingDelimiters) { summary += " +trailing" }
  if row.features.contains(.hasNUL) { summary += " +nul" }
  return summary
}
