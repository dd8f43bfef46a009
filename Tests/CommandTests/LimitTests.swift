import Support
import Testing

/// Small forms of what `Tests/Limits/run` tries at full size: the answer is clear, and what is too
/// long does not stop the rows before it.
@Suite(.blocking) struct LimitTests {
  private static let good = "\(id(1)),1001\n"
  private static let header = "userId,rcExtension\n"
  private static let element =
    "<user><userId>\(id(1))</userId><rcExtension>1001</rcExtension></user>"
  private static let size = 3 << 20

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var start = ""
    /// What is repeated up to the size.
    var unit: String
    var count = LimitTests.size
    var end = ""
    /// The reason of the row, for which the run goes on, or words of the refusal.
    var code: String?
    var refusal: String?
  }

  static let cases = [
    Case(
      testDescription: "a field",
      start: header + good + "\(id(2)),",
      unit: "7",
      end: "\n",
      code: "row_too_long"
    ),
    Case(
      testDescription: "a quoted field",
      start: header + good + "\(id(2)),\"",
      unit: "7",
      end: "\"\n",
      code: "row_too_long"
    ),
    Case(testDescription: "only quotes", unit: "\"", refusal: "no column holds it"),
    Case(testDescription: "only line ends", unit: "\n", refusal: "no content"),
    Case(testDescription: "only delimiters", unit: ",", refusal: "too many columns"),
    Case(
      testDescription: "a header of 100,000 columns",
      start: "userId,rcExtension",
      unit: ",c",
      count: 100_000,
      end: "\n" + good,
      refusal: "too many columns"
    ),
    Case(
      testDescription: "a row of 100,000 columns",
      start: header + good + "\(id(2)),1002",
      unit: ",c",
      count: 100_000,
      end: "\n",
      code: "ragged_row_long"
    ),
    Case(
      testDescription: "a text",
      start: "<users>\(element)<user><userId>",
      unit: "x",
      end: "</userId><rcExtension>1002</rcExtension></user></users>",
      code: "row_too_long"
    ),
    Case(
      testDescription: "an attribute",
      start: "<users>\(element)<user a='",
      unit: "x",
      end: "'/></users>",
      refusal: "has more than 1048576 bytes"
    ),
    Case(
      testDescription: "depth",
      start: "<users>\(element)",
      unit: "<user><c>",
      count: 100_000,
      refusal: "nested more than 64 levels"
    ),
  ]

  @Test(arguments: cases)
  func `too much of anything is told`(_ example: Case) throws {
    let place = try Workspace()
    let unit = Array(example.unit.utf8)
    let middle = Array(repeatElement(unit, count: example.count).joined())
    try place.write(Array(example.start.utf8) + middle + Array(example.end.utf8), to: "input")
    let path = ["--unknown-users", "create", "--quiet", "--out-dir", "proof"]
    let result = try place.run(["validate", "input"] + path)
    if let refusal = example.refusal {
      #expect(result.code == 65)
      #expect(result.isOneSentence && result.err.contains(refusal), "\(result.err)")
    } else {
      #expect(result.code == 2, "\(result.err)")
      let report = try place.report(in: "proof/report.ndjson")
      #expect(report.map(\.outcome).contains("rejected"))
      #expect(
        report.last?.codes.contains(example.code ?? "") == true,
        "\(report.last?.codes ?? [])"
      )
      #expect(place.byteCount(of: "proof/report.ndjson") < 100_000)
    }
  }

  /// Lists in which all rows have the same to be said about them, and the outcome of the last.
  static let lists:
    [(name: String, row: @Sendable (Int) -> String, outcome: String, code: String)] =
      [
        ("bad", { "zz\($0),1a\($0)\n" }, "rejected", "objectid_wrong_length"),
        ("the same", { _ in "\(id(1)),1001\n" }, "unchanged", "duplicate_row"),
        ("one extension", { "\(id($0)),1001\n" }, "rejected", "duplicate_in_file"),
        ("one user", { "\(id(1)),\(10_000 + $0)\n" }, "rejected", "user_repeated_conflict"),
      ]

  @Test(arguments: lists)
  func `rows that are all alike each get their line, which stays short`(
    _ list: (name: String, row: @Sendable (Int) -> String, outcome: String, code: String)
  ) throws {
    let place = try Workspace()
    try place.write(Self.header + (1...3000).map(list.row).joined(), to: "users.csv")
    let result = try place.run(
      "validate",
      "users.csv",
      "--unknown-users",
      "create",
      "--quiet",
      "--out-dir",
      "proof"
    )
    #expect(result.code == (list.outcome == "rejected" ? 2 : 0))
    let report = try place.report(in: "proof/report.ndjson")
    #expect(report.count == 3000)
    #expect(report.last?.outcome == list.outcome)
    #expect(report.last?.codes.contains(list.code) == true, "\(report.last?.codes ?? [])")
    // Rows name some of those they stand against, not all.
    #expect(place.byteCount(of: "proof/report.ndjson") < 3000 * 1200)
  }
}
