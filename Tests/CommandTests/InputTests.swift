import Support
import Testing

@Suite(.blocking) struct InputTests {
  @Test(arguments: [list((1, "1001"), (2, "x")), markup((1, "1001"), (2, "x"))])
  func `standard input gives the same report as a file`(_ text: String) throws {
    let place = try Workspace()
    try place.write(text, to: "users")
    let arguments = ["--unknown-users", "create"]
    let named = try place.run(["validate", "users"] + arguments)
    let piped = try place.run(["validate", "-"] + arguments, input: .text(text))
    let redirected = try place.run(["validate", "-"] + arguments, input: .file("users"))
    #expect(named.code == 2)
    #expect(piped.code == 2)
    #expect(piped.output == named.output)
    #expect(redirected.output == named.output)
    #expect(try place.temporaryNames == [])
  }

  @Test func `standard input can be applied`() throws {
    let place = try Workspace()
    let result = try place.run(
      "apply",
      "-",
      "--unknown-users",
      "create",
      input: .text(list((1, "1001")))
    )
    #expect(result.code == 0)
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `lines of several inputs name their file first`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "x")), to: "one.csv")
    try place.write(markup((3, "1003")), to: "two.xml")
    let result = try place.run("validate", "one.csv", "two.xml", "--unknown-users", "create")
    #expect(try result.report.map(\.file) == ["one.csv", "one.csv", "two.xml"])
    #expect(try result.report.map(\.row) == [2, 3, 1])
    #expect(try result.report.allSatisfy { $0.keys.first == "file" })
    #expect(try result.report.flatMap { try $0.schemaProblems } == [])
  }

  @Test func `rows of different inputs can stand in each other's way`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "1002")), to: "one.csv")
    try place.write(list((3, "1001"), (4, "1004")), to: "two.csv")
    let result = try place.run("validate", "one.csv", "two.csv", "--unknown-users", "create")
    let report = try result.report
    #expect(report.map(\.outcome) == ["rejected", "would_apply", "rejected", "would_apply"])
    #expect(report[0].codes == ["duplicate_across_files"])
    #expect(report[0].errorMessage?.contains("two.csv") == true)
    #expect(report[2].errorMessage?.contains("one.csv") == true)
  }

  @Test func `the same file twice is refused under any name`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    for name in ["users.csv", "./users.csv", place.path("users.csv")] {
      let result = try place.run("validate", "users.csv", name)
      #expect(result.code == 65)
      #expect(result.isOneSentence)
    }
    let named = try place.run("validate", "users.csv", "--users", "users.csv")
    #expect(named.code == 65)
  }

  @Test func `a file name that begins with a hyphen is taken after two of them`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "-users.csv")
    let result = try place.run("validate", "--unknown-users", "create", "--", "-users.csv")
    #expect(result.code == 0)
  }

  @Test func `a file name with letters of any kind is taken`() throws {
    let place = try Workspace()
    let name = "Übersicht – Büro 5 \"neu\".csv"
    try place.write(list((1, "1001")), to: name)
    try place.write(list((2, "1002")), to: "b.csv")
    let result = try place.run("validate", name, "b.csv", "--unknown-users", "create")
    #expect(result.code == 0)
    #expect(try result.report.map(\.file) == [name, "b.csv"])
  }
}
