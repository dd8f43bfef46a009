import ImportModel
import Readers
import Rows
import Testing

/// What spreadsheet programs write when a table is saved as text, with the rows that it holds.
struct SpreadsheetTests {
  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var columns = ["userId", "rcExtension", "name"]
    var rows: [[String]]

    init(_ name: String, _ text: String, columns: [String]? = nil, rows: [[String]]) {
      self.init(name, Array(text.utf8), columns: columns, rows: rows)
    }

    init(_ name: String, _ bytes: [UInt8], columns: [String]? = nil, rows: [[String]]) {
      testDescription = name
      self.bytes = bytes
      self.columns = columns ?? self.columns
      self.rows = rows
    }
  }

  private static let id = "64b7f1a2e4b0a5d3f9c12345"

  static let samples = [
    Sample(
      "CSV UTF-8 where the comma is decimal: mark, semicolons, CRLF, line feeds in cells",
      "\u{FEFF}userId;rcExtension;name\r\n\(id);0123;\"Zoë\nvan \"\"Z\"\"\"\r\n",
      rows: [[id, "0123", "Zoë\nvan \"Z\""]]
    ),
    Sample(
      "Unicode text: UTF-16, tabs, quotes only where they are needed",
      [0xFF, 0xFE]
        + "userId\trcExtension\tname\r\n\(id)\t1234\tA, B; C\r\n\(id)\t\t\"a\tb\"\r\n".utf16
        .flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] },
      rows: [[id, "1234", "A, B; C"], [id, "", "a\tb"]]
    ),
    Sample(
      "CSV for old Macintoshes: carriage returns",
      "userId,rcExtension,name\r\(id),1234,A\r\(id),1235,B",
      rows: [[id, "1234", "A"], [id, "1235", "B"]]
    ),
    Sample(
      "a line that names the delimiter",
      "sep=|\r\nuserId|rcExtension|name\r\n\(id)|1234|A;B,C\r\n",
      rows: [[id, "1234", "A;B,C"]]
    ),
    Sample(
      "columns that were used once: empty fields at every end, rows of delimiters below",
      "userId,rcExtension,name,,\r\n\(id),1234,A,,\r\n,,,,\r\n,,,,\r\n",
      columns: ["userId", "rcExtension", "name", "", ""],
      rows: [[id, "1234", "A", "", ""]]
    ),
    Sample(
      "rows shorter than the header in a later block do not shorten the others",
      "userId,rcExtension,name\r\n\(id),1234,A\r\n\(id),1235\r\n\(id),1236,C\r\n",
      rows: [[id, "1234", "A"], [id, "1235"], [id, "1236", "C"]]
    ),
    Sample(
      "a formula that gives text keeps zeros",
      "userId,rcExtension,name\r\n\(id),\"=\"\"0123\"\"\",\"=HYPERLINK(\"\"a\"\",\"\"b\"\")\"\r\n",
      rows: [[id, "=\"0123\"", "=HYPERLINK(\"a\",\"b\")"]]
    ),
    Sample(
      "every cell in quotes, empty ones too",
      "\"userId\",\"rcExtension\",\"name\"\n\"\(id)\",\"\",\"\"\n",
      rows: [[id, "", ""]]
    ),
    Sample(
      "spaces belong to their field (RFC 4180, section 2, rule 4)",
      "userId, rcExtension, name\r\n\(id), 1234, A \r\n",
      columns: ["userId", " rcExtension", " name"],
      rows: [[id, " 1234", " A "]]
    ),
    Sample(
      "a control-Z at the end of an old file is a row that is short",
      "userId,rcExtension,name\r\n\(id),1234,A\r\n\u{1A}",
      rows: [[id, "1234", "A"], ["\u{1A}"]]
    ),
  ]

  @Test(arguments: samples)
  func `a saved table gives its rows`(_ sample: Sample) throws {
    let file = try TemporaryFile(sample.bytes)
    let input = try InputOpener.open(
      path: file.path,
      options: ReadingOptions(),
      wantsDigest: false
    )
    #expect(input.columns == sample.columns)
    #expect(try input.allRows().map(\.fields) == sample.rows)
  }
}
