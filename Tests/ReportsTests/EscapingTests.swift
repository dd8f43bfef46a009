import ImportModel
import Reports
import Support
import Testing

struct EscapingTests {
  static let table: [(text: String, escaped: String)] = [
    ("", ""),
    ("plain", "plain"),
    ("\"", #"\""#),
    ("\\", #"\\"#),
    ("a\\\"b", #"a\\\"b"#),
    ("/", "/"),
    ("\u{0}", #"\u0000"#),
    ("a\nb", #"a\u000ab"#),
    ("a\r\nb", #"a\u000d\u000ab"#),
    ("\t", #"\u0009"#),
    ("\u{1B}[31mred", #"\u001b[31mred"#),
    ("\u{1F}", #"\u001f"#),
    ("\u{7F}", #"\u007f"#),
    ("\u{80}", #"\u0080"#),
    ("\u{9B}", #"\u009b"#),
    ("\u{9F}", #"\u009f"#),
    ("\u{A0}", "\u{A0}"),
    ("\u{2028}\u{2029}", #"\u2028\u2029"#),
    ("\u{202E}", #"\u202e"#),
    ("\u{200E}\u{200F}", #"\u200e\u200f"#),
    ("\u{2066}\u{2069}", #"\u2066\u2069"#),
    ("\u{61C}", #"\u061c"#),
    ("\u{FEFF}", #"\ufeff"#),
    ("\u{2027}\u{202F}\u{2065}", "\u{2027}\u{202F}\u{2065}"),
    ("é€😀\u{FFFD}", "é€😀\u{FFFD}"),
  ]

  @Test(arguments: table)
  func `text is escaped, and reads back as it was`(_ text: String, _ escaped: String) throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let row = ExplainedRow.of(
      plan,
      0,
      userID: text,
      findings: [Finding(.objectidNotHex, .error, field: .userID)]
    )
    let line = try written({ NDJSONReport(to: $0) }) { try $0.write(row, of: plan) }
    #expect(line.hasPrefix("{\"row\":2,\"userId\":\"\(escaped)\",\"rcExtension\":null,"))
    #expect(try JSONValue(parsing: line)["userId"]?.text == text)
  }

  @Test func `nothing that a terminal obeys stands in a line`() throws {
    let plan = Plan.of([("\u{1B}]0;title\u{7}", .users, [TestRow()]), ("b", .users, [])])
    let line = try writtenBytes({ NDJSONReport(to: $0) }) { try $0.write(plain: 0..<1, of: plan) }
    #expect(line.filter { $0 < 0x20 } == [0x0A])
  }
}
