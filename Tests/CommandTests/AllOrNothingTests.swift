import Support
import Testing

@Suite(.blocking) struct AllOrNothingTests {
  /// Nine good rows and a bad one.
  private static let tenth = list((1...9).map { ($0, "100\($0)") }) + "\(id(10)),10a0\n"

  private func expectNothingWritten(_ place: Workspace, _ result: RunResult) throws {
    #expect(result.code == 3)
    #expect(try place.storesNothing())
    let outcomes = try result.report.map(\.outcome)
    #expect(outcomes.dropLast().allSatisfy { $0 == "unprocessed" })
    #expect(outcomes.last == "rejected")
    #expect(try result.report.dropLast().allSatisfy { $0.errorCode == "SERVER_ERROR" })
  }

  @Test(arguments: [["--atomic"], ["--max-errors", "0"], ["--max-errors", "9%"]])
  func `a limit that is passed keeps all rows from being written`(_ limit: [String]) throws {
    let place = try Workspace()
    try place.write(Self.tenth, to: "users.csv")
    let result = try place.run(["apply", "users.csv", "--unknown-users", "create"] + limit)
    try expectNothingWritten(place, result)
    #expect(result.err.contains("stopped early"))
  }

  @Test(arguments: [["--max-errors", "1"], ["--max-errors", "10%"], ["--max-errors", "10.5%"]])
  func `a limit that is kept lets the good rows through`(_ limit: [String]) throws {
    let place = try Workspace()
    try place.write(Self.tenth, to: "users.csv")
    let result = try place.run(["apply", "users.csv", "--unknown-users", "create"] + limit)
    #expect(result.code == 2)
    #expect(try place.assignments().count == 9)
  }

  @Test(arguments: [["--atomic"], ["--max-errors", "0"]])
  func `a dry run tells that the limit would stop the apply`(_ limit: [String]) throws {
    let place = try Workspace()
    try place.write(Self.tenth, to: "users.csv")
    let result = try place.run(["validate", "users.csv", "--unknown-users", "create"] + limit)
    #expect(result.code == 3)
    #expect(result.err.contains("stopped early"))
  }

  @Test func `an atomic apply of good rows only goes through`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run("apply", "users.csv", "--unknown-users", "create", "--atomic")
    #expect(result.code == 0)
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `a brake on changes looks at the present assignments only`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"), (3, "1003"), (4, "1004"))
    // Two of four are changed; the new user changes no present assignment.
    try place.write(list((1, "2001"), (2, "2002"), (5, "2005"), (3, "1003")), to: "users.csv")
    let arguments = ["apply", "users.csv", "--unknown-users", "create", "--max-change"]
    let stopped = try place.run(arguments + ["49%"])
    #expect(stopped.code == 3)
    #expect(try stopped.report.map(\.outcome).contains("applied") == false)
    #expect(try place.assignments().count == 4)
    #expect(try place.assignments()[id(1)] == "1001")
    let passed = try place.run(arguments + ["50%"])
    #expect(passed.code == 0)
    #expect(try place.assignments()[id(1)] == "2001")
  }

  @Test func `a document that breaks off at its end writes nothing`() throws {
    let place = try Workspace()
    let rows = (1...2000).map {
      "<user><userId>\(id($0))</userId><rcExtension>\(10000 + $0)</rcExtension></user>\n"
    }.joined()
    try place.write("<users>\n\(rows)<user><userId>\(id(7))</userId></users>\n", to: "users.xml")
    let result = try place.run(
      "apply",
      "users.xml",
      "--unknown-users",
      "create",
      "--report",
      "report.ndjson"
    )
    #expect(result.code == 65)
    #expect(result.err.contains("users.xml:2002:"))
    #expect(try place.names() == ["users.xml"])
    #expect(try place.storesNothing())
  }

  @Test func `a bad second input keeps the first from being written`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "good.csv")
    try place.write("<users><user>", to: "bad.xml")
    let result = try place.run("apply", "good.csv", "bad.xml", "--unknown-users", "create")
    #expect(result.code == 65)
    #expect(result.err.contains("bad.xml"))
    #expect(try place.storesNothing())
  }
}
