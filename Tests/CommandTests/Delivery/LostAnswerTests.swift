import Support
import Testing

/// The API did what was asked, and its answer did not come.
@Suite(.blocking) struct LostAnswerTests {
  /// A way in which an answer is lost.
  struct Loss: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fault: Fault
    /// How often each user is then asked for.
    var requests = 2

    static let all: [Loss] =
      Fault.Cut.allCases.flatMap { how in
        [0, 1, 20, 80, 130].map { count in
          Loss(
            testDescription: "cut after \(count) bytes, \(how)",
            fault: .cut(after: count, applies: true, how: how)
          )
        }
      } + [
        Loss(testDescription: "cut before it did anything", fault: .cut(after: 0, applies: false)),
        Loss(
          testDescription: "the connection ends behind the answer",
          fault: .cut(after: .max, applies: true),
          requests: 1
        ),
        Loss(testDescription: "no answer", fault: .stall(applies: true)),
        Loss(testDescription: "no answer, not applied", fault: .stall(applies: false)),
        Loss(testDescription: "drip", fault: .drip(milliseconds: 50)),
      ]
  }

  @Test(arguments: Loss.all)
  func `a row whose answer is lost is sent again`(_ loss: Loss) throws {
    let delivery = try DeliveryPlace(count: 3)
    delivery.api.plan = .firstTimes(1, loss.fault)
    let result = try delivery.apply("--timeout", "1s", "--concurrency", "3")
    try delivery.expectAllApplied(result)
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 == loss.requests })
  }

  @Test func `a row whose answers are all lost is in doubt, and confirmed later`() throws {
    let delivery = try DeliveryPlace(count: 3)
    delivery.api.plan = .user(id(2), .cut(after: 10, applies: true))
    let result = try delivery.apply("--retries", "1")
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["applied", "failed", "applied"])
    let line = try delivery.report[1]
    #expect(line.codes == ["outcome_unknown"])
    #expect(line.status == 500)
    #expect(line.errorCode == "SERVER_ERROR")
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 2, id(3): 1])
    #expect(try delivery.state(of: delivery.lastRun()) == "incomplete")
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 3, id(3): 1])
  }

  @Test func `connections that break when they are made cost nothing`() throws {
    let delivery = try DeliveryPlace(count: 10)
    delivery.api.refuseConnections(2)
    try delivery.expectAllApplied(delivery.apply("--concurrency", "2"))
    #expect(delivery.api.requestCount == 10)
  }
}
