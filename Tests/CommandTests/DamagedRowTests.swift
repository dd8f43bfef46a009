import Support
import Testing

/// One damaged row never costs another.
@Suite(.blocking) struct DamagedRowTests {
  /// A record between two good ones, and the codes that it gets.
  static let damages: [(record: String, code: String)] = [
    ("\(id(2))", "ragged_row_short"),
    ("\(id(2)),Bob", "ragged_row_short"),
    ("\(id(2)),Bob,1002,extra", "ragged_row_long"),
    ("\(id(2)),B\"o\"b,1002", "stray_quote"),
    ("\(id(2)),\"Bob\" Smith,1002", "text_after_quote"),
    ("\(id(2)),\"Bob,1002", "unterminated_quote"),
    ("\"\(id(2)),Bob,1002", "unterminated_quote"),
    ("\(id(2)),Bob,\"1002", "unterminated_quote"),
    ("\(id(2)),B\0b,1002", "nul_byte"),
    ("\(id(2)),Bob,10\u{7}02", "cell_control_char"),
    ("\(id(2)),B\u{FFFD}b,1002", "cell_replacement_char"),
    ("\(id(2)),Bob,\(String(repeating: "1", count: 100_000))", "extension_too_long"),
    ("\(id(2)),Bob,\(String(repeating: "9", count: 40))", "extension_too_long"),
    ("\(id(2)),Bob,99999999999999999999999", "extension_too_long"),
  ]

  @Test(arguments: damages)
  func `only the damaged row is rejected`(_ damage: (record: String, code: String)) throws {
    let place = try Workspace()
    let good = [1, 3, 4, 5].map { "\(id($0)),Ann,100\($0)\n" }
    let text = "userId,firstName,rcExtension\n\(good[0])\(damage.record)\n" + good[1...].joined()
    try place.write(text, to: "people.csv")
    let result = try place.run("apply", "people.csv")
    #expect(result.code == 2)
    let report = try result.report
    #expect(report.map(\.row) == [2, 3, 4, 5, 6])
    #expect(report.map(\.outcome) == ["applied", "rejected", "applied", "applied", "applied"])
    #expect(report[1].codes.contains(damage.code), "\(report[1].codes)")
    #expect(report[1].line == 3)
    #expect(try place.assignments().count == 4)
    #expect(try report.flatMap { try $0.schemaProblems } == [])
  }

  @Test(arguments: [5000, 100_000], [0, 1, 2])
  func `a row of very many fields costs that row`(_ fieldCount: Int, _ place: Int) throws {
    let folder = try Workspace()
    var rows = ["\(id(1)),1001", "\(id(3)),1003"]
    rows.insert("\(id(2)),1002" + String(repeating: ",x", count: fieldCount), at: place)
    let text = "userId,rcExtension\n" + rows.map { $0 + "\n" }.joined()
    let result = try folder.run("validate", "-", "--unknown-users", "create", input: .text(text))
    #expect(result.code == 2, "\(result.err)")
    var expected = ["would_apply", "would_apply"]
    expected.insert("rejected", at: place)
    #expect(try result.report.map(\.outcome) == expected)
  }

  @Test func `an unclosed quote in the last row costs that row`() throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      input: .text(list((1, "1001"), (2, "1002")) + "\(id(3)),\"1003\n")
    )
    #expect(result.code == 2)
    #expect(try result.report.map(\.outcome) == ["would_apply", "would_apply", "rejected"])
  }

  @Test func `an unclosed quote far from the end costs its row only`() throws {
    let place = try Workspace()
    let rows = (1...3000).map { "\(id($0)),\(10000 + $0)\n" }
    let text =
      "userId,rcExtension\n" + rows[..<50].joined() + "\(id(5000)),\"77\n"
      + rows[50...].joined()
    try place.write(text, to: "users.csv")
    let result = try place.run(
      "validate",
      "users.csv",
      "--unknown-users",
      "create",
      "--summary",
      "summary.json"
    )
    #expect(result.code == 2)
    let outcomes = try place.summary(in: "summary.json")["outcomes"]
    #expect(outcomes?["rejected"] == .number(1))
    #expect(outcomes?["would_apply"] == .number(3000))
  }

  @Test func `a field above the bound costs its row`() throws {
    let place = try Workspace()
    let big = String(repeating: "x", count: 70_000)
    try place.write(
      "userId,firstName,rcExtension\n\(id(1)),\(big),1001\n\(id(2)),\"\(big)\",1002\n\(id(3)),Ann,1003\n",
      to: "people.csv"
    )
    let free = try place.run("validate", "people.csv", "--max-field-bytes", "100K")
    #expect(try free.report.map(\.outcome).last == "would_apply")
    let bounded = try place.run("validate", "people.csv", "--max-field-bytes", "64K")
    #expect(bounded.code == 2)
    #expect(
      try bounded.report.map(\.codes) == [["field_too_long"], ["field_too_long"], []]
    )
    let row = try place.run("validate", "people.csv", "--max-row-bytes", "64K")
    #expect(try row.report.map(\.outcome) == ["rejected", "rejected", "would_apply"])
  }

  @Test func `a file that ends in the middle of a row is told`() throws {
    let place = try Workspace()
    try place.write(
      "userId,firstName,rcExtension\n\(id(1)),Ann,1001\n\(id(2)),Bo",
      to: "people.csv"
    )
    let result = try place.run("validate", "people.csv", "--summary", "summary.json")
    #expect(result.code == 2)
    #expect(try place.text(of: "summary.json").contains("file_truncated"))
  }
}
