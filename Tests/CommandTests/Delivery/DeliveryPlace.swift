import Foundation
import Glibc
import Support
import Testing

/// A stand-in of the admin API, and a folder with a list of users that is to be sent to it.
final class DeliveryPlace {
  typealias Row = (user: Int, number: String)

  let api: StandIn
  let place: Workspace
  let rows: [Row]
  /// What all runs wrote to their streams.
  private var streams: [Data] = []

  /// Makes both: the rows are the list, whose users are known at the API; the extensions that users
  /// hold already are in the store too.
  init(_ rows: [Row], held: [Row] = []) throws {
    var users = Dictionary(rows.map { (id($0.user), "") }, uniquingKeysWith: { first, _ in first })
    for row in held { users[id(row.user)] = row.number }
    api = try StandIn(users: users)
    place = try Workspace()
    self.rows = rows
    try place.write(list(rows), to: "users.csv")
    try giveToken(StandIn.token)
    if !held.isEmpty { try place.store(held) }
  }

  /// A list of so many users, with the extensions from 50001 on.
  convenience init(count: Int) throws { try self.init(Self.rows(count)) }

  /// So many users with the extensions from 50001 on.
  static func rows(_ count: Int) -> [Row] { (1...count).map { ($0, "\(50_000 + $0)") } }

  /// What the API holds when all rows are applied.
  var wanted: [String: String] {
    Dictionary(rows.map { (id($0.user), $0.number) }, uniquingKeysWith: { _, last in last })
  }

  /// Puts a token into the file that runs read.
  func giveToken(_ token: String) throws {
    try place.write(token + "\n", to: "token")
    chmod(place.path("token"), 0o600)
  }

  // MARK: - Running

  /// The arguments of an apply of the list.
  func applying(_ options: [String], to target: String? = nil) -> [String] {
    [
      "apply", "users.csv", "--target", target ?? api.origin, "--token-file", "token",
      "--unknown-users", "create", "--report", "report.ndjson",
    ] + options
  }

  /// Starts an apply of the list.
  func start(_ options: String..., fileLimit: Int? = nil) throws -> Run {
    try place.start(applying(options), fileLimit: fileLimit)
  }

  /// Applies the list.
  func apply(_ options: String..., to target: String? = nil) throws -> RunResult {
    try finish(place.start(applying(options, to: target)))
  }

  /// The arguments that go on with the run that was stopped last.
  func resuming() throws -> [String] { ["resume", "\(try lastRun())"] }

  /// Goes on with the run that was stopped last.
  func resume() throws -> RunResult { try finish(place.start(resuming())) }

  /// Waits for the end of a run.
  func finish(_ run: Run) throws -> RunResult {
    let result = try run.finish()
    streams += [result.output, result.error]
    return result
  }

  /// Kills a run.
  func kill(_ run: Run) throws {
    run.process.send(SIGKILL)
    _ = try finish(run)
  }

  /// The newest run that the store knows.
  func lastRun() throws -> Int {
    let line = try #require(place.run("runs", "--limit", "1", "--json").outputLines.first)
    guard case .number(let number)? = try JSONValue(parsing: line)["run"] else {
      throw ChildProcess.Failure.timeLimit("a run in: \(line)")
    }
    return Int(number)
  }

  /// The state of a run, as the store tells it.
  func state(of run: Int) throws -> String? {
    let line = try #require(place.run("runs", "\(run)", "--json").outputLines.first)
    return try JSONValue(parsing: line)["state"]?.text
  }

  /// The report of the last run that wrote one.
  var report: [ReportLine] { get throws { try place.report(in: "report.ndjson") } }

  // MARK: - What must be so at the end

  /// Expects that every row was applied, and that all who know of it agree.
  func expectAllApplied(
    _ result: RunResult,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(result.code == 0, "\(result.end) \(result.err)", sourceLocation: sourceLocation)
    let report = try report
    #expect(report.count == rows.count, sourceLocation: sourceLocation)
    let bad = report.filter { $0.outcome != "applied" || $0.status != 200 }
    #expect(bad.map(\.text) == [], sourceLocation: sourceLocation)
    #expect(api.users == wanted, sourceLocation: sourceLocation)
    try expectAgreement(sourceLocation: sourceLocation)
    #expect(try state(of: lastRun()) == "applied", sourceLocation: sourceLocation)
  }

  /// Expects that the report has a valid line for each row, that the store knows what the API holds,
  /// that no rule of the API was broken, and that the token is nowhere.
  func expectAgreement(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let report = try report
    #expect(report.map(\.row) == (2..<(rows.count + 2)).map { $0 }, sourceLocation: sourceLocation)
    let schema = try ReportSchema.line
    let problems = report.flatMap { schema.problems(in: $0.value) }
    #expect(problems == [], sourceLocation: sourceLocation)
    let here = try place.assignments().filter { !$0.value.isEmpty }
    let there = api.users.filter { !$0.value.isEmpty }
    #expect(here == there, sourceLocation: sourceLocation)
    #expect(api.misuses == [], sourceLocation: sourceLocation)
    try expectNoSecret(sourceLocation: sourceLocation)
  }

  /// Expects that no file but the token's and no stream of a run holds the token.
  func expectNoSecret(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let secret = Data(StandIn.token.utf8)
    for stream in streams {
      #expect(stream.range(of: secret) == nil, sourceLocation: sourceLocation)
    }
    for name in try place.allNames() where name != "token" {
      let content = Data(try place.bytes(of: name))
      #expect(content.range(of: secret) == nil, "\(name)", sourceLocation: sourceLocation)
    }
    #expect(try place.temporaryNames == [], sourceLocation: sourceLocation)
  }
}
