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
      "The row says the same as row 7; it counts once"
    ),
    Sentence(
      Finding(.duplicateRow, .warning, number: 7, text: "b.csv row 7"),
      "The row says the same as b.csv row 7; it counts once"
    ),
    Sentence(
      Finding(.duplicateRow, .warning, number: 7),
      "The row says the same as row 7; it counts once"
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
