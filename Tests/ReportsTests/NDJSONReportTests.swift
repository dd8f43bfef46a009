import ImportModel
import Reports
import Support
import Testing

struct NDJSONReportTests {
  private static let id = "64b7f1a2e4b0a5d3f9c12345"

  /// One plain row and the line that it must give.
  struct PlainCase: Sendable, CustomTestStringConvertible {
    var name: String
    var row: TestRow
    var kind = InputKind.users
    var line: String
    var testDescription: String { name }
  }

  static let plainCases: [PlainCase] = [
    PlainCase(
      name: "applied",
      row: TestRow(),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"applied","status":200,"message":"RingCentral extension updated successfully","data":{}}"#
    ),
    PlainCase(
      name: "would apply",
      row: TestRow(number: "0012", outcome: .wouldApply),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"0012","outcome":"would_apply","status":200,"message":"RingCentral extension would be updated","data":{}}"#
    ),
    PlainCase(
      name: "applied with a previous number",
      row: TestRow(previous: "0099"),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"applied","status":200,"message":"RingCentral extension updated successfully","data":{},"previous":"0099"}"#
    ),
    PlainCase(
      name: "unchanged",
      row: TestRow(outcome: .unchanged),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"unchanged","status":200,"message":"RingCentral extension unchanged","data":{}}"#
    ),
    PlainCase(
      name: "removed",
      row: TestRow(number: nil, flags: .clears, previous: "1234"),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":null,"outcome":"applied","status":200,"message":"RingCentral extension removed","data":{},"previous":"1234"}"#
    ),
    PlainCase(
      name: "would be removed",
      row: TestRow(number: nil, outcome: .wouldApply, flags: .clears),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":null,"outcome":"would_apply","status":200,"message":"RingCentral extension would be removed","data":{}}"#
    ),
    PlainCase(
      name: "a user recorded",
      row: TestRow(number: nil),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":null,"outcome":"applied","status":200,"message":"User recorded","data":{}}"#
    ),
    PlainCase(
      name: "a user who keeps another number",
      row: TestRow(outcome: .wouldApply, flags: .recordsOnly),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"would_apply","status":200,"message":"User would be recorded","data":{}}"#
    ),
    PlainCase(
      name: "a user unchanged",
      row: TestRow(number: nil, outcome: .unchanged),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":null,"outcome":"unchanged","status":200,"message":"User unchanged","data":{}}"#
    ),
    PlainCase(
      name: "an extension recorded, whatever its id",
      row: TestRow(),
      kind: .extensions,
      line:
        #"{"row":2,"userId":null,"rcExtension":"1234","outcome":"applied","status":200,"message":"Extension recorded","data":{}}"#
    ),
    PlainCase(
      name: "an extension would be recorded",
      row: TestRow(outcome: .wouldApply),
      kind: .extensions,
      line:
        #"{"row":2,"userId":null,"rcExtension":"1234","outcome":"would_apply","status":200,"message":"Extension would be recorded","data":{}}"#
    ),
    PlainCase(
      name: "an extension unchanged",
      row: TestRow(outcome: .unchanged),
      kind: .extensions,
      line:
        #"{"row":2,"userId":null,"rcExtension":"1234","outcome":"unchanged","status":200,"message":"Extension unchanged","data":{}}"#
    ),
    PlainCase(
      name: "failed",
      row: TestRow(outcome: .failed),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"failed","status":500,"error":{"code":"SERVER_ERROR","message":"Internal server error"}}"#
    ),
    PlainCase(
      name: "unprocessed",
      row: TestRow(outcome: .unprocessed),
      line:
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"unprocessed","status":500,"error":{"code":"SERVER_ERROR","message":"More than 10 rows were rejected"}}"#
    ),
  ]

  @Test(arguments: plainCases)
  func `a plain row has exactly its line, on the fast way and on the slow one`(
    _ example: PlainCase
  ) throws {
    let plan = Plan.of([("in.csv", example.kind, [example.row])])
    let make = { NDJSONReport(to: $0, stopMessage: "More than 10 rows were rejected") }
    let fast = try written(make) { try $0.write(plain: 0..<1, of: plan) }
    let slow = try written(make) {
      let row = ExplainedRow.of(
        plan,
        0,
        userID: example.kind == .users ? example.row.id : nil,
        number: example.row.number,
        previous: example.row.previous
      )
      try $0.write(row, of: plan)
    }
    #expect(fast == example.line + "\n")
    #expect(slow == fast)
    #expect(try ReportSchema.line.problems(in: fast) == [])
  }

  @Test func `a rejected row carries the API's error and all its reasons`() throws {
    let plan = Plan.of([TestRow(number: nil, outcome: .rejected, flags: .rejected)])
    let findings = [
      Finding(.extensionLetters, .error, field: .extensionNumber, suggestion: "124"),
      Finding(.duplicateRow, .warning),
    ]
    let row = ExplainedRow.of(
      plan,
      0,
      userID: Self.id,
      number: "12a4",
      findings: findings,
      values: [.extensionNumber: "12a4"]
    )
    let first = ReasonText.message(findings[0], value: "12a4")
    let second = ReasonText.message(findings[1], value: nil)
    let text = try written({ NDJSONReport(to: $0) }) { try $0.write(row, of: plan) }
    #expect(
      text
        == #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12a4","outcome":"rejected","status":400,"error":{"code":"VALIDATION_ERROR","message":"#
        + "\(json(first))},"
        + #""reasons":[{"code":"extension_letters","severity":"error","field":"rcExtension","message":"#
        + json(first) + hint(findings[0])
        + #","suggested":"124"},{"code":"duplicate_row","severity":"warning","message":"#
        + json(second) + hint(findings[1]) + "}],\"line\":2}\n"
    )
    #expect(try ReportSchema.line.problems(in: text) == [])
  }

  @Test func `an unknown user is 404`() throws {
    let plan = Plan.of([TestRow(outcome: .rejected, flags: .rejected)])
    let findings = [Finding(.userNotFound, .error, field: .userID)]
    let row = ExplainedRow.of(plan, 0, userID: Self.id, number: "1234", findings: findings)
    let text = try written({ NDJSONReport(to: $0) }) { try $0.write(row, of: plan) }
    #expect(text.contains(#""status":404,"error":{"code":"USER_NOT_FOUND","message":"#))
    #expect(try ReportSchema.line.problems(in: text) == [])
  }

  @Test func `a row with a warning keeps its 200, and its previous number stands before reasons`()
    throws
  {
    let plan = Plan.of([TestRow(previous: "99")])
    let findings = [Finding(.cellNBSP, .warning, field: .extensionNumber)]
    let row = ExplainedRow.of(
      plan,
      0,
      userID: Self.id,
      number: "1234",
      findings: findings,
      previous: "99"
    )
    let text = try written({ NDJSONReport(to: $0) }) { try $0.write(row, of: plan) }
    #expect(
      text.hasPrefix(
        #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"applied","status":200,"message":"RingCentral extension updated successfully","data":{},"previous":"99","reasons":[{"code":"cell_nbsp","severity":"warning","field":"rcExtension","message":"#
      )
    )
    #expect(try ReportSchema.line.problems(in: text) == [])
  }

  @Test func `a failed row says why with its error, not with a warning`() throws {
    let plan = Plan.of([TestRow(outcome: .failed), TestRow(outcome: .failed)])
    let warning = Finding(.cellNBSP, .warning, field: .extensionNumber)
    let error = Finding(.cancelled, .error)
    let text = try written({ NDJSONReport(to: $0) }) {
      try $0.write(.of(plan, 0, findings: [warning]), of: plan)
      try $0.write(.of(plan, 1, findings: [error, warning]), of: plan)
    }
    let lines = text.split(separator: "\n")
    #expect(
      lines[0].contains(#""error":{"code":"SERVER_ERROR","message":"Internal server error"}"#)
    )
    let message = json(ReasonText.message(error, value: nil))
    #expect(lines[1].contains(#""error":{"code":"SERVER_ERROR","message":"# + message + "}"))
  }

  @Test func `with several inputs each line begins with its file, escaped`() throws {
    let plan = Plan.of([
      ("a\"b.csv", .users, [TestRow(outcome: .unchanged)]),
      ("empty.csv", .users, []),
      ("c.xml", .extensions, [TestRow(number: "77"), TestRow(number: "78")]),
    ])
    let text = try written({ NDJSONReport(to: $0) }) {
      try $0.write(plain: 0..<1, of: plan)
      try $0.write(plain: 1..<1, of: plan)
      try $0.write(plain: 1..<2, of: plan)
      try $0.write(.of(plan, 2, number: "78"), of: plan)
    }
    #expect(
      text == """
        {"file":"a\\"b.csv","row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"unchanged","status":200,"message":"RingCentral extension unchanged","data":{}}
        {"file":"c.xml","row":2,"userId":null,"rcExtension":"77","outcome":"applied","status":200,"message":"Extension recorded","data":{}}
        {"file":"c.xml","row":3,"userId":null,"rcExtension":"78","outcome":"applied","status":200,"message":"Extension recorded","data":{}}

        """
    )
  }

  @Test func `problems only leaves out rows without reasons`() throws {
    let plan = Plan.of([TestRow(), TestRow(), TestRow()])
    let findings = [Finding(.cellNBSP, .warning, field: .extensionNumber)]
    let text = try written({ NDJSONReport(to: $0, problemsOnly: true) }) {
      try $0.write(plain: 0..<1, of: plan)
      try $0.write(.of(plan, 1, userID: Self.id, number: "1234", findings: findings), of: plan)
      try $0.write(.of(plan, 2, userID: Self.id, number: "1234"), of: plan)
    }
    #expect(text.hasPrefix(#"{"row":3,"#))
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test func `a big plan gives the same bytes on the fast way and on the slow one`() throws {
    var random = SplitMix(state: 7)
    let rows = (0..<20_000).map { place -> TestRow in
      let id = String(random.next() | 1 << 63, radix: 16) + "0000000\(place % 10)"
      let number = String(repeating: "0", count: place % 5) + "\(10 + random.next() % 90_000)"
      let outcomes: [Outcome] = [.applied, .wouldApply, .unchanged, .failed, .unprocessed]
      return TestRow(
        id: id,
        number: place % 17 == 0 ? nil : number,
        outcome: outcomes[place % outcomes.count],
        previous: place % 3 == 0 ? "\(100 + place)" : nil
      )
    }
    let half = rows.count / 2
    let plan = Plan.of([
      ("one.csv", .users, Array(rows[..<half])), ("two.csv", .users, Array(rows[half...])),
    ])
    let fast = try written({ NDJSONReport(to: $0) }) {
      try $0.write(plain: 0..<5, of: plan)
      try $0.write(plain: 5..<half, of: plan)
      try $0.write(plain: half..<rows.count, of: plan)
    }
    let slow = try written({ NDJSONReport(to: $0) }) {
      for (index, row) in rows.enumerated() {
        let explained = ExplainedRow.of(
          plan,
          index,
          userID: row.id,
          number: row.number,
          previous: row.previous
        )
        try $0.write(explained, of: plan)
      }
    }
    #expect(fast.utf8.count > 2 << 20)
    // A comparison in #expect would print megabytes.
    let areEqual = fast == slow
    #expect(areEqual)
  }

  /// Text as a JSON string, for text without anything to escape but quotes.
  private func json(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private func hint(_ finding: Finding) -> String {
    ReasonText.hint(finding).map { ",\"hint\":" + json($0) } ?? ""
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
