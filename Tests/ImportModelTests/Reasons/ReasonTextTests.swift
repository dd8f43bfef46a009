import ImportModel
import Testing

@Suite
struct ReasonTextTests {
  struct Sentence: CustomTestStringConvertible {
    var finding: Finding
    var value: String?
    var message: String
    var hint: String?
    var testDescription: String { message }

    init(_ finding: Finding, _ message: String, hint: String? = nil) {
      self.init(finding, nil, message, hint: hint)
    }

    init(_ finding: Finding, _ value: String?, _ message: String, hint: String? = nil) {
      self.finding = finding
      self.value = value
      self.message = message
      self.hint = hint
    }
  }

  static let sentences: [Sentence] = [
    Sentence(
      Finding(.extensionNotDigits, .error, field: .extensionNumber, number: 3, text: "a"),
      "12a4",
      #"rcExtension "12a4": "a" at position 3 is not a digit"#,
      hint: "Use the digits 0 to 9 only"
    ),
    Sentence(
      Finding(.extensionTooShort, .error, field: .extensionNumber, number: 1, limit: 2),
      "7",
      #"rcExtension "7": it has 1 digit, at least 2 are needed"#
    ),
    Sentence(
      Finding(.extensionMissing, .error, field: .extensionNumber),
      "",
      "rcExtension: there is no extension"
    ),
    Sentence(
      Finding(.raggedRowShort, .error, number: 3, limit: 4),
      nil,
      "The row has 3 fields, the header has 4"
    ),
    Sentence(
      Finding(
        .duplicateInFile,
        .error,
        field: .extensionNumber,
        number: 4,
        text: "3, 9 and 2 more"
      ),
      "101",
      #"rcExtension "101": the extension is also claimed by rows 3, 9 and 2 more"#
    ),
    Sentence(
      Finding(.duplicateInFile, .error, field: .extensionNumber, number: 1, text: "3"),
      "101",
      #"rcExtension "101": the extension is also claimed by row 3"#
    ),
    Sentence(
      Finding(
        .duplicateAcrossFiles,
        .error,
        field: .extensionNumber,
        number: 1,
        text: "b.csv row 7"
      ),
      "101",
      #"rcExtension "101": the extension is also claimed by b.csv row 7"#
    ),
    Sentence(
      Finding(
        .duplicateAcrossFiles,
        .error,
        field: .extensionNumber,
        number: 1,
        text: "2026 row 7"
      ),
      "101",
      #"rcExtension "101": the extension is also claimed by 2026 row 7"#
    ),
    Sentence(
      Finding(.duplicateRow, .warning, number: 7, text: "7"),
      "The user gets the same extension in row 7; only that row is applied"
    ),
    Sentence(
      Finding(.duplicateRow, .warning, number: 7, text: "b.csv row 7"),
      "The user gets the same extension in b.csv row 7; only that row is applied"
    ),
    Sentence(
      Finding(.duplicateRow, .warning, number: 7),
      "The user gets the same extension in row 7; only that row is applied"
    ),
    Sentence(
      Finding(.inCycle, .note, number: 2),
      "The row is part of a swap of extensions among 2 users"
    ),
    Sentence(
      Finding(.userHasExtension, .error, field: .extensionNumber, text: "101", suggestion: "102"),
      "102",
      #"rcExtension "102": the user has 101, it would become 102"#,
      hint: "Choose with --on-existing whether it is replaced or kept"
    ),
    Sentence(
      Finding(
        .extensionLeadingZeroLost,
        .warning,
        field: .extensionNumber,
        number: 3,
        limit: 4,
        suggestion: "0101"
      ),
      "101",
      #"rcExtension "101": it has 3 digits where most others have 4 and some begin with 0"#,
      hint: #"Probably "0101" is meant; check it and correct the cell"#
    ),
    Sentence(
      Finding(
        .extensionLengthUnusual,
        .warning,
        field: .extensionNumber,
        number: 3,
        limit: 4,
        text: "98"
      ),
      "101",
      #"rcExtension "101": it has 3 digits, while 98% of all have 4"#
    ),
    Sentence(
      Finding(.invalidUTF8, .error, field: .name, number: 0xE9, limit: 3),
      "Zo\u{FFFD}",
      "name \"Zo\u{FFFD}\": byte 0xE9 at position 3 is not valid UTF-8"
    ),
    Sentence(
      Finding(.invalidUTF8, .error, number: 9, limit: 3, text: "No\"tes"),
      #"Byte 0x09 at position 3 is not valid UTF-8; it stands in column "No\"tes""#
    ),
    Sentence(
      Finding(.objectid0x, .warning, field: .userID, suggestion: "64b7"),
      "0x64b7",
      #"userId "0x64b7": the user id begins with 0x"#,
      hint: #"It was taken as "64b7"; correct it where it comes from"#
    ),
    Sentence(
      Finding(.objectid0x, .error, field: .userID, suggestion: "64b7"),
      "0x64b7",
      #"userId "0x64b7": the user id begins with 0x"#,
      hint: #"Write "64b7" instead, or let --fix safe do so"#
    ),
    Sentence(Finding(.titleRow, .warning, number: 1), "1 line before the header was skipped"),
    Sentence(Finding(.titleRow, .warning), "Lines before the header were skipped"),
    Sentence(
      Finding(.columnMissing, .refusal, field: .userID, text: "a, b", suggestion: "user"),
      "userId: no column holds it; found: a, b",
      hint: #"Did you mean "user"? Name the column with --map"#
    ),
    Sentence(
      Finding(.columnMissing, .refusal, field: .userID),
      "userId: no column holds it",
      hint: "Name the column with --map"
    ),
    Sentence(
      Finding(.xmlNotWellFormed, .refusal, text: "tag mismatch"),
      "The XML is not well formed: tag mismatch"
    ),
    Sentence(
      Finding(.columnAmbiguous, .refusal, field: .extensionNumber, text: "\"a\" and \"b\""),
      #"rcExtension: several columns may hold it: "a" and "b""#
    ),
    Sentence(
      Finding(.objectidExcelScientific, .error, field: .userID, text: "6.4E+23"),
      " 6.4E+23",
      #"userId " 6.4E+23": a spreadsheet turned the user id into scientific notation"#
    ),
    Sentence(
      Finding(.extensionExcelScientific, .error, field: .extensionNumber, text: "1E+3"),
      "1E+3",
      #"rcExtension "1E+3": a spreadsheet turned the number into scientific notation"#
    ),
    Sentence(
      Finding(.cellPercentEncoded, .error, field: .extensionNumber, text: "%20"),
      "%20",
      #"rcExtension "%20": the value is URL-encoded"#
    ),
    Sentence(
      Finding(.cellExcelError, .error, field: .extensionNumber, text: "#N/A"),
      "#N/A",
      ##"rcExtension "#N/A": a spreadsheet error stands here and no value"##
    ),
    Sentence(
      Finding(.extensionNotDigits, .error, field: .extensionNumber, number: 1, text: "a"),
      "a",
      #"rcExtension "a": "a" at position 1 is not a digit"#
    ),
    Sentence(
      Finding(.formatMismatch, .warning, text: "CSV", suggestion: "XML"),
      "The name of the input says CSV, its content is XML",
      hint: "Rename the file to what it is"
    ),
    Sentence(
      Finding(.encodingUnknown, .refusal, text: "KLINGON"),
      #"The encoding "KLINGON" that the input is said to have is not known"#
    ),
    Sentence(
      Finding(.xmlEncodingConflict, .refusal, text: "UTF-8", suggestion: "UTF-16LE"),
      #"The XML declares the encoding "UTF-8" and is UTF-16LE"#,
      hint: "Correct the encoding in the first line to UTF-16LE, or say it with --encoding"
    ),
    Sentence(
      Finding(.xmlNoRecords, .refusal, text: "r/c", suggestion: "r, r/a"),
      #"No element of the XML holds a row, and none is at "r/c"; found: r, r/a"#,
      hint: "Name the path of one row with --record-path"
    ),
    Sentence(
      Finding(.xmlNoRecords, .refusal, suggestion: ""),
      "No element of the XML holds a row",
      hint: "Name the path of one row with --record-path"
    ),
    Sentence(
      Finding(.fileHeaderOnly, .refusal, text: "users"),
      "The XML has the root <users> and no records in it"
    ),
    Sentence(Finding(.fileHeaderOnly, .refusal), "The input has a header and no rows"),
    Sentence(
      Finding(.mapInvalid, .refusal, field: .userID, text: "\"7\"; found: a, b"),
      #"userId: the input has no column "7"; found: a, b"#,
      hint: "Check the names given with --map"
    ),
    Sentence(
      Finding(.utf16Broken, .refusal, number: 8, text: "UTF-16LE"),
      "The UTF-16LE text of the input is cut or damaged after byte 8"
    ),
    Sentence(
      Finding(.invalidUTF8, .refusal, number: 0xC3),
      "Byte 0xC3 is not valid UTF-8"
    ),
    Sentence(
      Finding(.strayQuote, .error, number: 2),
      "There is a quote inside a value that is not in quotes, in field 2"
    ),
    Sentence(
      Finding(.fileTruncated, .warning, number: 1, limit: 3),
      "The last row is cut off: it has 1 field of 3 and no line end"
    ),
    Sentence(
      Finding(.stoppedByBudget, .error, number: 2, text: "5%"),
      "2 rows were rejected, and at most 5% may be"
    ),
    Sentence(
      Finding(.stoppedByBrake, .error, number: 30, limit: 100, text: "20%"),
      "30 of 100 assignments would change, and at most 20% may"
    ),
    Sentence(
      Finding(.stoppedByAtomic, .error, number: 1),
      "1 row was rejected, and all or none were to be written"
    ),
    Sentence(
      Finding(.cancelled, .error),
      "The question whether to write was answered with no"
    ),
    Sentence(
      Finding(.alreadyAssigned, .error, field: .extensionNumber, text: "a@b.c"),
      "101",
      #"rcExtension "101": the extension belongs to a@b.c, who does not give it up here"#
    ),
    Sentence(
      Finding(.alreadyAssigned, .error, field: .extensionNumber),
      "101",
      #"rcExtension "101": the extension belongs to somebody else"#
    ),
  ]

  @Test(arguments: sentences)
  func `a finding becomes a sentence`(sentence: Sentence) {
    #expect(ReasonText.message(sentence.finding, value: sentence.value) == sentence.message)
    if let hint = sentence.hint { #expect(ReasonText.hint(sentence.finding) == hint) }
  }

  @Test(arguments: [
    ("a\u{0}b", #""a\u{0}b""#), ("a\nb\t", #""a\u{A}b\u{9}""#), ("say \"x\"", #""say \"x\"""#),
    ("a\\b", #""a\\b""#), ("a\u{202E}b", #""a\u{202E}b""#), ("a\u{200B}", #""a\u{200B}""#),
    ("12\u{A0}", #""12\u{A0}""#), ("Zoë 李", #""Zoë 李""#), ("\u{7F}", #""\u{7F}""#),
    ("\r\n", #""\u{D}\u{A}""#),
    (String(repeating: "x", count: 40), "\"" + String(repeating: "x", count: 40) + "\""),
    (String(repeating: "x", count: 41), "\"" + String(repeating: "x", count: 40) + "\u{2026}\""),
  ])
  func `a value is shown short and with what cannot be seen written out`(
    value: String,
    shown: String
  ) {
    let message = ReasonText.message(Finding(.cellMasked, .error, field: .name), value: value)
    #expect(message == "name \(shown): the value is masked")
  }

  @Test(arguments: ReasonCode.allCases)
  func `sentences never show their blanks`(code: ReasonCode) {
    let bare = Finding(code, code.entry.severity)
    let full = Finding(
      code,
      code.entry.severity,
      field: .extensionNumber,
      number: 2,
      limit: 3,
      text: "7",
      suggestion: "1234"
    )
    for finding in [bare, full] {
      for text in [ReasonText.message(finding, value: "5"), ReasonText.hint(finding) ?? "A hint"] {
        #expect(!text.isEmpty)
        for blank in ["{", "}", "[", "]", "  ", "nil", "Optional"] {
          #expect(!text.contains(blank), "\(text)")
        }
        #expect(text.first?.isLowercase == false || finding.field != nil, "\(text)")
        #expect(text.last != ".", "\(text)")
      }
    }
  }

  @Test
  func `what is only told has no hint`() {
    #expect(ReasonText.hint(Finding(.cellOuterSpace, .note, field: .userID)) == nil)
  }
}
