import Glibc
import Support
import Testing

/// An API that wants to be left alone, or fails for a while.
@Suite(.blocking) struct BusyTargetTests {
  /// A busy answer that says for how long.
  struct Case: Sendable, CustomTestStringConvertible {
    let status: Int
    let retryAfter: RetryAfter
    let concurrency: Int
    var testDescription: String { "\(status) \(retryAfter) \(concurrency)" }

    static let said: [Case] = [429, 503].flatMap { status in
      [RetryAfter.seconds(1), .date(seconds: 1)].flatMap { retryAfter in
        [1, 4].map { Case(status: status, retryAfter: retryAfter, concurrency: $0) }
      }
    }

    static let unsaid: [Case] = [429, 503].flatMap { status in
      [
        RetryAfter.unsaid(seconds: 20), .text("soon", seconds: 20), .text("-1", seconds: 20),
        .text("1.5", seconds: 20),
      ].map { Case(status: status, retryAfter: $0, concurrency: 2) }
    }
  }

  @Test(arguments: Case.said)
  func `nothing is sent before the time is over`(_ busy: Case) throws {
    let delivery = try DeliveryPlace(count: 12)
    delivery.api.plan = .request(
      5,
      .penalty(status: busy.status, retryAfter: busy.retryAfter)
    )
    let result = try delivery.apply("--concurrency", "\(busy.concurrency)")
    try delivery.expectAllApplied(result)
    // Only what was under way already may come.
    #expect(delivery.api.tooEarly.count < busy.concurrency)
    #expect(delivery.api.tooEarly.allSatisfy { $0.order < 5 + busy.concurrency })
  }

  @Test(arguments: Case.unsaid)
  func `a busy target that says nothing useful is left alone`(_ busy: Case) throws {
    let delivery = try DeliveryPlace(count: 12)
    delivery.api.plan = .request(
      5,
      .penalty(status: busy.status, retryAfter: busy.retryAfter)
    )
    let run = try delivery.start("--concurrency", "\(busy.concurrency)")
    try poll(until: "the target was busy") { delivery.api.requestCount >= 5 }
    // Long enough that a client would come back that does not know that it must wait.
    usleep(1_500_000)
    #expect(delivery.api.requestCount <= 5 + busy.concurrency)
    run.process.send(SIGTERM)
    #expect(try run.process.wait(seconds: 10) == .exit(143))
    _ = try delivery.finish(run)
    try delivery.expectAgreement()
  }

  @Test func `a failing target is asked again`() throws {
    let delivery = try DeliveryPlace(count: 4)
    delivery.api.plan = .firstTimes(2, .answer(.serverError))
    try delivery.expectAllApplied(delivery.apply())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 == 3 })
  }

  @Test(arguments: [500, 502, 504])
  func `one user who fails for ever keeps nobody else`(_ status: Int) throws {
    let delivery = try DeliveryPlace(count: 30)
    delivery.api.plan = .user(id(3), .answer(.html(status, "<h1>Oops</h1>")))
    let result = try delivery.apply("--retries", "2", "--concurrency", "2")
    #expect(result.code == 2)
    let report = try delivery.report
    #expect(report.count { $0.outcome == "applied" } == 29)
    let line = report[2]
    #expect(line.outcome == "failed")
    #expect(line.codes == ["retries_exhausted"])
    #expect(line.status == 500)
    #expect(line.errorCode == "SERVER_ERROR")
    #expect(delivery.api.requestsByUser[id(3)] == 3)
    #expect(delivery.api.requestCount == 32)
    // The others did not wait for it.
    #expect(delivery.api.arrivals.last?.user == id(3))
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 33)
  }

  @Test func `a target that fails for row after row stops the run`() throws {
    let delivery = try DeliveryPlace(count: 200)
    delivery.api.plan = .from(11, .answer(.serverError))
    let result = try delivery.apply("--retries", "0", "--concurrency", "2")
    #expect(result.code == 75)
    #expect(delivery.api.requestCount < 60)
    let report = try delivery.report
    #expect(report.count { $0.outcome == "applied" } == 10)
    #expect(report.contains { $0.outcome == "unprocessed" })
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 2 })
  }

  @Test(arguments: [UInt64](1...6))
  func `any mixture of faults ends with every row applied`(_ seed: UInt64) throws {
    let delivery = try DeliveryPlace(count: 150)
    delivery.api.plan = .random(
      seed: seed,
      share: 0.1,
      [
        .answer(.serverError), .cut(after: 0, applies: true), .cut(after: 30, applies: true),
        .cut(after: 0, applies: false, how: .reset), .cut(after: 9, applies: true, how: .reset),
        .cut(after: 40, applies: false, how: .halfClose), .cut(after: .max, applies: true),
        .answer(.raw("nonsense\r\n\r\n")), .penalty(status: 429, retryAfter: .seconds(0)),
      ]
    )
    let result = try delivery.apply("--concurrency", "8")
    try delivery.expectAllApplied(result)
    #expect(delivery.api.appliedCount >= 150)
  }
}
