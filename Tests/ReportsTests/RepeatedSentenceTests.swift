import ImportModel
import Reports
import Support
import Testing

/// What one finding says must not depend on what others said before it.
struct RepeatedSentenceTests {
  private static let values = [
    "64b7f1a2e4b0a5d3f9c1234", "", "a \"b\" \\c", "h\u{E4}\u{DF}lich", "a\tb",
    "exactly sixteen.", "fifteen letters", String(repeating: "x", count: 40),
    String(repeating: "x", count: 41), String(repeating: "\u{E9}", count: 40),
    String(repeating: "x", count: 39) + "\"",
  ]

  @Test(arguments: ReasonCode.allCases)
  func `a sentence is the same however often it was said`(code: ReasonCode) throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    var findings: [(finding: Finding, value: String)] = []
    for (place, value) in (Self.values + Self.values).enumerated() {
      for number in [1, 2, 24, 257, 2] {
        for field in [Field.userID, nil, .userID] {
          var finding = Finding(code, .error, field: field, number: number, limit: place % 3)
          if number == 257 { finding.text = "row \(place)" }
          if number == 24, place % 2 == 0 { finding.suggestion = "s\(place)" }
          findings.append((finding, value))
        }
      }
    }
    let lines = try written({ NDJSONReport(to: $0) }) { report in
      for (finding, value) in findings {
        let values: [Field: String] = finding.field.map { [$0: value] } ?? [:]
        try report.write(.of(plan, 0, findings: [finding], values: values), of: plan)
      }
    }
    for (line, said) in zip(lines.split(separator: "\n"), findings) {
      let reasons = try JSONValue(parsing: String(line))["reasons"]?.elements
      let message = reasons?.first?["message"]?.text
      let value = said.finding.field == nil ? nil : said.value
      #expect(message == ReasonText.message(said.finding, value: value))
    }
  }
}
