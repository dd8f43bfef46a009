import Foundation
import Glibc
import Support
import Testing

/// What ends a run before all rows are settled, and how it goes on.
@Suite(.blocking) struct StoppedDeliveryTests {
  @Test(arguments: [1, 4])
  func `a token that expires stops the run`(_ concurrency: Int) throws {
    let delivery = try DeliveryPlace(count: 40)
    delivery.api.plan = .from(15, .answer(.unauthorized))
    let result = try delivery.apply("--concurrency", "\(concurrency)")
    #expect(result.code == 77)
    #expect(result.err.contains("token"), "\(result.err)")
    #expect(delivery.api.requestCount <= 14 + concurrency)
    let report = try delivery.report
    #expect(report.count { $0.outcome == "applied" } == 14)
    let unauthorized = report.filter { $0.codes == ["unauthorized"] }
    #expect(1...concurrency ~= unauthorized.count)
    #expect(unauthorized.allSatisfy { $0.status == 401 && $0.errorCode == "UNAUTHORIZED" })
    #expect(report.count { $0.outcome == "unprocessed" } == 40 - 14 - unauthorized.count)
    try delivery.expectAgreement()
    // With the old token it stops again at once; with a new one it goes on.
    let before = delivery.api.requestCount
    #expect(try delivery.resume().code == 77)
    #expect(delivery.api.requestCount <= before + 8)
    delivery.api.plan = .healthy
    delivery.api.token = "another-token-of-the-tests"
    try delivery.giveToken("another-token-of-the-tests")
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 3 })
  }

  @Test func `a wrong token stops the run before anything is done`() throws {
    let delivery = try DeliveryPlace(count: 40)
    delivery.api.token = "another-token-of-the-tests"
    let result = try delivery.apply("--concurrency", "4")
    #expect(result.code == 77)
    #expect(delivery.api.requestCount <= 4)
    #expect(delivery.api.appliedCount == 0)
    #expect(try delivery.report.count == 40)
    try delivery.expectNoSecret()
  }

  @Test func `a target that is not there is told`() throws {
    let delivery = try DeliveryPlace(count: 5)
    let nobody = try LoopbackSocket.bound()
    let result = try delivery.apply(
      "--retries",
      "1",
      to: "http://127.0.0.1:\(nobody.port)"
    )
    #expect(result.code == 69)
    #expect(result.err.contains("refused"), "\(result.err)")
    #expect(try delivery.report.map(\.outcome) == Array(repeating: "unprocessed", count: 5))
    try delivery.expectNoSecret()
  }

  // MARK: - Signals

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal stops the run in order`(_ signal: Int32) throws {
    let delivery = try DeliveryPlace(count: 40)
    // Slow enough that the run is still at work when the signal comes.
    delivery.api.plan = .from(6, .drip(milliseconds: 2))
    let run = try delivery.start("--concurrency", "2")
    try poll(until: "the run was at work") { delivery.api.requestCount >= 8 }
    run.process.send(signal)
    #expect(try run.process.wait(seconds: 60) == .exit(128 + signal))
    let result = try delivery.finish(run)
    #expect(result.err.contains("resume"), "\(result.err)")
    let applied = try delivery.report.count { $0.outcome == "applied" }
    #expect(applied == delivery.api.appliedCount)
    #expect(try delivery.report.count { $0.outcome == "unprocessed" } == 40 - applied)
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 40)
  }

  @Test func `a signal stops a run that waits for an answer`() throws {
    let delivery = try DeliveryPlace(count: 6)
    delivery.api.plan = .from(3, .stall(applies: true))
    let run = try delivery.start("--concurrency", "2")
    try poll(until: "the run waited") { delivery.api.requestCount >= 4 }
    run.process.send(SIGTERM)
    #expect(try run.process.wait(seconds: 60) == .exit(143))
    _ = try delivery.finish(run)
    #expect(try delivery.report.count == 6)
    try delivery.expectNoSecret()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 8)
  }

  // MARK: - Outputs

  @Test(arguments: [
    ["--report", "missing/report.ndjson"], ["--report", "."], ["--store", "missing/store.sqlite"],
    ["--store", "."], ["--summary", "missing/summary.json"], ["--rejects", "missing/rejects.csv"],
  ])
  func `a place that cannot be written to is noticed first`(_ options: [String]) throws {
    let delivery = try DeliveryPlace(count: 3)
    let arguments = delivery.applying([]).filter { !$0.contains("report") } + options
    let result = try delivery.finish(delivery.place.start(arguments))
    #expect([73, 74, 78].contains(result.code), "\(result.end)")
    #expect(result.isOneSentence, "\(result.err)")
    #expect(delivery.api.connectionCount == 0)
  }

  @Test(arguments: [60, 180, 300, 420, 540, 660, 780, 900])
  func `a disk that is full stops the run, and it goes on later`(_ fileLimit: Int) throws {
    let delivery = try DeliveryPlace(count: 60)
    let run = try delivery.start("--concurrency", "2", fileLimit: fileLimit)
    let result = try delivery.finish(run)
    if result.code != 0 {
      #expect([73, 74, 78].contains(result.code), "\(result.end) \(result.err)")
      #expect(result.err.hasPrefix("rcimport: "), "\(result.err)")
    }
    let sent = delivery.api.requestCount
    if result.code == 0 { #expect(sent == 60) }
    if sent == 0 || result.code == 0 { return }
    // The store lags behind by what was under way at most.
    let known = try delivery.place.assignments().filter { !$0.value.isEmpty }
    #expect(known.allSatisfy { delivery.api.users[$0.key] == $0.value })
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 2 })
    #expect(delivery.api.requestCount <= 60 + 2)
  }

  @Test func `a full report does not lose what was done`() throws {
    let delivery = try DeliveryPlace(count: 10)
    let arguments = delivery.applying([]).map { $0 == "report.ndjson" ? "/dev/full" : $0 }
    let result = try delivery.finish(delivery.place.start(arguments))
    #expect(result.code == 74, "\(result.err)")
    #expect(delivery.api.users == delivery.wanted || delivery.api.requestCount == 0)
    if delivery.api.requestCount == 0 { return }
    #expect(try delivery.place.assignments() == delivery.wanted)
    try delivery.expectNoSecret()
  }

  @Test func `a reader that leaves does not stop the run in the middle`() throws {
    let delivery = try DeliveryPlace(count: 2000)
    let (reader, writer) = try ChildProcess.makePipe()
    close(reader)
    defer { close(writer) }
    let arguments = delivery.applying(["--concurrency", "4"]).map {
      $0 == "report.ndjson" ? "-" : $0
    }
    let run = try delivery.place.start(arguments, output: writer)
    let result = try delivery.finish(run)
    guard case .exit(let code) = result.end else {
      Issue.record("a silent death: \(result.end)")
      return
    }
    #expect([0, 141].contains(code))
    #expect(delivery.api.users == delivery.wanted)
    #expect(try delivery.place.assignments() == delivery.wanted)
    #expect(delivery.api.requestCount == 2000)
    try delivery.expectNoSecret()
  }

  // MARK: - Changes and neighbours

  @Test func `a list that changed is not mixed with what was sent`() throws {
    let delivery = try DeliveryPlace(count: 10)
    delivery.api.plan = .request(5, .kill(.applied))
    let run = try delivery.start("--concurrency", "1")
    delivery.api.victim = run.process.id
    _ = try delivery.finish(run)
    delivery.api.plan = .healthy
    let number = try delivery.lastRun()
    let other = delivery.rows.map { ($0.user, number: "7\($0.number)") }
    try delivery.place.write(list(other), to: "users.csv")
    let refused = try delivery.finish(
      delivery.place.start(["resume", "\(number)"])
    )
    #expect(refused.code == 4, "\(refused.err)")
    #expect(refused.isOneSentence, "\(refused.err)")
    #expect(delivery.api.requestCount == 5)
    // The same command is a new run as a whole.
    let result = try delivery.apply()
    #expect(result.code == 0, "\(result.err)")
    #expect(try delivery.lastRun() != number)
    #expect(delivery.api.users.values.allSatisfy { $0.hasPrefix("7") })
    #expect(delivery.api.requestCount == 15)
    try delivery.expectAgreement()
  }

  @Test func `a second run waits for none and says who is at work`() throws {
    let delivery = try DeliveryPlace(count: 6)
    delivery.api.plan = .from(3, .stall(applies: true))
    let first = try delivery.start("--concurrency", "1")
    try poll(until: "the first run waited") { delivery.api.requestCount == 3 }
    let second = try delivery.finish(
      delivery.place.start(delivery.applying(["--report", "second.ndjson"]))
    )
    #expect(second.code == 75, "\(second.err)")
    #expect(second.isOneSentence, "\(second.err)")
    #expect(second.err.contains("\(first.process.id)"))
    #expect(delivery.api.requestCount == 3)
    try delivery.kill(first)
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.apply())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 2 })
    #expect(delivery.api.requestCount == 7)
  }

  @Test func `runs that start together converge`() throws {
    let delivery = try DeliveryPlace(count: 60)
    let runs = try ["a", "b", "c"].map {
      try delivery.place.start(
        delivery.applying([]).map { [$0] }.joined().dropLast() + ["\($0).ndjson"]
      )
    }
    let results = try runs.map { try delivery.finish($0) }
    #expect(results.allSatisfy { [0, 75].contains($0.code) }, "\(results.map(\.err))")
    #expect(results.contains { $0.code == 0 })
    #expect(delivery.api.users == delivery.wanted)
    #expect(delivery.api.misuses == [])
  }
}
