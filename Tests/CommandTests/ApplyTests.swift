import Support
import Testing

@Suite(.blocking) struct ApplyTests {
  @Test func `good rows are written and bad ones are not`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "10a2"), (3, "1003")), to: "users.csv")
    let result = try place.run("apply", "users.csv", "--unknown-users", "create")
    #expect(result.code == 2)
    #expect(try result.report.map(\.outcome) == ["applied", "rejected", "applied"])
    // A rejected row writes nothing at all, not even its user.
    #expect(try place.assignments() == [id(1): "1001", id(3): "1003"])
  }

  @Test func `a second apply changes nothing and says so`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "1002")), to: "users.csv")
    #expect(try place.run("apply", "users.csv", "--unknown-users", "create").code == 0)
    let before = try place.exported()
    let result = try place.run("apply", "users.csv", "--summary", "summary.json", "--report", "-")
    #expect(result.code == 0)
    #expect(try result.report.map(\.outcome) == ["unchanged", "unchanged"])
    #expect(try result.report.map(\.status) == [200, 200])
    #expect(try place.exported() == before)
    let inputs = try place.summary(in: "summary.json")["inputs"]?.elements ?? []
    #expect(inputs.map { $0["previousRuns"] } == [.array([.string("1")])])
    #expect(try place.run("runs", "2", "--changes").out == "")
  }

  @Test func `a dry run also says which run applied the file before`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    try place.run("apply", "users.csv", "--unknown-users", "create")
    try place.run("validate", "users.csv", "--summary", "summary.json")
    let inputs = try place.summary(in: "summary.json")["inputs"]?.elements ?? []
    #expect(inputs.map { $0["previousRuns"] } == [.array([.string("1")])])
  }

  @Test func `a number that is replaced is shown`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "1005"), (2, "1002")), to: "users.csv")
    let result = try place.run("apply", "users.csv")
    #expect(try result.report.map(\.previous) == ["1001", nil])
    #expect(try place.assignments() == [id(1): "1005", id(2): "1002"])
  }

  @Test func `an export with profile fields introduces its users`() throws {
    let place = try Workspace()
    try place.write(
      """
      userId,firstName,lastName,email,rcExtension
      \(id(1)),Ada,Lovelace,ada@example.org,1001
      \(id(2)),Grace,"Hopper, Rear Admiral",grace@example.org,1002

      """,
      to: "people.csv"
    )
    let result = try place.run("apply", "people.csv")
    #expect(result.code == 0)
    #expect(try result.report.map(\.outcome) == ["applied", "applied"])
    #expect(try place.exported().contains("Ada,Lovelace"))
    #expect(try place.exported().contains("\"Hopper, Rear Admiral\""))
    #expect(
      try place.run("apply", "people.csv").report.map(\.outcome) == ["unchanged", "unchanged"]
    )
  }

  @Test func `a changed name is recorded by the next apply`() throws {
    let place = try Workspace()
    let head = "userId,firstName,rcExtension\n"
    try place.write(head + "\(id(1)),Ada,1001\n", to: "people.csv")
    try place.run("apply", "people.csv")
    try place.write(head + "\(id(1)),Augusta,1001\n", to: "people.csv")
    let result = try place.run("apply", "people.csv")
    #expect(try result.report.map(\.outcome) == ["applied"])
    #expect(try place.exported().contains("Augusta"))
  }

  @Test func `an export without extensions only records its users`() throws {
    let place = try Workspace()
    try place.write("userId,firstName\n\(id(1)),Ada\n", to: "people.csv")
    let dry = try place.run("validate", "people.csv")
    #expect(try dry.report.map(\.message) == ["User would be recorded"])
    let wet = try place.run("apply", "people.csv")
    #expect(try wet.report.map(\.message) == ["User recorded"])
    #expect(try wet.report.map(\.outcome) == ["applied"])
    #expect(try wet.report.map(\.rcExtension) == [nil])
    #expect(try place.assignments() == [id(1): ""])
    #expect(try place.run("apply", "people.csv").report.map(\.outcome) == ["unchanged"])
  }

  @Test func `the run is recorded with its input and its changes`() throws {
    let place = try Workspace()
    try place.store((1, "1001"))
    try place.write("userId,rcExtension\n\(id(1)),1002\n", to: "users.csv")
    #expect(try place.run("apply", "users.csv").code == 0)
    let detail = try JSONValue(parsing: place.run("runs", "2", "--json").out)
    let inputs = detail["inputs"]?.elements ?? []
    #expect(
      inputs.map { $0["sha256"]?.text }
        == ["b00862685e19d65295f26f9bfbc447ae0186e867affb678177edee7038c3ac9c"]
    )
    let change = try JSONValue(parsing: place.run("runs", "2", "--changes").out)
    #expect(change["before"] == .string("1001"))
    #expect(change["after"] == .string("1002"))
  }

  @Test func `the store can be named by the environment`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    try place.run(
      "apply",
      "users.csv",
      "--unknown-users",
      "create",
      environment: ["RCIMPORT_STORE=other.db"]
    )
    #expect(try place.assignments(store: "other.db") == [id(1): "1001"])
    #expect(!place.has("rcimport.sqlite"))
  }
}
