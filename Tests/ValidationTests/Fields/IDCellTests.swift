import ImportModel
import Support
import Testing

@Suite
struct IDCellTests {
  typealias Case = ExtensionCellTests.Case

  static let id = "64b7f1a2e4b0a5d3f9c12345"

  @Test(
    arguments: [
      (id, []), ("64B7F1A2E4B0A5D3F9C12345", [.objectidUppercase]),
      (" \(id)\t", [.cellOuterSpace]), ("ObjectId(\(id))", [.objectidWrapped]),
      ("ObjectId(\"\(id)\")", [.objectidWrapped]), ("ObjectId( '\(id)' )", [.objectidWrapped]),
      ("new ObjectId(\"\(id)\")", [.objectidWrapped]),
      ("{\"$oid\":\"\(id)\"}", [.objectidWrapped]),
      ("{ \"$oid\" : \"\(id)\" }", [.objectidWrapped]),
      ("{\"\"$oid\"\":\"\"\(id)\"\"}", [.objectidWrapped]),
      ("ObjectId(\"64B7F1A2E4B0A5D3F9C12345\")", [.objectidWrapped, .objectidUppercase]),
    ] as [(String, [ReasonCode])]
  )
  func `an id is taken out of what surrounds it`(text: String, notes: [ReasonCode]) {
    let cells = CheckedCells(id: text)
    #expect(cells.id == Self.id && !cells.isRejected)
    #expect(Set(cells.codes) == Set(notes))
    #expect(cells.findings.allSatisfy { $0.severity == .note })
  }

  static let repairs: [Case] = [
    Case("0x\(id)", .objectid0x, suggest: id),
    Case("0X\(id)", .objectid0x, suggest: id),
    Case("\"\(id)\"", .cellWrappedQuotes, suggest: id),
    Case("'\(id)", .cellLeadingApostrophe, suggest: id),
    Case("=\"\(id)\"", .cellTextFormula, suggest: id),
    Case("“\(id)”", .cellSmartQuotes, suggest: id),
    Case("\(id)\u{A0}", .cellNBSP, suggest: id),
    Case("64b7f1a2e4b0\u{200B}a5d3f9c12345", .cellZeroWidth, suggest: id),
    Case("\u{200E}\(id)", .cellBidiControl, suggest: id),
    Case("６４b7f1a2e4b0a5d3f9c12345", .objectidFullwidth, suggest: id),
    Case("ObjectId(“\(id)”)", .cellSmartQuotes, suggest: id),
    Case("'0x\(id)", .cellLeadingApostrophe, .objectid0x, suggest: id),
  ]

  @Test(arguments: repairs)
  func `a safe repair is an error with a suggestion until it is allowed`(example: Case) {
    let refused = CheckedCells(id: example.text)
    #expect(Set(refused.reasons) == Set(example.codes))
    #expect(refused.isRejected && refused.id == nil && refused.suggestion == example.suggestion)
    #expect(refused.number == "1234")
    let repaired = CheckedCells(id: example.text, fix: .safe)
    #expect(Set(repaired.reasons) == Set(example.codes))
    #expect(!repaired.isRejected && repaired.id == example.suggestion)
    #expect(!repaired.row.flags.contains(.repaired))
    #expect(CheckedCells(id: repaired.id ?? "", fix: .safe).codes.isEmpty)
  }

  static let damage: [Case] = [
    Case("", .objectidMissing), Case("  ", .objectidMissing),
    Case("64b7f1a2e4b0a5d3f9c1234", .objectidWrongLength),
    Case("64b7f1a2e4b0a5d3f9c123450", .objectidWrongLength),
    Case("64b7f1a2e4b0a5d3f9c1234g", .objectidNotHex),
    Case("hello", .objectidWrongLength, .objectidNotHex),
    Case("6.90628E+23", .objectidExcelScientific), Case("6,4E+23", .objectidExcelScientific),
    Case("6.4e23", .objectidExcelScientific), Case("1E+23", .objectidExcelScientific),
    Case("690628123456789000000000", .objectidRounded),
    Case("123456789012345.0", .objectidDecimalSuffix), Case("64.5", .objectidDecimalSuffix),
    Case("690,628,123,456,789", .objectidThousands),
    Case("690.628.123.456.789", .objectidThousands),
    Case("64b7f1a2-e4b0a5d3-f9c12345", .objectidSeparators, suggest: id),
    Case("64b7 f1a2 e4b0 a5d3 f9c1 2345", .objectidSeparators, suggest: id),
    Case("64b7f1a2\u{A0}e4b0a5d3f9c12345", .cellNBSP, .objectidSeparators, suggest: id),
    Case("64b7f1a2e4bOa5d3f9c12345", .objectidLookalike, suggest: id),
    Case("64b7f1a2e4b0a5d3f9cl2345", .objectidLookalike, suggest: id),
    Case("64b7f1а2e4b0a5d3f9с12345", .objectidLookalike, suggest: id),
    Case("123e4567-e89b-12d3-a456-426614174000", .objectidUUID),
    Case("{123e4567-e89b-12d3-a456-426614174000}", .objectidUUID),
    Case("123e4567e89b12d3a456426614174000", .objectidUUID),
    Case("ZLfxouSwpdP5wSNF", .objectidBase64, suggest: id),
    Case("jane.doe@example.com", .objectidEmail),
    Case("1234", .objectidNumber), Case("007", .objectidNumber),
    Case("000000000000000000000000", .objectidNull),
    Case("#N/A", .cellExcelError), Case("########", .cellHashMarks), Case("=A2", .cellFormula),
    Case("NULL", .cellNullWord), Case("undefined", .cellNullWord), Case("TRUE", .cellBooleanWord),
    Case("{\"id\":1}", .cellJSON), Case("64b7********2345", .cellMasked),
    Case("64b7f1a2e4…", .cellTruncatedMark), Case("64b7f1a2...", .cellTruncatedMark),
    Case("%7B%24oid", .cellPercentEncoded), Case("&quot;64b7", .cellHTMLEntity),
    Case("64b7\u{FFFD}", .cellReplacementChar),
    Case("64b7f1a2e4b0\na5d3f9c12345", .cellTabNewline, suggest: id),
    Case("0x64b7", .objectid0x, .objectidWrongLength),
    Case("0x", .objectid0x, .objectidWrongLength),
  ]

  @Test(arguments: damage)
  func `damage is called by its name, whatever repairs are allowed`(example: Case) {
    for fix in Rules.Fix.allCases {
      let cells = CheckedCells(id: example.text, fix: fix)
      #expect(Set(cells.reasons) == Set(example.codes), "\(fix)")
      #expect(cells.isRejected && cells.id == nil && cells.suggestion == example.suggestion)
      #expect(cells.number == "1234")
    }
  }

  /// What is in them once the damage is taken out would be refused in turn.
  @Test(arguments: [
    Case("0000-0000-0000-0000-0000-0000", .objectidSeparators),
    Case("0000\n00000000000000000000", .cellTabNewline),
    Case("OOOOOOOOOOOOOOOOOOOOOOOO", .objectidLookalike),
    Case("690628123456789 000000000", .objectidSeparators),
    Case("69062812345678O000000000", .objectidLookalike),
    Case("Z1KDEjRWeJAAAAAA", .objectidBase64),
  ])
  func `an id that no database gives is not suggested`(example: Case) {
    let cells = CheckedCells(id: example.text)
    #expect(cells.codes == example.codes && cells.suggestion == nil)
    #expect(cells.isRejected && cells.id == nil)
  }

  @Test(arguments: [
    ("45000000e4b0a5d3f9c12345", "2006-09-07"), ("ffffffffffffffffffffffff", "2106-02-07"),
    ("000000010000000000000001", "1970-01-01"), ("80000000e4b0a5d3f9c12345", "2038-01-19"),
  ])
  func `an id of an implausible time is kept with a warning`(text: String, date: String) throws {
    let cells = CheckedCells(id: text)
    let finding = try #require(cells.findings.first)
    #expect(cells.codes == [.objectidImplausibleTime] && finding.severity == .warning)
    #expect(finding.text == date && cells.id == text && !cells.isRejected)
  }

  @Test(arguments: [
    "459a0000e4b0a5d3f9c12345", "7fffffffe4b0a5d3f9c12345", "507f1f77bcf86cd799439011",
  ])
  func `an ordinary id is not remarkable`(text: String) {
    #expect(CheckedCells(id: text).codes.isEmpty)
  }

  @Test(arguments: [
    "690628123456789123456789", "690628123456789100000000", "64b7f1a2e4b0a5d000000000",
  ])
  func `digits and zeros alone do not make an id wrong`(text: String) {
    let cells = CheckedCells(id: text)
    #expect(cells.id == text && !cells.isRejected)
  }
}
