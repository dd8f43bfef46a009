import ImportModel
import Support
import Testing

@Suite
struct ExtensionCellTests {
  /// A cell, what is found in it, and what it is suggested to be.
  struct Case: CustomTestStringConvertible {
    var text: String
    var codes: [ReasonCode]
    var suggestion: String?
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ codes: ReasonCode..., suggest suggestion: String? = nil) {
      self.text = text
      self.codes = codes
      self.suggestion = suggestion
    }
  }

  @Test(arguments: ["12", "1234", "0123", "00", "9999999999", "0000000000"])
  func `2 to 10 digits are an extension`(text: String) {
    let cells = CheckedCells(number: text)
    #expect(cells.number == text && !cells.isRejected)
    #expect(cells.codes == (text.hasPrefix("0") ? [.extensionLeadingZero] : []))
    #expect(!cells.row.flags.contains(.cellFindings))
  }

  @Test(arguments: [" 123", "123  ", "\t123\n", "123\r\n"])
  func `white space around an extension is trimmed`(text: String) {
    let cells = CheckedCells(number: text)
    #expect(cells.number == "123" && cells.codes == [.cellOuterSpace] && !cells.isRejected)
  }

  /// What a person can be sure of: made under `--fix safe`, only suggested otherwise.
  static let repairs: [Case] = [
    Case("=\"0123\"", .cellTextFormula, suggest: "0123"),
    Case("'0123", .cellLeadingApostrophe, suggest: "0123"),
    Case("“1234”", .cellSmartQuotes, suggest: "1234"),
    Case("„1234“", .cellSmartQuotes, suggest: "1234"),
    Case("\"1234\"", .cellWrappedQuotes, suggest: "1234"),
    Case("'1234'", .cellWrappedQuotes, suggest: "1234"),
    Case("1234\u{A0}", .cellNBSP, suggest: "1234"),
    Case("\u{3000}1234", .cellNBSP, suggest: "1234"),
    Case("12\u{200B}34", .cellZeroWidth, suggest: "1234"),
    Case("\u{FEFF}12 ", .cellZeroWidth, suggest: "12"),
    Case("\u{202D}1234\u{202C}", .cellBidiControl, suggest: "1234"),
    Case("12\u{AD}34", .cellSoftHyphen, suggest: "1234"),
    Case("ext 101", .extensionPrefixWord, suggest: "101"),
    Case("Ext. 101", .extensionPrefixWord, suggest: "101"),
    Case("x101", .extensionPrefixWord, suggest: "101"),
    Case("Extension: 101", .extensionPrefixWord, suggest: "101"),
    Case("#101", .extensionPrefixWord, suggest: "101"),
    Case("tel 101", .extensionPrefixWord, suggest: "101"),
    Case("1234.0", .extensionDecimalSuffix, suggest: "1234"),
    Case("1234.00", .extensionDecimalSuffix, suggest: "1234"),
    Case("1234,0", .extensionDecimalSuffix, suggest: "1234"),
    Case("0123.0", .extensionDecimalSuffix, suggest: "0123"),
    Case("１２３４", .extensionFullwidth, suggest: "1234"),
    Case("١٢٣٤", .extensionOtherDigits, suggest: "1234"),
    Case("१२३", .extensionOtherDigits, suggest: "123"),
    Case("x 101.0", .extensionPrefixWord, .extensionDecimalSuffix, suggest: "101"),
    Case(
      "\u{A0}\"１２\"\u{200E}",
      .cellNBSP,
      .cellBidiControl,
      .cellWrappedQuotes,
      .extensionFullwidth,
      suggest: "12"
    ),
  ]

  @Test(arguments: repairs)
  func `a safe repair is an error with a suggestion until it is allowed`(example: Case) {
    let refused = CheckedCells(number: example.text)
    #expect(Set(refused.reasons) == Set(example.codes))
    #expect(refused.isRejected && refused.number == nil)
    for finding in refused.findings where finding.severity > .note {
      #expect(finding.severity == .error && finding.suggestion == example.suggestion)
      #expect(finding.code.entry.repair == .safe)
    }
    let repaired = CheckedCells(number: example.text, fix: .safe)
    #expect(Set(repaired.reasons) == Set(example.codes))
    #expect(!repaired.isRejected && repaired.number == example.suggestion)
    #expect(repaired.row.flags.contains(.repaired) && repaired.row.flags.contains(.cellFindings))
    #expect(repaired.findings.allSatisfy { $0.severity <= .warning })
  }

  @Test(arguments: repairs)
  func `a repaired extension needs no repair`(example: Case) throws {
    let suggestion = try #require(example.suggestion)
    let again = CheckedCells(number: suggestion, fix: .safe)
    #expect(again.reasons.isEmpty && again.number == suggestion)
  }

  /// What is named, maybe with a suggestion, and never repaired.
  static let damage: [Case] = [
    Case("7", .extensionTooShort),
    Case("12345678901", .extensionTooLong),
    Case("#N/A", .cellExcelError), Case("#REF!", .cellExcelError), Case("#NV", .cellExcelError),
    Case("####", .cellHashMarks),
    Case("=A1", .cellFormula), Case("=SUM(A1:A3)", .cellFormula),
    Case("+VLOOKUP(A1)", .cellFormula),
    Case("NULL", .cellNullWord), Case("n/a", .cellNullWord), Case("-", .cellNullWord),
    Case("\u{2013}", .cellNullWord), Case("None", .cellNullWord), Case("\\N", .cellNullWord),
    Case("TRUE", .cellBooleanWord), Case("falsch", .cellBooleanWord),
    Case("****", .cellMasked), Case("XXXX", .cellMasked), Case("12**", .cellMasked),
    Case("123...", .cellTruncatedMark), Case("123…", .cellTruncatedMark),
    Case("&#49;23", .cellHTMLEntity), Case("101&nbsp;", .cellHTMLEntity),
    Case("%31%32", .cellPercentEncoded),
    Case("{\"ext\":101}", .cellJSON), Case("[101]", .cellJSON),
    Case("Â\u{A0}101", .cellMojibake),
    Case("10\u{FFFD}1", .cellReplacementChar),
    Case("10\u{1}1", .cellControlChar, suggest: "101"),
    Case("10\n1", .cellTabNewline, suggest: "101"),
    Case("10\t1", .cellTabNewline, suggest: "101"),
    Case("1234 (Bob)", .extensionLetters),
    Case("12a4", .extensionNotDigits), Case("12?", .extensionNotDigits),
    Case("sales", .extensionLetters), Case("12ab", .extensionLetters),
    Case("李明", .extensionLetters),
    Case("1O1", .extensionLookalike, suggest: "101"),
    Case("l23", .extensionLookalike, suggest: "123"),
    Case("1О1", .extensionLookalike, suggest: "101"),
    Case("S12B", .extensionLookalike, suggest: "5128"),
    Case("12 34", .extensionSeparators, suggest: "1234"),
    Case("12-34", .extensionSeparators, suggest: "1234"),
    Case("12.34.56", .extensionSeparators, suggest: "123456"),
    Case("12\u{A0}34", .cellNBSP, .extensionSeparators, suggest: "1234"),
    Case("+101", .extensionPlusSign),
    Case("+1 (212) 555-0100", .extensionPhoneNumber),
    Case("+12125550100", .extensionPhoneNumber),
    Case("(212) 555-0100", .extensionPhoneNumber), Case("212-555-0100", .extensionPhoneNumber),
    Case("555-0100", .extensionPhoneNumber), Case("030 1234567", .extensionPhoneNumber),
    Case("555-0100 x101", .extensionPhoneNumber, suggest: "101"),
    Case("1.23E+09", .extensionExcelScientific), Case("6,4E+05", .extensionExcelScientific),
    Case("1.234567890E+09", .extensionExcelScientific, suggest: "1234567890"),
    Case("1.2345E+3", .extensionExcelScientific),
    Case("1.234E+03", .extensionExcelScientific, suggest: "1234"),
    Case("12.5", .extensionFraction), Case("1234,5", .extensionFraction),
    Case("0.25", .extensionFraction),
    Case("1,234", .extensionThousands, suggest: "1234"),
    Case("1.234", .extensionThousands, suggest: "1234"),
    Case("1 234", .extensionThousands, suggest: "1234"),
    Case("1'234", .extensionThousands, suggest: "1234"),
    Case("1’234", .extensionThousands, suggest: "1234"),
    Case("1,234.00", .extensionThousands, suggest: "1234"),
    Case("$101", .extensionCurrencyPercent, suggest: "101"),
    Case("101 €", .extensionCurrencyPercent, suggest: "101"),
    Case("101%", .extensionCurrencyPercent, suggest: "101"),
    Case("$1,234.00", .extensionCurrencyPercent),
    Case("-101", .extensionNegative, suggest: "101"),
    Case("(101)", .extensionNegative, suggest: "101"),
    Case("\u{2212}101", .extensionNegative, suggest: "101"),
    Case("2-Jan", .extensionDate), Case("Jan-02", .extensionDate),
    Case("01/02/2026", .extensionDate),
    Case("2026-01-02", .extensionDate), Case("2026-01-02 00:00:00", .extensionDate),
    Case("1/2", .extensionDate), Case("1-2", .extensionDate), Case("2. Jan", .extensionDate),
    Case("2.1.2026", .extensionDate), Case("12-Okt", .extensionDate),
    Case("10:01", .extensionTime), Case("10:01:00", .extensionTime),
    Case("9:05 PM", .extensionTime),
    Case("10²", .extensionSuperscript, suggest: "102"),
    Case("①②③", .extensionSuperscript, suggest: "123"),
    Case("101-110", .extensionRange), Case("101;102", .extensionRange),
    Case("101/102", .extensionRange), Case("101, 102", .extensionRange),
    Case("101 and 102", .extensionRange), Case("101\u{2013}110", .extensionRange),
    Case("101 - 110", .extensionRange), Case("101, 102, 103", .extensionRange),
    Case("ext 12-34", .extensionPrefixWord, .extensionSeparators, suggest: "1234"),
    Case("x1.0", .extensionPrefixWord, .extensionDecimalSuffix, .extensionTooShort),
    Case("１", .extensionFullwidth, .extensionTooShort),
    Case("\"NULL\"", .cellWrappedQuotes, .cellNullWord),
    Case("\u{200B}12a4", .cellZeroWidth, .extensionNotDigits),
  ]

  @Test(arguments: damage)
  func `damage is called by its name, whatever repairs are allowed`(example: Case) {
    for fix in Rules.Fix.allCases {
      let cells = CheckedCells(number: example.text, fix: fix)
      #expect(Set(cells.reasons) == Set(example.codes), "\(fix)")
      #expect(cells.isRejected && cells.number == nil)
      #expect(cells.suggestion == example.suggestion)
      #expect(cells.findings.first?.severity == .error)
      #expect(cells.id == CheckedCells.goodID)
    }
  }

  @Test
  func `the position of a bad character is counted from one, without outer space`() throws {
    let finding = try #require(CheckedCells(number: " 12é4 ").findings.first)
    #expect(finding.code == .extensionNotDigits && finding.number == 3 && finding.text == "é")
  }

  @Test
  func `a position counts what was taken off the front of the cell`() throws {
    let finding = try #require(CheckedCells(number: "ext 12-34").findings.last)
    #expect(finding.code == .extensionSeparators && finding.number == 7)
  }

  @Test(arguments: ["", "  ", "\"\"", "\u{A0}", "\u{200B}"])
  func `a blank extension follows the rule for blanks`(text: String) {
    var rules = Rules()
    rules.fix = .safe
    let values: [Field: String] = [.userID: CheckedCells.goodID, .extensionNumber: text]
    let rejected = CheckedCells(texts: values, rules: rules)
    #expect(rejected.isRejected && rejected.codes.contains(.extensionMissing))
    rules.onBlank = .skip
    let skipped = CheckedCells(texts: values, rules: rules)
    #expect(!skipped.isRejected && skipped.row.flags.contains(.recordsOnly))
    rules.onBlank = .clear
    let cleared = CheckedCells(texts: values, rules: rules)
    #expect(!cleared.isRejected && cleared.row.flags.contains(.clears))
    #expect(!cleared.row.flags.contains(.recordsOnly) && cleared.number == nil)
  }

  @Test
  func `reserved extensions and those outside the ranges are rejected but known`() throws {
    var rules = Rules()
    rules.reserved = try [#require(ExtensionNumber("911")), #require(ExtensionNumber("112"))]
    rules.ranges = try [#require(ExtensionNumber("100"))...#require(ExtensionNumber("199"))]
    func codes(_ text: String) -> [ReasonCode] {
      let cells = CheckedCells(
        texts: [.userID: CheckedCells.goodID, .extensionNumber: text],
        rules: rules
      )
      #expect(cells.number == text)
      return cells.reasons
    }
    #expect(codes("112") == [.extensionReserved])
    #expect(codes("911") == [.extensionReserved, .extensionOutsideRange])
    #expect(codes("0150") == [.extensionOutsideRange])
    #expect(codes("150").isEmpty)
  }
}
