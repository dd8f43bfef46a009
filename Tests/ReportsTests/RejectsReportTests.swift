import Bytes
import ImportModel
import Reports
import Testing

struct RejectsReportTests {
  private static let header = "userId,rcExtension,name"
  private static let names = "_row,_line,_codes,_message,_hint,_suggested"
  private static let letters = Finding(
    .extensionLetters,
    .error,
    field: .extensionNumber,
    suggestion: "124"
  )

  /// A record and what it must become before the added columns, under a header of three columns.
  static let records: [(name: String, record: String, kept: String)] = [
    ("as wide as the header", "a,b,c", "a,b,c"),
    ("empty fields inside", ",,c", ",,c"),
    ("all fields empty", ",,", ",,"),
    ("quoted fields stay quoted", #""a","b,""x""",c"#, #""a","b,""x""",c"#),
    ("a line break in quotes stays", "a,\"b\nb\",c", "a,\"b\nb\",c"),
    ("a short record stays short", "a", "a"),
    ("a record that ends in an empty field stays short", "a,", "a,"),
    ("an empty record stays empty", "", ""),
    ("a long record keeps its fields", "a,b,c,d", "a,b,c,d"),
    ("empty fields beyond the header go", "a,b,c,,,", "a,b,c"),
    ("only the empty ones at the end go", "a,b,c,,e,,", "a,b,c,,e"),
    ("a stray quote is no quote", #"a,b"x,c"#, #"a,b"x,c"#),
    ("text after a quote stays", #"a,"b"x,c"#, #"a,"b"x,c"#),
    ("bytes that are not ASCII stay", "é,€,😀", "é,€,😀"),
  ]

  @Test(arguments: records, [1, 3, 1_000])
  func `a record keeps its bytes, and the added columns stand in their place`(
    _ example: (name: String, record: String, kept: String),
    _ pieceByteCount: Int
  ) throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let row = ExplainedRow.of(
      plan,
      0,
      findings: [Self.letters],
      values: [.extensionNumber: "12a4"],
      record: example.record,
      pieces: pieceByteCount
    )
    let text = try written(report()) { try $0.write(row, of: plan) }
    #expect(text.hasPrefix("\(Self.header),\(Self.names)\n\(example.kept),2,2,extension_letters,"))
    let rows = csv(text)
    let width = csv(example.kept + "\n").first?.count ?? 1
    #expect(rows.count == 2)
    #expect(rows[1].count == width + 6)
    #expect(
      Array(rows[1].suffix(6)) == [
        "2", "2", "extension_letters", ReasonText.message(Self.letters, value: "12a4"),
        ReasonText.hint(Self.letters) ?? "", "rcExtension=124",
      ]
    )
  }

  @Test(arguments: [#"a,"b,c"#, #"a,b,"c""x"#, #"a,b,""#])
  func `an open quote is kept and ends on its own line`(record: String) throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let row = ExplainedRow.of(plan, 0, findings: [Self.letters], record: record)
    let text = try written(report()) { try $0.write(row, of: plan) }
    #expect(text.hasPrefix("\(Self.header),\(Self.names)\n\(record),\"2\",2,extension_letters,"))
  }

  @Test func `every reason of a row is named, each hint once, notes left out`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let findings = [
      Finding(.objectidNotHex, .error, field: .userID, suggestion: "64b7"),
      Self.letters,
      Finding(.cellNBSP, .warning, field: .name),
      Finding(.cellOuterSpace, .note, field: .name),
    ]
    let row = ExplainedRow.of(plan, 0, findings: findings, record: "a,b,c")
    let cells = csv(try written(report()) { try $0.write(row, of: plan) })[1]
    #expect(cells[5] == "objectid_not_hex;extension_letters;cell_nbsp")
    #expect(
      cells[6] == findings[..<3].map { ReasonText.message($0, value: nil) }.joined(separator: "; ")
    )
    #expect(cells[8] == "userId=64b7;rcExtension=124")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
    ("\tx", #"'\u0009x"#), ("\rx", #"'\u000dx"#), ("\nx", #"\u000ax"#), ("1=1", "1=1"),
    ("'=1", "'=1"), ("", ""), (" a", "\" a\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
    ("-a,b", "\"'-a,b\""),
  ])
  func `a value of ours that a spreadsheet would calculate is made text`(
    _ value: String,
    _ cell: String
  ) {
    var written = ByteBuffer()
    written.append(cell: value, RejectsDialect())
    let text = String(utf8: written.span)
    #expect(text == cell)
  }

  @Test func `the dialect of the input is kept: delimiter, line breaks, mark`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let dialect = RejectsDialect(
      delimiter: UInt8(ascii: ";"),
      lineBreak: [0x0D, 0x0A],
      hasByteOrderMark: true
    )
    let findings = [
      Finding(.duplicateInFile, .error, field: .extensionNumber),
      Finding(.objectidMissing, .error, field: .userID),
    ]
    let bytes = try writtenBytes({
      RejectsReport(to: $0, layout: .header(Array("id;ext".utf8)), dialect: dialect)
    }) {
      try $0.write(.of(plan, 0, findings: findings, record: "a,a;b"), of: plan)
    }
    #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
    let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(lines[0] == "id;ext;_row;_line;_codes;_message;_hint;_suggested")
    #expect(lines[1].hasPrefix(#"a,a;b;2;2;"duplicate_in_file;objectid_missing";""#))
    #expect(lines[2] == "")
  }

  @Test(arguments: [("a,b", "a,b"), ("a,b,", "a,b,"), ("a,b,,,", "a,b,")])
  func `columns without a name at the header's end stay`(record: String, kept: String) throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let make = { file in
      RejectsReport(
        to: file,
        layout: .header(Array("userId,rcExtension,".utf8)),
        dialect: RejectsDialect()
      )
    }
    let row = ExplainedRow.of(plan, 0, findings: [Self.letters], record: record)
    let text = try written(make) { try $0.write(row, of: plan) }
    #expect(text.hasPrefix("userId,rcExtension,,\(Self.names)\n\(kept),2,2,extension_letters,"))
  }

  @Test func `without a header the columns are numbered`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let text = try written({
      RejectsReport(to: $0, layout: .columns(2), dialect: RejectsDialect())
    }) {
      try $0.write(.of(plan, 0, findings: [Self.letters], record: "a"), of: plan)
    }
    #expect(text.hasPrefix("1,2,\(Self.names)\na,2,2,extension_letters,"))
  }

  @Test func `rows that are not rejected are left out`() throws {
    let plan = Plan.of([TestRow(), TestRow(outcome: .failed), TestRow()])
    let warning = Finding(.cellNBSP, .warning, field: .name)
    let text = try written(report()) {
      try $0.write(plain: 0..<1, of: plan)
      try $0.write(.of(plan, 1, findings: [warning], record: "a,b,c"), of: plan)
      try $0.write(.of(plan, 2, findings: [warning], record: "a,b,c"), of: plan)
    }
    #expect(text == "\(Self.header),\(Self.names)\n")
  }

  @Test func `text is put into the input's encoding, never half a character`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    // Longer than what is written at once, with characters of every length at every place.
    let long = String(repeating: "aé€😀", count: 70_000)
    for shift in 0..<4 {
      let record = String(repeating: "x", count: shift) + long
      let row = ExplainedRow.of(
        plan,
        0,
        findings: [Self.letters],
        record: record,
        pieces: 1_000 + shift
      )
      let dialect = RejectsDialect(hasByteOrderMark: true)
      let bytes = try writtenBytes({
        RejectsReport(to: $0, layout: .columns(1), dialect: dialect, encoding: utf16)
      }) { try $0.write(row, of: plan) }
      #expect(Array(bytes.prefix(2)) == [0xFF, 0xFE])
      var units: [UInt16] = []
      for place in stride(from: 2, to: bytes.count, by: 2) {
        units.append(UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
      }
      let isWhole = String(decoding: units, as: UTF16.self)
        .hasPrefix("1,\(Self.names)\n\(record),2,2,extension_letters,")
      #expect(isWhole)
    }
  }

  @Test func `rejects of markup stand between the opening and the closing`() throws {
    let plan = Plan.of([
      TestRow(outcome: .rejected, flags: .rejected), TestRow(),
      TestRow(outcome: .rejected, flags: .rejected),
    ])
    let text = try written({
      MarkupRejectsReport(
        to: $0,
        envelope: { (Array("<users>\n".utf8), Array("</users>\n".utf8)) }
      ) { record, _, values in
        let named = values.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
        return Array("  ".utf8) + record + Array("<!--\(named)-->".utf8)
      }
    }) {
      try $0.write(.of(plan, 0, findings: [Self.letters], record: "<u>1</u>"), of: plan)
      try $0.write(plain: 1..<2, of: plan)
      try $0.write(.of(plan, 2, findings: [Self.letters], record: "<u>3</u>"), of: plan)
    }
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "<users>")
    #expect(lines[1].hasPrefix("  <u>1</u><!--_row=2|_line=2|_codes=extension_letters|_message="))
    #expect(lines[2].hasPrefix("  <u>3</u><!--_row=4|_line=4|_codes=extension_letters|_message="))
    #expect(lines[2].hasSuffix("|_suggested=rcExtension=124-->"))
    #expect(lines[3] == "</users>")
  }

  @Test func `of a very long record of markup only the end is held`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let record = "<u>" + String(repeating: "0123456789", count: 500_000) + "</u>"
    var held: [Int] = []
    let text = try written({
      MarkupRejectsReport(to: $0, envelope: { ([], []) }) { record, isWhole, _ in
        held.append(record.count)
        return record + Array(isWhole ? "whole".utf8 : "end".utf8)
      }
    }) {
      let row = ExplainedRow.of(plan, 0, findings: [Self.letters], record: record)
      try $0.write(row, of: plan)
    }
    #expect(text == record + "end\n")
    #expect(held.count == 1 && held[0] < 2 << 20)
  }

  private func report() -> (OutputFile) -> RejectsReport {
    {
      RejectsReport(
        to: $0,
        layout: .header(Array(Self.header.utf8)),
        dialect: RejectsDialect()
      )
    }
  }

  /// UTF-8 to UTF-16, least byte first; fails on half a character.
  private func utf16(_ text: [UInt8]) throws(ImportError) -> [UInt8] {
    guard let text = String(validating: text, as: UTF8.self) else {
      throw ImportError(.internalFailure, "half a character")
    }
    return text.utf16.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
  }

  /// Reads CSV by RFC 4180.
  private func csv(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var isFieldStart = true
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          field.unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          field.unicodeScalars.append(scalar)
          scalars.removeFirst()
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" && isFieldStart {
        isQuoted = true
        isFieldStart = false
      } else if scalar == "," || scalar == "\n" {
        row.append(field)
        field = ""
        isFieldStart = true
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      } else {
        field.unicodeScalars.append(scalar)
        isFieldStart = false
      }
    }
    #expect(row.isEmpty && field.isEmpty && !isQuoted, "the text does not end with a line end")
    return rows
  }
}
