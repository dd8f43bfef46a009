import Foundation
import Glibc
import Support
import Testing

/// A run that is killed while it sends is gone on with, and nothing is lost or sent too often.
@Suite(.blocking) struct DeliveryKillTests {
  /// A kill at one step of the journal.
  struct Kill: Sendable, CustomTestStringConvertible {
    let order: Int
    let moment: Fault.KillMoment
    let concurrency: Int
    var testDescription: String { "request \(order), \(moment), concurrency \(concurrency)" }

    static let all: [Kill] = [1, 12, 24].flatMap { order in
      [
        Fault.KillMoment.arrived, .applied, .answered(), .answered(after: 300),
        .answered(after: 2000),
      ].flatMap { moment in
        [1, 4].map { Kill(order: order, moment: moment, concurrency: $0) }
      }
    }
  }

  /// Goes on with a run by its number, or by the same command again.
  private func goOn(_ delivery: DeliveryPlace, byNumber: Bool, _ options: [String]) throws -> Run {
    try delivery.place.start(
      byNumber ? delivery.resuming() : delivery.applying(options)
    )
  }

  @Test(arguments: Kill.all)
  func `a run that is killed at a step of its journal goes on`(_ kill: Kill) throws {
    let delivery = try DeliveryPlace(count: 24)
    delivery.api.plan = .request(kill.order, .kill(kill.moment))
    let options = ["--concurrency", "\(kill.concurrency)"]
    let run = try delivery.place.start(delivery.applying(options))
    delivery.api.victim = run.process.id
    let end = try delivery.finish(run).end
    // The last answer may end the run before the kill comes.
    let mayEnd = kill.order == 24 && kill.moment != .arrived && kill.moment != .applied
    #expect(end == .signal(SIGKILL) || mayEnd && end == .exit(0))
    try delivery.expectNoSecret()
    let state = try delivery.state(of: delivery.lastRun())
    #expect(state == "running" || mayEnd && state == "applied")
    if state == "applied" { return }
    let before = delivery.api.requestCount
    let again = try goOn(delivery, byNumber: kill.order != 12, options)
    try delivery.expectAllApplied(delivery.finish(again))
    let requests = delivery.api.requestsByUser
    #expect(requests.values.allSatisfy { $0 <= 2 })
    #expect(requests.count == 24)
    #expect(requests.values.count { $0 == 2 } <= kill.concurrency)
    #expect(delivery.api.requestCount - before <= 24 - kill.order + kill.concurrency)
    #expect(delivery.api.requestCount <= 24 + kill.concurrency)
  }

  @Test func `a run that is killed at every request still ends`() throws {
    let delivery = try DeliveryPlace(count: 10)
    var killCount = 0
    var result: RunResult?
    while result == nil {
      // The second request of each process: every process gets one row further at least.
      let moments: [Fault.KillMoment] = [.arrived, .applied, .answered(), .answered(after: 500)]
      delivery.api.plan = .request(
        delivery.api.requestCount + 2,
        .kill(moments[killCount % moments.count])
      )
      let run =
        try killCount == 0
        ? delivery.start("--concurrency", "1")
        : goOn(delivery, byNumber: killCount % 2 == 0, ["--concurrency", "1"])
      delivery.api.victim = run.process.id
      let end = try delivery.finish(run)
      if end.end == .signal(SIGKILL) { killCount += 1 } else { result = end }
      #expect(killCount <= 10)
      if killCount > 10 { return }
    }
    #expect(killCount >= 5)
    try delivery.expectAllApplied(#require(result))
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= killCount + 1 })
    #expect(delivery.api.requestCount <= 10 + killCount)
  }

  @Test(arguments: [UInt64](1...4))
  func `a run that is killed at any moment goes on`(_ seed: UInt64) throws {
    let delivery = try DeliveryPlace(count: 120)
    let concurrency = 4
    var random = SeededGenerator(seed: seed)
    var killCount = 0
    var isFirst = true
    while true {
      let order = delivery.api.requestCount + Int.random(in: 1...50, using: &random)
      let moments: [Fault.KillMoment] = [
        .arrived, .applied, .answered(after: .random(in: 0...5000, using: &random)),
      ]
      delivery.api.plan = .request(order, .kill(moments.randomElement(using: &random) ?? .arrived))
      let options = ["--concurrency", "\(concurrency)"]
      let run =
        isFirst
        ? try delivery.place.start(delivery.applying(options))
        : try goOn(delivery, byNumber: Bool.random(using: &random), options)
      isFirst = false
      delivery.api.victim = run.process.id
      let result = try delivery.finish(run)
      guard result.end == .signal(SIGKILL) else {
        try delivery.expectAllApplied(result)
        break
      }
      killCount += 1
      try #require(killCount < 60)
    }
    #expect(killCount > 0)
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= killCount + 1 })
    #expect(delivery.api.requestCount <= 120 + killCount * concurrency)
  }

  @Test func `a run is killed while it waits`() throws {
    let delivery = try DeliveryPlace(count: 6)
    delivery.api.plan = .from(4, .stall(applies: true))
    let run = try delivery.start("--concurrency", "2")
    try poll(until: "two requests had no answer") { delivery.api.requestCount == 5 }
    try delivery.kill(run)
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 8)
  }

  @Test func `a run is killed while the target is busy`() throws {
    let delivery = try DeliveryPlace(count: 6)
    delivery.api.plan = .request(3, .penalty(status: 429, retryAfter: .seconds(1)))
    let run = try delivery.start("--concurrency", "1")
    try poll(until: "the target was busy") { delivery.api.requestCount == 3 }
    try delivery.kill(run)
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 3 })
  }

  @Test func `a run that is done only has its report written again`() throws {
    let delivery = try DeliveryPlace(count: 3)
    try delivery.expectAllApplied(delivery.apply())
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 3)
    let unknown = try delivery.place.run("resume", "77")
    #expect(unknown.code == 4)
    #expect(unknown.isOneSentence, "\(unknown.err)")
  }
}
