import Support
import Testing

/// `--then`: the admin API is told of each extension once RingCentral has it right.
@Suite(.blocking) struct AccountThenTests {
  private func options(_ origin: String) -> [String] {
    ["--target", "ringcentral", "--then", origin, "--token-file", "token", "--retries", "1"]
  }

  @Test func `a second target that fails is an outcome of its own, and resume mends it`() throws {
    let account = try AccountPlace("", "--unassigned", "3", "--limits", "off")
    try account.place.write(AccountPlace.people(1...2), to: "users.csv")
    // The directory knows the first user only.
    let directory = try ServedStore([(1, "900")])
    try account.place.write(try directory.token(), to: "token")
    let result = try account.run(["apply", "users.csv"] + options(directory.origin))
    #expect(result.code == 2, "\(result.err)")
    #expect(try result.report.map(\.outcome) == ["applied", "failed"])
    #expect(try result.report.map(\.codes) == [[], ["directory_not_updated"]])
    #expect(try directory.place.assignments() == [id(1): "2001"])
    #expect(try account.place.assignments() == [id(1): "2001"])
    // Now somebody adds the other user.
    #expect(try directory.stop().code == 0)
    let again = try ServedStore([(2, "901")], in: directory.place, "--port", "\(directory.port)")
    try account.place.write(try again.token(), to: "token")
    let resumed = try account.run("resume", "1")
    #expect(resumed.code == 0, "\(resumed.err)")
    #expect(try resumed.report.map(\.outcome) == ["applied", "applied"])
    #expect(try again.place.assignments() == [id(1): "2001", id(2): "2002"])
    #expect(try account.stop().map(\.number).sorted() == ["", "2001", "2002"])
  }
}
