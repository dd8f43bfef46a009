import Foundation
import Glibc
import Support
import Testing

/// Many people, an account at which much goes wrong, and a process that is killed again and again.
///
/// The usual run is small; `RCIMPORT_FULL_TESTS=1` makes it 1,000 people and ten kills.
@Suite(.blocking) struct AccountEnduranceTests {
  private static let isFull = ProcessInfo.processInfo.environment["RCIMPORT_FULL_TESTS"] != nil

  @Test func `each person gets one extension, whatever happens`() throws {
    let count = Self.isFull ? 1000 : 60
    let killCount = Self.isFull ? 10 : 3
    let account = try AccountPlace(
      "",
      "--unassigned",
      "\(count + 5)",
      // A minute of RingCentral's limits is a second here.
      "--limits",
      "60",
      "--fault",
      "drop:p=0.03",
      "--fault",
      "server-error:p=0.02",
      "--fault",
      "conflict:p=0.02",
      "--fault",
      "token-expired:every=150",
      "--fault",
      "rate-limit:every=\(count)"
    )
    try account.place.write(AccountPlace.people(1...count), to: "users.csv")
    let applying = ["apply", "users.csv", "--target", "ringcentral", "--report", "report.ndjson"]
    for kill in 1...killCount {
      // Every other time by its number, else by the same command again.
      let arguments = kill > 1 && kill % 2 == 0 ? ["resume", "1"] : applying
      let run = try account.place.start(arguments, environment: account.environment)
      let goal = count * kill / (killCount + 1)
      try poll(until: "\(goal) rows are recorded") {
        try run.process.isOver || account.place.assignments().count >= goal
      }
      run.process.send(SIGKILL)
      let end = try run.finish()
      #expect(end.end == .signal(SIGKILL), "\(end.out)\(end.err)")
      #expect(!account.place.has("report.ndjson"))
    }
    var result = try account.run("resume", "1", "--yes")
    var roundCount = 0
    // What failed too often in a row is open still.
    while result.code != 0 && roundCount < 5 {
      result = try account.run("resume", "1", "--yes")
      roundCount += 1
    }
    #expect(result.code == 0, "\(result.err)")
    let report = try account.place.report(in: "report.ndjson")
    #expect(report.count == count)
    #expect(report.allSatisfy { $0.outcome == "applied" })
    let given = try account.stop().filter { $0.status != "Unassigned" }
    #expect(given.count == count)
    #expect(
      Set(given.map { "\($0.email) \($0.number)" })
        == Set((1...count).map { "p\($0)@example.com \(2000 + $0)" })
    )
    #expect(try account.place.assignments().count == count)
  }
}
