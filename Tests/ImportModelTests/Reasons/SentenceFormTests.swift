import Bytes
import ImportModel
import Testing

/// What is written as JSON at once is what one gets who escapes the sentence for people.
struct SentenceFormTests {
  private static let texts: [String?] = [
    nil, "", "a", "12", "3, 9 and 2 more", "b.csv row 7", #"say "no" to C:\dir"#, "\"", #"\\"#,
    "Zo\u{EB} \u{1F600}\u{10FFFF}", "\u{0}\u{1B}[2J\n\t\u{7F}\u{85}",
    "\u{202E}\u{2066}\u{FEFF}\u{2028}\u{200B}\u{A0}\u{E000}",
    String(repeating: #"x""#, count: 20) + "\u{7}", String(repeating: #"\y"#, count: 41),
  ]

  @Test(arguments: ReasonCode.allCases)
  func `sentences in JSON are those for people with escapes`(code: ReasonCode) {
    for severity in Severity.allCases {
      for field in [nil, Field.userID] {
        for (place, text) in Self.texts.enumerated() {
          let other = Self.texts[(place * 5 + 3) % Self.texts.count]
          for number in [0, 1, 46] {
            let finding = Finding(
              code,
              severity,
              field: field,
              number: number,
              limit: number / 2,
              text: text,
              suggestion: other
            )
            expectEqualForms(finding, value: text)
            expectEqualForms(finding, value: other)
          }
        }
      }
    }
  }

  private func expectEqualForms(_ finding: Finding, value: String?) {
    var list = FindingList()
    list.append(finding)
    list[0].value = list.keep(value)
    let message = ReasonText.message(finding, value: value)
    #expect(
      json { ReasonText.append(messageOf: list[0], of: list, as: .json, to: &$0) }
        == escaped(message),
      "\(message)"
    )
    var saysHint = false
    let hint = json { text in
      saysHint = ReasonText.append(hintOf: list[0], of: list, as: .json, to: &text)
    }
    #expect(saysHint == (ReasonText.hint(finding) != nil))
    #expect(hint == escaped(ReasonText.hint(finding) ?? ""))
  }

  private func json(_ body: (inout ByteBuffer) -> Void) -> String {
    var text = ByteBuffer()
    text.append("\"")
    body(&text)
    text.append("\"")
    return String(utf8: text.span)
  }

  private func escaped(_ text: String) -> String {
    var json = ByteBuffer()
    json.append(json: text)
    return String(utf8: json.span)
  }
}
