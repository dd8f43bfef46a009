import Support
import Testing

@Suite(.blocking) struct ReportLineTests {
  private static let applied =
    #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"applied","status":200,"message":"RingCentral extension updated successfully","data":{}}"#
  private static let wouldApply =
    #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"would_apply","status":200,"message":"RingCentral extension would be updated","data":{}}"#
  /// How a rejected line begins; the reasons follow.
  private static let rejected =
    #"{"row":3,"userId":"64b7f1a2e4b0a5d3f9c12346","rcExtension":"12a4","outcome":"rejected","status":400,"error":{"code":"VALIDATION_ERROR","message":"rcExtension \"12a4\": \"a\" at position 3 is not a digit"},"reasons":[{"code":"extension_not_digits","severity":"error","field":"rcExtension","message":""#

  private static let input = """
    userId,rcExtension
    64b7f1a2e4b0a5d3f9c12345,1234
    64b7f1a2e4b0a5d3f9c12346,12a4

    """

  @Test func `lines are as the contract has them`() throws {
    let place = try Workspace()
    try place.write(Self.input, to: "users.csv")
    let dry = try place.run("validate", "users.csv", "--unknown-users", "create").outputLines
    #expect(dry.count == 2)
    #expect(dry.first == Self.wouldApply)
    #expect(dry.last?.hasPrefix(Self.rejected) == true)
    #expect(dry.last?.hasSuffix(#"],"line":3}"#) == true)
    let wet = try place.run("apply", "users.csv", "--unknown-users", "create").outputLines
    #expect(wet.first == Self.applied)
    #expect(wet.last == dry.last)
  }

  /// Rows for every outcome, with the flags that make them.
  static let outcomes: [(flags: [String], outcomes: [String], status: [Int])] = [
    (["validate"], ["would_apply", "unchanged", "rejected", "rejected"], [200, 200, 400, 404]),
    (
      ["validate", "--atomic"], ["unprocessed", "unchanged", "rejected", "rejected"],
      [500, 200, 400, 404]
    ),
    (["apply"], ["applied", "unchanged", "rejected", "rejected"], [200, 200, 400, 404]),
  ]

  @Test(arguments: outcomes)
  func `every line is valid by the schema and has its keys in order`(
    _ expected: (flags: [String], outcomes: [String], status: [Int])
  ) throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "2001"), (2, "1002"), (1, "1 001"), (9, "1009")), to: "users.csv")
    let result = try place.run(expected.flags + ["users.csv", "--on-duplicate", "keep-first"])
    let report = try result.report
    #expect(report.map(\.outcome) == expected.outcomes)
    #expect(report.map(\.status) == expected.status)
    let order = [
      "file", "row", "userId", "rcExtension", "outcome", "status", "message", "data", "error",
      "previous", "reasons", "line",
    ]
    for line in report {
      #expect(try line.schemaProblems == [])
      #expect(line.keys == order.filter { line.keys.contains($0) })
    }
  }

  @Test func `one line for every row in the order of the input`() throws {
    let place = try Workspace()
    let rows = (1...500).map { (user: $0, number: $0 % 7 == 0 ? "bad" : "\(20000 + $0)") }
    try place.write(list(rows), to: "users.csv")
    let report = try place.run("validate", "users.csv", "--unknown-users", "create").report
    #expect(report.map(\.row) == Array(2...501))
    #expect(report.map(\.userID) == rows.map { id($0.user) })
  }

  @Test func `a good row shows the normal form and a bad row what stood there`() throws {
    let place = try Workspace()
    try place.write(
      """
      userId,rcExtension
       64B7F1A2E4B0A5D3F9C12345 , 1234\u{20}
      "ObjectId(""64b7f1a2e4b0a5d3f9c12346"")",1235
      ObjectId(64B7F1A2E4B0A5D3F9C12347),1236
      "{""$oid"":""64b7f1a2e4b0a5d3f9c12348""}",1237
       64B7F1A2E4B0A5D3F9C12349,12x4

      """,
      to: "users.csv"
    )
    let report = try place.run("validate", "users.csv", "--unknown-users", "create").report
    #expect(
      report.prefix(4).map(\.userID) == [
        "64b7f1a2e4b0a5d3f9c12345", "64b7f1a2e4b0a5d3f9c12346", "64b7f1a2e4b0a5d3f9c12347",
        "64b7f1a2e4b0a5d3f9c12348",
      ]
    )
    #expect(report.prefix(4).map(\.rcExtension) == ["1234", "1235", "1236", "1237"])
    #expect(report.prefix(4).allSatisfy { $0.outcome == "would_apply" && $0.codes.isEmpty })
    #expect(report.last?.userID == " 64B7F1A2E4B0A5D3F9C12349")
    #expect(report.last?.rcExtension == "12x4")
  }

  @Test func `invalid UTF-8 is shown as replacement characters`() throws {
    let place = try Workspace()
    try place.write(
      Array("userId,rcExtension\n\(id(1)),12".utf8) + [0xFF] + Array("4\n\(id(2)),1235\n".utf8),
      to: "users.csv"
    )
    let report = try place.run(
      "validate",
      "users.csv",
      "--unknown-users",
      "create",
      "--encoding",
      "UTF-8"
    ).report
    #expect(report.map(\.outcome) == ["rejected", "would_apply"])
    #expect(report.first?.rcExtension == "12\u{FFFD}4")
  }

  @Test func `control characters in values never reach the report as they are`() throws {
    let place = try Workspace()
    try place.write(
      "userId,rcExtension\n\(id(1)),12\u{1B}[31m4\n\"\(id(2))\",\"12\n34\"\n",
      to: "users.csv"
    )
    let result = try place.run("validate", "users.csv", "--unknown-users", "create")
    #expect(result.outputLines.count == 2)
    #expect(!result.out.contains("\u{1B}"))
    #expect(try result.report.map(\.outcome) == ["rejected", "rejected"])
  }

  @Test func `notes are shown when asked for`() throws {
    let place = try Workspace()
    try place.write("userId,rcExtension\n\(id(1)), 1234\n", to: "users.csv")
    let arguments = ["validate", "users.csv", "--unknown-users", "create"]
    #expect(try place.run(arguments).report.map(\.codes) == [[]])
    let report = try place.run(arguments + ["--notes"]).report
    #expect(report.map(\.codes) == [["cell_outer_space"]])
    #expect(report.map(\.status) == [200])
    #expect(report.map(\.line) == [2])
  }

  @Test func `the report of problems leaves out rows without reasons`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "x"), (3, "1003")), to: "users.csv")
    let report = try place.run(
      "validate",
      "users.csv",
      "--unknown-users",
      "create",
      "--problems-only"
    ).report
    #expect(report.map(\.row) == [3])
  }

  @Test func `all problems of a row are told`() throws {
    let place = try Workspace()
    try place.write(
      "userId,firstName,email,rcExtension\n6.4E+23,#REF!,not an address,12-34\n",
      to: "people.csv"
    )
    let line = try #require(try place.run("validate", "people.csv").report.first)
    #expect(line.codes.contains("objectid_excel_scientific"))
    #expect(line.codes.contains("cell_excel_error"))
    #expect(line.codes.contains("extension_separators"))
    #expect(line.reason("extension_separators")?["suggested"]?.text == "1234")
  }
}
