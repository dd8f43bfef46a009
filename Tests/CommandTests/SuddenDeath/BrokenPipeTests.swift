import Glibc
import Support
import Testing

@Suite(.blocking) struct BrokenPipeTests {
  /// More than a pipe holds.
  private static let many = list((1...3000).map { ($0, "\(10_000 + $0)") })

  /// Runs the program while nobody reads its standard output.
  private func run(_ place: Workspace, _ arguments: [String]) throws -> RunResult {
    let (reader, writer) = try ChildProcess.makePipe()
    close(reader)
    defer { close(writer) }
    return try place.start(arguments, output: writer).finish()
  }

  @Test(arguments: [["rows", "users.csv"], ["export", "users"], ["explain"], ["runs"]])
  func `a listing whose reader left ends without a word`(_ arguments: [String]) throws {
    let place = try Workspace()
    try place.write(Self.many, to: "users.csv")
    try place.run("apply", "users.csv", "--unknown-users", "create", "--quiet")
    let result = try run(place, arguments)
    #expect([.exit(0), .exit(141), .signal(SIGPIPE)].contains(result.end))
    #expect(result.err.isEmpty)
  }

  @Test func `a dry run whose reader left ends without a complaint`() throws {
    let place = try Workspace()
    try place.write(Self.many, to: "users.csv")
    let result = try run(place, ["validate", "users.csv", "--unknown-users", "create"])
    #expect([.exit(0), .exit(141), .signal(SIGPIPE)].contains(result.end))
    #expect(!result.err.contains("rror") && !result.err.contains("roken"))
  }

  @Test func `an apply whose reader left is whole or not there`() throws {
    let place = try Workspace()
    try place.write(Self.many, to: "users.csv")
    let result = try run(place, ["apply", "users.csv", "--unknown-users", "create"])
    guard case .exit = result.end else {
      Issue.record("a silent death: \(result.end)")
      return
    }
    let isThere = try !place.storesNothing()
    if isThere { #expect(try place.assignments().count == 3000) }
    #expect(isThere == place.has("rcimport.sqlite"))
    // The lost report can be had again: the same apply finds all of it done.
    let again = try place.run("apply", "users.csv", "--unknown-users", "create")
    #expect(again.code == 0)
    #expect(try Set(again.report.map(\.outcome)) == [isThere ? "unchanged" : "applied"])
  }

  @Test func `the summary of an apply may go unread`() throws {
    let place = try Workspace()
    try place.write(Self.many, to: "users.csv")
    let result = try run(
      place,
      ["apply", "users.csv", "--unknown-users", "create", "--report", "report.ndjson"]
    )
    #expect(result.end == .exit(0))
    #expect(try place.report(in: "report.ndjson").count == 3000)
  }
}
