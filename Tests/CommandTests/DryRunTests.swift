import Support
import Testing

@Suite(.blocking) struct DryRunTests {
  private static let mixed =
    list((1, "1001"), (2, "10a2"), (3, "1003"), (3, "1004"), (5, "1005")) + "\(id(6)),\n"

  @Test func `a dry run reports every row and writes nothing`() throws {
    let place = try Workspace()
    try place.write(Self.mixed, to: "users.csv")
    let result = try place.run("validate", "users.csv", "--unknown-users", "create")
    #expect(result.code == 2)
    #expect(
      try result.report.map(\.outcome)
        == ["would_apply", "rejected", "rejected", "rejected", "would_apply", "rejected"]
    )
    #expect(try place.allNames() == ["users.csv"])
    #expect(try place.temporaryNames == [])
  }

  @Test func `a dry run leaves a store as it is`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "1002"), (2, "1001")), to: "users.csv")
    let before = try place.bytes(of: "rcimport.sqlite")
    let names = try place.allNames()
    let result = try place.run("validate", "users.csv")
    #expect(result.code == 0)
    #expect(try result.report.map(\.outcome) == ["would_apply", "would_apply"])
    #expect(try place.bytes(of: "rcimport.sqlite") == before)
    #expect(try place.allNames() == names)
  }

  @Test(arguments: ["none.sqlite", "no/such/folder/none.sqlite"])
  func `a store that is not there counts as empty`(_ store: String) throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run("validate", "users.csv", "--store", store)
    #expect(result.code == 2)
    #expect(try result.report.map(\.codes) == [["user_not_found"]])
    #expect(try place.allNames() == ["users.csv"])
  }

  @Test func `an apply does what the dry run said`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"), (9, "1009"))
    try place.write(
      list((1, "1002"), (2, "1001"), (9, "1009"), (8, "1008"), (7, "x12")),
      to: "users.csv"
    )
    let dry = try place.run("validate", "users.csv")
    let wet = try place.run("apply", "users.csv")
    #expect(dry.code == wet.code)
    let promised = dry.out.replacing("would_apply", with: "applied")
      .replacing(
        "RingCentral extension would be updated",
        with: "RingCentral extension updated successfully"
      )
    #expect(wet.out == promised)
  }

  @Test func `the summary says that nothing was written`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run("validate", "users.csv", "--summary", "summary.json")
    #expect(result.code == 2)
    let summary = try place.summary(in: "summary.json")
    #expect(summary["dryRun"] == .boolean(true))
    #expect(summary["run"] == .null)
    #expect(try ReportSchema.summary.problems(in: summary) == [])
  }
}
