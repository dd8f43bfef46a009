import Support
import Testing

/// `--target ringcentral`, against the stand-in.
@Suite(.blocking) struct AccountTests {
  private static let before = """
    id,extensionNumber,name,type,status,email
    7001,101,Old Hand,User,Enabled,old@example.com
    7002,102,Support,Department,Enabled,
    7003,,,User,Unassigned,
    7004,,,User,Unassigned,
    7005,,,Limited,Unassigned,

    """

  @Test func `people get extensions that are nobody's, and once is enough`() throws {
    let account = try AccountPlace(Self.before, "--limits", "off")
    try account.place.write(AccountPlace.people(1...2), to: "users.csv")
    let result = try account.apply("users.csv")
    #expect(result.code == 0, "\(result.err)")
    #expect(try result.report.map(\.outcome) == ["applied", "applied"])
    #expect(result.out.contains(#""data":{"extensionId":"7003"}"#))
    #expect(try account.place.assignments() == [id(1): "2001", id(2): "2002"])
    let again = try account.apply("users.csv")
    #expect(try again.report.map(\.outcome) == ["unchanged", "unchanged"])
    let extensions = try account.stop()
    #expect(
      extensions.map(\.status) == ["Enabled", "Enabled"] + ["NotActivated", "NotActivated"] + [
        "Unassigned"
      ]
    )
    #expect(extensions.map(\.number) == ["101", "102", "2001", "2002", ""])
  }

  @Test func `a dry run says which extension each row gets, and changes nothing`() throws {
    let account = try AccountPlace(Self.before, "--limits", "off")
    let people = """
      userId,firstName,lastName,email,rcExtension
      \(id(1)),Ann,Lee,ann@example.com,201
      \(id(2)),Bo,Ray,bo@example.com,102
      \(id(3)),Cy,,cy@example.com,203
      \(id(4)),Old,Hand,OLD@example.com,204
      \(id(5)),Di,Fox,di@example.com,123456789
      \(id(6)),Ed,Gay,ed@example.com,206
      \(id(7)),Flo,Hay,flo@example.com,207

      """
    try account.place.write(people, to: "users.csv")
    let live = try account.run(
      "validate",
      "users.csv",
      "--target",
      "ringcentral",
      "--report",
      "-",
      "--summary",
      "summary.json"
    )
    #expect(live.code == 2)
    #expect(
      try live.report.map(\.codes) == [
        [], ["already_assigned"], ["field_missing_for_target"], [], ["extension_target_limit"], [],
        ["licence_limit"],
      ]
    )
    let summary = try account.place.text(of: "summary.json")
    #expect(summary.contains(#""unassigned": 2, "changes": 3"#))
    #expect(summary.contains(#"{"type": "User", "site": null, "needed": 3, "free": 2}"#))
    // What was saved of the account says the same, without any request.
    let saved = try account.run(
      "export",
      "extensions",
      "--target",
      "ringcentral",
      "--output",
      "now.csv"
    )
    #expect(saved.code == 0, "\(saved.err)")
    let list = try account.platform.list()
    #expect(try account.stop().map(\.number) == ["101", "102", "", "", ""])
    try account.place.write(list, to: "now.json")
    for name in ["now.csv", "now.json"] {
      let dry = try account.place.run(
        "validate",
        "users.csv",
        "--target",
        "ringcentral",
        "--extensions",
        name
      )
      let lines = dry.outputLines.filter { $0.contains(#""file":"users.csv""#) }
      #expect(
        lines.map { $0.replacing(#""file":"users.csv","#, with: "") } == live.outputLines,
        "\(name) \(dry.err)"
      )
    }
  }

  @Test func `an update that had no effect is told, and resume makes it good`() throws {
    let account = try AccountPlace(Self.before, "--limits", "off", "--fault", "no-effect:after=1")
    try account.place.write(AccountPlace.people(1...2), to: "users.csv")
    let result = try account.apply("users.csv", "--concurrency", "1")
    #expect(result.code == 2)
    #expect(try result.report.map(\.outcome) == ["applied", "failed"])
    #expect(try result.report.map(\.codes) == [[], ["verify_mismatch"]])
    #expect(try account.place.assignments() == [id(1): "2001"])
    let resumed = try account.run("resume", "1")
    #expect(resumed.code == 0, "\(resumed.err)")
    #expect(try resumed.report.map(\.outcome) == ["applied", "applied"])
    #expect(try account.stop().map(\.number) == ["101", "102", "2001", "2002", ""])
  }

  @Test(arguments: [
    "token-expired:every=15", "rate-limit:after=6", "drop:every=3", "server-error:every=4",
    "conflict:every=3", "unavailable:after=4", "shift-pages", "missing-totals", "unknown-values",
  ])
  func `what goes wrong for a while does not show`(_ fault: String) throws {
    let account = try AccountPlace("", "--unassigned", "12", "--limits", "60", "--fault", fault)
    try account.place.write(AccountPlace.people(1...10), to: "users.csv")
    let result = try account.apply("users.csv")
    #expect(result.code == 0, "\(result.err)")
    #expect(try Set(result.report.map(\.outcome)) == ["applied"])
    let given = try account.stop().filter { $0.email.hasPrefix("p") }
    #expect(given.map(\.number).sorted() == (1...10).map { "\(2000 + $0)" })
    #expect(Set(given.map(\.email)).count == 10)
  }

  @Test func `rows without a number get the next one when that is asked for`() throws {
    let account = try AccountPlace(Self.before, "--limits", "off")
    try account.place.write(
      "userId,firstName,lastName,email\n\(id(1)),Ann,Lee,ann@example.com\n"
        + "\(id(2)),Old,Hand,old@example.com\n",
      to: "users.csv"
    )
    let result = try account.apply("users.csv", "--number", "next", "--status", "Enabled")
    #expect(result.code == 0, "\(result.err)")
    #expect(try result.report.map(\.rcExtension) == ["103", "101"])
    #expect(try account.place.assignments() == [id(1): "103", id(2): "101"])
    #expect(
      try account.stop()[2]
        == .init(id: "7003", number: "103", status: "Enabled", email: "ann@example.com")
    )
  }

  @Test func `people exchange their numbers over a spare one`() throws {
    let account = try AccountPlace(
      """
      id,extensionNumber,name,type,status,email
      7001,2002,One,User,Enabled,p1@example.com
      7002,2001,Two,User,Enabled,p2@example.com

      """,
      "--limits",
      "off"
    )
    try account.place.write(AccountPlace.people(1...2), to: "users.csv")
    let stuck = try account.apply("users.csv")
    #expect(try stuck.report.map(\.codes) == [["in_cycle"], ["in_cycle"]])
    let result = try account.apply("users.csv", "--spare", "2999")
    #expect(result.code == 0, "\(result.err)")
    #expect(try account.stop().map(\.number) == ["2001", "2002"])
  }

  @Test func `who asks without the right secrets is told what to look at`() throws {
    let account = try AccountPlace(Self.before)
    try account.place.write(AccountPlace.people(1...1), to: "users.csv")
    let missing = try account.place.run("apply", "users.csv", "--target", "ringcentral")
    #expect(missing.code == 78)
    #expect(missing.err.contains("RC_APP_CLIENT_ID"))
    let wrong = try account.place.run(
      ["apply", "users.csv", "--target", "ringcentral"],
      environment: account.environment + ["RC_APP_CLIENT_SECRET=not-this"]
    )
    #expect(wrong.code == 77)
    #expect(!wrong.err.contains("not-this"))
    #expect(try account.stop().allSatisfy { $0.email != "p1@example.com" })
  }

  @Test func `passwords are sent only when a column is named, and shown nowhere`() throws {
    let account = try AccountPlace(Self.before, "--limits", "off")
    try account.place.write(
      "userId,firstName,lastName,email,rcExtension,Password\n"
        + "\(id(1)),Ann,Lee,ann@example.com,201,short\n",
      to: "users.csv"
    )
    let refused = try account.apply("users.csv", "--map", "password=Password")
    #expect(refused.code == 2)
    #expect(try refused.report.map(\.codes) == [["credentials_refused"]])
    #expect(!refused.out.contains("short"))
    #expect(try account.apply("users.csv").code == 0)
    #expect(try account.stop()[2].number == "201")
  }
}
