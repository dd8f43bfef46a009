import Support
import Testing

/// The commands that show what is there.
@Suite(.blocking) struct ListingTests {
  // MARK: - rows

  @Test func `rows shows what the reader sees before any check`() throws {
    let place = try Workspace()
    try place.write("a,b\n\" x \",=1+1\nshort\n,\n\"1\u{1B}2\",3\n", to: "any.csv")
    let lines = try place.run("rows", "any.csv").outputLines
    #expect(
      lines.prefix(2) == [#"{"header":["a","b"]}"#, #"{"row":2,"line":2,"fields":[" x ","=1+1"]}"#]
    )
    #expect(lines.count == 4)
    #expect(lines[2].hasPrefix(#"{"row":3,"line":3,"fields":["short"]"#))
    #expect(lines[3].hasPrefix(#"{"row":5,"line":5,"fields":["1\u001b2","3"]"#))
  }

  @Test func `rows names the files when there are several and can be cut short`() throws {
    let place = try Workspace()
    try place.write("a,b\n1,2\n3,4\n", to: "one.csv")
    try place.write(markup((1, "1001"), (2, "1002")), to: "two.xml")
    let result = try place.run("rows", "one.csv", "two.xml", "--limit", "1")
    #expect(result.code == 0)
    let lines = try result.outputLines.map { try JSONValue(parsing: $0) }
    #expect(lines.map { $0["file"]?.text } == ["one.csv", "one.csv", "two.xml"])
  }

  @Test func `rows shows everything before a fault and then tells it`() throws {
    let place = try Workspace()
    let good = (1...3000).map { "<user><userId>\($0)</userId></user>\n" }.joined()
    try place.write("<users>\n\(good)<user></users>", to: "users.xml")
    let result = try place.run("rows", "users.xml")
    #expect(result.code == 65)
    #expect(result.outputLines.count <= 3000)
    for line in result.outputLines { #expect((try? JSONValue(parsing: line)) != nil) }
    #expect(result.isOneSentence)
  }

  // MARK: - explain

  @Test func `every code of the report can be explained`() throws {
    let place = try Workspace()
    let codes =
      try ReportSchema.line.schema["$defs"]?["code"]?["enum"]?.elements
      .compactMap(\.text) ?? []
    #expect(codes.count > 100)
    let listed = try place.run("explain", "--json").outputLines.map { try JSONValue(parsing: $0) }
    #expect(listed.compactMap { $0["code"]?.text } == codes)
    let list = try place.run("explain").out
    for code in codes { #expect(list.contains(code)) }
  }

  @Test(arguments: [
    "extension_not_digits", "objectid_excel_scientific", "file_is_xlsx", "duplicate_in_file",
    "already_assigned", "xml_truncated", "in_cycle",
  ])
  func `a reason is explained on a page`(_ code: String) throws {
    let place = try Workspace()
    let result = try place.run("explain", code)
    #expect(result.code == 0)
    #expect(result.outputLines.count > 3)
    #expect(result.out.contains(code))
    #expect(try place.run("explain", code.uppercased()).out == result.out)
  }

  @Test func `a misspelt code is asked about`() throws {
    let place = try Workspace()
    let result = try place.run("explain", "extension_not_digit")
    #expect(result.code == 64)
    #expect(result.err.contains("extension_not_digits"))
  }

  // MARK: - runs

  @Test func `runs are listed with the newest first`() throws {
    let place = try Workspace()
    for user in 1...3 {
      try place.write(list((user, "100\(user)"), (user + 10, "x")), to: "users\(user).csv")
      try place.run("apply", "users\(user).csv", "--unknown-users", "create")
    }
    let runs = try place.run("runs", "--json").outputLines.map { try JSONValue(parsing: $0) }
    #expect(runs.map { $0["run"] } == [.number(3), .number(2), .number(1)])
    #expect(runs.first?["counts"]?["applied"] == .number(1))
    #expect(runs.first?["counts"]?["rejected"] == .number(1))
    #expect(try place.run("runs", "--json", "--limit", "2").outputLines.count == 2)
    let detail = try place.run("runs", "2")
    #expect(detail.code == 0)
    #expect(detail.out.contains("users2.csv"))
    #expect(try place.run("runs").out.contains("apply users3.csv"))
  }

  @Test func `changes of a run tell old and new`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.run("apply", "-", input: .text(list((1, "1002"), (2, "1001"))))
    let changes = try place.run("runs", "2", "--changes").outputLines
      .map { try JSONValue(parsing: $0) }
    #expect(changes.map { $0["key"]?.text } == [id(1), id(2)])
    #expect(changes.map { $0["before"]?.text } == ["1001", "1002"])
    #expect(changes.map { $0["after"]?.text } == ["1002", "1001"])
  }

  @Test func `a run that is not there is told`() throws {
    let place = try Workspace()
    try place.store((1, "1001"))
    let result = try place.run("runs", "99")
    #expect(result.code == 66)
    #expect(result.isOneSentence)
  }

  @Test func `a dry run and a failed run leave no record`() throws {
    let place = try Workspace()
    try place.store((1, "1001"))
    try place.write(list((1, "1002"), (2, "x")), to: "users.csv")
    try place.run("validate", "users.csv")
    try place.run("apply", "users.csv", "--atomic")
    try place.run("apply", "none.csv")
    #expect(try place.run("runs", "--json").outputLines.count == 1)
  }
}
