import Bytes
import ImportModel
import Rows
import Support
import Testing

@Suite
struct RowCheckerTests {
  static let good: [Field: [UInt8]] = [
    .userID: Array(CheckedCells.goodID.utf8), .extensionNumber: Array("1234".utf8),
  ]

  @Test
  func `a good row has no findings`() {
    let cells = CheckedCells(Self.good)
    #expect(cells.codes.isEmpty && cells.id == CheckedCells.goodID && cells.number == "1234")
    #expect(cells.row.flags == [.hasID])
  }

  @Test(arguments: [
    ReasonCode.raggedRowShort, .raggedRowLong, .unterminatedQuote, .strayQuote, .textAfterQuote,
    .fieldTooLong, .rowTooLong, .xmlTextTooLong, .xmlInvalidChar,
  ])
  func `a row with broken structure claims nothing and its cells are not looked at`(
    damage: ReasonCode
  ) {
    var values = Self.good
    values[.extensionNumber] = Array("bad".utf8)
    let cells = CheckedCells(values) { head in
      head.damage = damage
      head.damageNumber = 3
      head.damageLimit = 4
    }
    #expect(cells.findings == [Finding(damage, .error, number: 3, limit: 4)])
    #expect(cells.isRejected && cells.id == nil && cells.number == nil)
  }

  @Test(arguments: [
    (#"ObjectId("64b7f1a2e4b0a5d3f9c12345")"#, UInt32(1), "12", true),
    (#" {"$oid":"64b7f1a2e4b0a5d3f9c12345"} "#, 1, "12", true),
    (#"ObjectId("64b7f1a2e4b0a5d3f9c12345")"#, 1, "1\"2", false),
    (#"ObjectId("64b7f1a2e4b0a5d3f9c12345")"#, 2, "12", false),
    (#"ObjectId("64b7")"#, 1, "12", false),
    (#"6"4b7f1a2e4b0a5d3f9c12345"#, 1, "12", false),
  ])
  func `the quotes of a wrapped id damage nothing`(
    id: String,
    field: UInt32,
    number: String,
    isFine: Bool
  ) {
    let values: [Field: [UInt8]] = [
      .userID: Array(id.utf8), .extensionNumber: Array(number.utf8),
    ]
    let cells = CheckedCells(values) { head in
      head.damage = .strayQuote
      head.damageNumber = field
    }
    #expect(cells.isRejected == !isFine)
    #expect(cells.codes.contains(.strayQuote) == !isFine)
    #expect(cells.codes.contains(.objectidWrapped) == isFine)
    #expect(cells.id == (isFine ? CheckedCells.goodID : nil))
    let narrow = CheckedCells(values) { head in
      head.damage = .strayQuote
      head.damageNumber = field
      head.fieldCount = 1
    }
    #expect(narrow.codes == [.strayQuote])
  }

  @Test
  func `a short row at an end without a line end may be cut off`() {
    let cells = CheckedCells(Self.good) { head in
      head.damage = .raggedRowShort
      head.features.insert(.endsWithoutLineEnd)
    }
    #expect(cells.codes == [.raggedRowShort, .fileTruncated])
  }

  @Test
  func `a repeated element matters only in a field that is read`() {
    let repeated = CheckedCells(Self.good, extra: [[]]) { head in
      head.damage = .xmlFieldRepeated
      head.damageNumber = 2
      head.damageLimit = 1
    }
    #expect(
      repeated.findings == [
        Finding(.xmlFieldRepeated, .error, field: .extensionNumber, number: 2)
      ]
    )
    #expect(repeated.id != nil && repeated.number == nil && repeated.isRejected)
    let elsewhere = CheckedCells(Self.good, extra: [[]]) { head in
      head.damage = .xmlFieldNested
      head.damageLimit = 2
    }
    #expect(elsewhere.codes.isEmpty && elsewhere.number == "1234")
  }

  @Test
  func `an absent id is missed, an absent extension is settled later`() {
    let noID = CheckedCells([.extensionNumber: Array("12".utf8)], absent: [.userID])
    #expect(noID.codes == [.xmlFieldMissing] && noID.findings.first?.field == .userID)
    let unmapped = CheckedCells([.extensionNumber: Array("12".utf8)])
    #expect(unmapped.codes == [.xmlFieldMissing])
    let noNumber = CheckedCells(
      [.userID: Array(CheckedCells.goodID.utf8)],
      absent: [.extensionNumber]
    )
    #expect(noNumber.codes.isEmpty && noNumber.row.flags == [.hasID, .extensionAbsent])
    let noColumn = CheckedCells([.userID: Array(CheckedCells.goodID.utf8)])
    #expect(noColumn.codes.isEmpty && noColumn.row.flags == [.hasID, .extensionAbsent])
  }

  @Test
  func `a NUL rejects the row, in the field where it stands`() {
    var values = Self.good
    values[.extensionNumber] = Array("12\u{0}".utf8)
    let inField = CheckedCells(values)
    #expect(inField.findings.map(\.code) == [.nulByte])
    #expect(inField.findings.first?.field == .extensionNumber && inField.suggestion == "12")
    let elsewhere = CheckedCells(Self.good, extra: [[0x41, 0]])
    #expect(elsewhere.findings == [Finding(.nulByte, .error)])
  }

  @Test
  func `bytes that are not UTF-8 reject the row wherever they stand`() {
    var values = Self.good
    values[.lastName] = [0x5A, 0x6F, 0xEB]
    let cells = CheckedCells(values)
    #expect(
      cells.findings == [
        Finding(.invalidUTF8, .error, field: .lastName, number: 0xEB, limit: 3)
      ]
    )
    values[.firstName] = Array("Zoë".utf8)
    #expect(CheckedCells(values).codes == [.encodingMixed])
    let elsewhere = CheckedCells(Self.good, extra: [[0xFF]])
    #expect(
      elsewhere.findings == [
        Finding(.invalidUTF8, .error, number: 0xFF, limit: 1, text: "extra0")
      ]
    )
    #expect(elsewhere.id != nil && elsewhere.number == "1234")
  }

  @Test
  func `a byte order mark before a row is taken off safely`() {
    var values = Self.good
    values[.userID] = [0xEF, 0xBB, 0xBF] + Array(CheckedCells.goodID.utf8)
    let refused = CheckedCells(values)
    #expect(refused.codes == [.bomInside] && refused.isRejected && refused.id == nil)
    #expect(refused.suggestion == CheckedCells.goodID)
    var rules = Rules()
    rules.fix = .safe
    let repaired = CheckedCells(values, rules: rules)
    #expect(repaired.codes == [.bomInside] && !repaired.isRejected && repaired.id != nil)
  }

  @Test
  func `a line break in a column that is not read is nobody's business`() {
    let cells = CheckedCells(Self.good, extra: [Array("a\nb".utf8)]) { $0.lineCount = 2 }
    #expect(cells.codes.isEmpty)
  }

  @Test
  func `all problems of a row are told, the gravest first and then by column`() {
    let cells = CheckedCells(texts: [
      .userID: "64B7F1A2E4B0A5D3F9C12345", .extensionNumber: "12a4", .firstName: "ZoÃ«",
      .lastName: "#N/A",
    ])
    #expect(
      cells.codes == [.extensionNotDigits, .cellExcelError, .cellMojibake, .objectidUppercase]
    )
  }

  @Test
  func `an extension that is described gives its id and its traits`() {
    let cells = CheckedCells(
      texts: [
        .extensionNumber: "101", .extensionID: "62264425005", .type: "User (Video)",
        .status: "Disabled", .email: "a@b.c",
      ],
      kind: .extensions
    )
    #expect(cells.codes.isEmpty && cells.row.high == 62_264_425_005 && cells.number == "101")
    #expect(
      InventoryTraits(packed: cells.row.low)
        == InventoryTraits(isUserKind: true, isDisabled: true, hasHolder: true)
    )
    #expect(cells.row.flags == [.recordsOnly])
  }

  @Test
  func `an extension without a number needs an id`() {
    let free = CheckedCells(
      texts: [.extensionNumber: "", .extensionID: "7", .type: "Department"],
      kind: .extensions
    )
    #expect(free.codes.isEmpty && free.row.high == 7 && free.number == nil)
    #expect(!InventoryTraits(packed: free.row.low).isUserKind)
    let neither = CheckedCells(texts: [.extensionNumber: "", .extensionID: ""], kind: .extensions)
    #expect(neither.codes == [.extensionMissing] && neither.isRejected)
  }

  @Test(
    arguments: [
      ("4.0062E+11", .extensionExcelScientific), ("1,234,567", .extensionThousands),
      ("12 3", .cellInnerSpace), ("12a", .extensionNotDigits), ("#N/A", .cellExcelError),
      ("1234567890123456789", .extensionTooLong),
    ] as [(String, ReasonCode)]
  )
  func `a damaged id of an extension rejects its row`(text: String, code: ReasonCode) {
    let cells = CheckedCells(
      texts: [.extensionNumber: "101", .extensionID: text],
      kind: .extensions
    )
    #expect(cells.codes == [code] && cells.findings.first?.field == .extensionID)
    #expect(cells.row.high == 0 && cells.number == "101" && cells.isRejected)
  }

  @Test
  func `the digest is that of the trimmed values in the stored order`() {
    var digest = RecordDigest()
    digest.add(.firstName, Array("Zoë".utf8).span)
    digest.add(.email, Array("z@b.c".utf8).span)
    let texts: [Field: String] = [
      .userID: CheckedCells.goodID, .email: "z@b.c", .firstName: " Zoë ", .lastName: "",
    ]
    #expect(CheckedCells(texts: texts, keepsDigests: true).digest == digest.value)
    #expect(CheckedCells(texts: texts).digest == 0)
  }
}
