import ImportModel
import Pipeline
import Stores
import Synchronization
import Testing

struct DeliveryQueueTests {
  private let applied = DeliveryResult(state: .applied, attempts: 1)
  private let refused = DeliveryResult(
    state: .refused,
    attempts: 1,
    reason: .userNotFoundAtTarget,
    status: 404
  )
  private let unanswered = DeliveryResult(state: .open, attempts: 1, reason: .outcomeUnknown)

  @Test func `steps are handed out in the order of the rows`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1, 2]))
    #expect(await queue.take() == 0)
    #expect(await queue.take() == 1)
    #expect(await queue.take() == 2)
    #expect(await queue.take() == nil)
  }

  @Test func `a row is handed out when the one that it waits for is done`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1], releases: [0: 1]))
    #expect(await queue.take() == 1)
    #expect(await queue.take() == nil)
    let records = await queue.settle(1, applied)
    #expect(records.map(\.entry.state) == [.applied])
    #expect(records.first?.confirmed == step(1, to: 101).taken)
    #expect(await queue.take() == 0)
  }

  @Test func `who waits for a step gets it once the result before it is on record`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1], releases: [0: 1]))
    #expect(await queue.take() == 1)
    async let next = queue.next()
    _ = await queue.settle(1, applied)
    await queue.handOut()
    #expect(await next == 0)
    async let last = queue.next()
    _ = await queue.settle(0, applied)
    await queue.handOut()
    #expect(await last == nil)
  }

  @Test func `rows behind one that failed are not sent, and each says which it waits for`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1, 2], releases: [0: 1, 1: 2]))
    #expect(await queue.take() == 2)
    let entries = await queue.settle(2, refused).map(\.entry)
    #expect(entries.map(\.row) == [2, 1, 0])
    #expect(entries.map(\.state) == [.refused, .open, .open])
    #expect(entries.map(\.reason) == [.userNotFoundAtTarget, .waitsForRow, .waitsForRow])
    #expect(entries.map(\.message) == ["", "2", "1"])
    #expect(await queue.next() == nil)
    #expect(await queue.outcomes() == [0: .failed, 1: .failed, 2: .failed])
  }

  @Test func `a ring goes over the spare extension, and the spare comes back`() async {
    let releases = [0: 1, 1: 0, 2: 3, 3: 2]
    let queue = makeQueue(
      makeGraph(rows: [0, 1, 2, 3], releases: releases, opensRings: true),
      spares: [7]
    )
    var order: [String] = []
    while let place = await queue.take() {
      let step = await queue.step(place)
      order.append("\(step.row) \(step.number)")
      _ = await queue.settle(place, applied)
    }
    #expect(order == ["0 107", "1 201", "0 200", "2 107", "3 203", "2 202"])
    #expect(await queue.close().isEmpty)
    #expect(await queue.results.isEmpty)
  }

  @Test func `a detour is confirmed while its row goes on`() async {
    let graph = makeGraph(rows: [0, 1], releases: [0: 1, 1: 0], opensRings: true)
    let queue = makeQueue(graph, spares: [7])
    #expect(await queue.take() == 2)
    let records = await queue.settle(2, applied)
    #expect(records.map(\.entry.row) == [0] && records.map(\.entry.state) == [.sending])
    #expect(records.first?.confirmed?.number == number(7))
    #expect(queue.settledCount.load(ordering: .relaxed) == 0)
  }

  @Test func `a swap that fails half-way says which spare extension its user has`() async {
    let graph = makeGraph(rows: [0, 1], releases: [0: 1, 1: 0], opensRings: true)
    let queue = makeQueue(graph, spares: [7])
    #expect(await queue.take() == 2)
    _ = await queue.settle(2, applied)
    #expect(await queue.take() == 1)
    let entries = await queue.settle(1, refused).map(\.entry)
    #expect(entries.map(\.row) == [1, 0])
    #expect(entries.map(\.reason) == [.userNotFoundAtTarget, .swapIncomplete])
    #expect(entries.last?.message == "107" && entries.last?.attempts == 0)
    #expect(await queue.close().isEmpty)
  }

  @Test func `a swap that a stop leaves half-way is recorded in the end`() async {
    let graph = makeGraph(rows: [0, 1], releases: [0: 1, 1: 0], opensRings: true)
    let queue = makeQueue(graph, spares: [7])
    #expect(await queue.take() == 2)
    _ = await queue.settle(2, applied)
    await queue.stop(.interrupted)
    #expect(await queue.take() == nil)
    let entries = await queue.close().map(\.entry)
    #expect(entries.map(\.row) == [0] && entries.map(\.reason) == [.swapIncomplete])
    #expect(await queue.outcomes() == [0: .failed, 1: .unprocessed])
  }

  @Test func `a spare extension that the target refused to give serves the next ring`() async {
    let graph = makeGraph(
      rows: [0, 1, 2, 3],
      releases: [0: 1, 1: 0, 2: 3, 3: 2],
      opensRings: true
    )
    let queue = makeQueue(graph, spares: [7])
    #expect(await queue.take() == 4)
    #expect(await queue.settle(4, refused).map(\.entry.row) == [0, 1])
    #expect(await queue.take() == 5)
    #expect(await queue.step(5).number == number(7))
  }

  @Test func `a spare extension that somebody may have is not given again`() async {
    let graph = makeGraph(
      rows: [0, 1, 2, 3],
      releases: [0: 1, 1: 0, 2: 3, 3: 2],
      opensRings: true
    )
    let queue = makeQueue(graph, spares: [7])
    #expect(await queue.take() == 4)
    _ = await queue.settle(4, unanswered)
    #expect(await queue.take() == nil)
    #expect(await queue.close().isEmpty)
    let results = await queue.results
    #expect(results[2]?.reason == .inCycle && results[3]?.reason == .inCycle)
  }

  @Test func `a spare extension lent out by an earlier process comes back with its row`() async {
    let graph = makeGraph(rows: [0, 1, 2], releases: [1: 2, 2: 1], opensRings: true)
    let queue = makeQueue(graph, lentSpares: [0: 7])
    #expect(await queue.take() == 0)
    #expect(await queue.take() == nil)
    _ = await queue.settle(0, applied)
    #expect(await queue.take() == 3)
    #expect(await queue.step(3).number == number(7))
  }

  @Test func `what was given back is handed out again`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1]))
    #expect(await queue.take() == 0)
    await queue.giveBack(0)
    #expect(await queue.take() == 0)
    #expect(await queue.take() == 1)
    #expect(await queue.take() == nil)
  }

  @Test func `after a stop nothing is handed out, and the first reason counts`() async {
    let queue = makeQueue(makeGraph(rows: [0, 1], releases: [1: 0]))
    #expect(await queue.take() == 0)
    async let next = queue.next()
    await queue.stop(.unauthorized("no"))
    await queue.stop(.interrupted)
    #expect(await next == nil)
    #expect(await queue.stop == .unauthorized("no"))
    _ = await queue.settle(0, applied)
    #expect(await queue.take() == nil)
  }

  @Test func `row after row that fails stops the run, unless one succeeds between`() async {
    let queue = makeQueue(makeGraph(rows: Array(0..<60)))
    for place in 0..<19 {
      #expect(await queue.take() == place)
      _ = await queue.settle(place, unanswered)
    }
    #expect(await queue.take() == 19)
    _ = await queue.settle(19, applied)
    for place in 20..<40 {
      #expect(await queue.take() == place)
      _ = await queue.settle(place, unanswered)
    }
    #expect(await queue.stop == .failing(rowCount: 20, ""))
    #expect(await queue.take() == nil)
  }

  @Test(arguments: [(RunLimits.Amount.count(1), 1), (.count(0), 0), (.percent(25), 2)])
  func `more failures than allowed stop the run`(_ limit: RunLimits.Amount, _ allowed: Int) async {
    let queue = makeQueue(makeGraph(rows: Array(0..<8)), maximumFailures: limit)
    for place in 0...allowed {
      #expect(await queue.stop == nil)
      #expect(await queue.take() == place)
      _ = await queue.settle(place, refused)
    }
    let count = allowed + 1
    #expect(
      await queue.stop == .tooManyFailures(rowCount: count, limit: limit.description)
    )
  }

  @Test(arguments: [(0.0, 0), (0.0, 1), (0.0, 3), (0.15, 0), (0.15, 1), (0.3, 2), (0.9, 2)])
  func `no extension is asked for that somebody has, and each row ends once`(
    _ failureRate: Double,
    _ spareCount: Int
  ) async {
    for seed in 0..<200 as Range<UInt64> {
      var simulation = QueueSimulation(
        seed: seed,
        failureRate: failureRate,
        spareCount: spareCount
      )
      let unsendable = await simulation.queue.results
      await simulation.run()
      let outcomes = await simulation.queue.outcomes()
      let results = await simulation.queue.results
      #expect(Set(outcomes.keys) == simulation.rows)
      for (row, outcome) in outcomes {
        let isLeft = results[row]?.reason == .inCycle
        let endCount = outcome == .unprocessed || isLeft || unsendable[row] != nil ? 0 : 1
        #expect(simulation.endCounts[row, default: 0] == endCount, "seed \(seed), row \(row)")
        #expect((outcome == .failed) == (results[row] != nil), "seed \(seed), row \(row)")
      }
      if await simulation.queue.stop == nil {
        #expect(!outcomes.values.contains(.unprocessed), "seed \(seed)")
        let isStuck = results.values.contains { $0.reason == .inCycle }
        #expect(!isStuck || simulation.freeSpares.isEmpty, "seed \(seed)")
      }
      if failureRate == 0 {
        #expect(simulation.freeSpares.count == spareCount, "seed \(seed)")
      }
      let settledCount = simulation.queue.settledCount.load(ordering: .relaxed)
      let stuckCount = results.values.count { $0.reason == .inCycle }
      let endedCount = simulation.endCounts.count + stuckCount
      #expect(settledCount == endedCount, "seed \(seed)")
    }
  }
}
