import Support
import Testing

/// Many rows over connections that are cut at many moments.
///
/// The usual run is small; `RCIMPORT_FULL_TESTS=1` makes it 10,000 rows with 200 cuts.
@Suite(.blocking) struct DeliveryEnduranceTests {
  @Test(arguments: [UInt64(1), 2])
  func `every row is applied although connections are cut`(_ seed: UInt64) throws {
    let rowCount = runsFullTests ? 10_000 : 1000
    let cutCount = runsFullTests ? 200 : 40
    let delivery = try DeliveryPlace(count: rowCount)
    var random = SeededGenerator(seed: seed)
    var orders: Set<Int> = []
    while orders.count < cutCount { orders.insert(.random(in: 1...rowCount, using: &random)) }
    let cuts = Fault.Cut.allCases.flatMap { how in
      [0, 1, 17, 64, 120, Int.max].flatMap { count in
        [true, false].map { Fault.cut(after: count, applies: $0, how: how) }
      }
    }
    let plan = FaultPlan.random(seed: seed, share: 1, cuts)
    let chosen = orders
    delivery.api.plan = FaultPlan { chosen.contains($0.order) ? plan.fault($0) : nil }
    let result = try delivery.apply("--concurrency", "8")
    try delivery.expectAllApplied(result)
    #expect(rowCount...(rowCount + cutCount) ~= delivery.api.requestCount)
    #expect(delivery.api.requestsByUser.values.allSatisfy { $0 <= 6 })
  }
}
