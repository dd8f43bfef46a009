import Glibc
import Support
import Testing

/// Numbers change hands through an API that takes one row at a time.
@Suite(.blocking) struct DeliverySwapTests {
  private typealias Row = DeliveryPlace.Row
  private static let held: [Row] = [(1, "1001"), (2, "1002")]
  private static let swap: [Row] = [(1, "1002"), (2, "1001")]

  @Test(arguments: [1, 4])
  func `two users exchange their numbers over a spare one`(_ concurrency: Int) throws {
    let delivery = try DeliveryPlace(Self.swap, held: Self.held)
    let result = try delivery.apply("--spare", "9999", "--concurrency", "\(concurrency)")
    try delivery.expectAllApplied(result)
    #expect(delivery.api.arrivals.map(\.number) == ["9999", "1001", "1002"])
    #expect(try delivery.report.map(\.previous) == ["1001", "1002"])
  }

  @Test func `without a spare number a swap is left`() throws {
    let delivery = try DeliveryPlace(Self.swap + [(3, "1003")], held: Self.held)
    let result = try delivery.apply()
    #expect(result.code == 2)
    let report = try delivery.report
    #expect(report.map(\.outcome) == ["failed", "failed", "applied"])
    #expect(report.map(\.codes) == [["in_cycle"], ["in_cycle"], []])
    #expect(report[0].reason("in_cycle")?["hint"]?.text?.contains("--spare") == true)
    #expect(delivery.api.arrivals.map(\.user) == [id(3)])
    try delivery.expectAgreement()
  }

  @Test func `a spare number that somebody has or gets is refused`() throws {
    let delivery = try DeliveryPlace(Self.swap, held: Self.held + [(3, "1003")])
    #expect(try delivery.apply("--spare", "1002").code == 78)
    let result = try delivery.apply("--spare", "1003")
    #expect([2, 78].contains(result.code))
    #expect(delivery.api.requestCount == 0)
  }

  @Test func `a spare number that is taken at the target does no harm`() throws {
    let delivery = try DeliveryPlace(Self.swap, held: Self.held)
    let api = try StandIn(users: [id(1): "1001", id(2): "1002", id(9): "9999"])
    let result = try delivery.apply("--spare", "9999", to: api.origin)
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["failed", "failed"])
    #expect(api.users == [id(1): "1001", id(2): "1002", id(9): "9999"])
  }

  /// Every order of a chain of five, the worst one first, as far as they differ much.
  static let orders = [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 3, 0, 4, 2]]

  private func chain(_ order: [Int]) throws -> DeliveryPlace {
    let held: [Row] = (1...5).map { ($0, "\(1000 + $0)") }
    let rows: [Row] = (1...5).map { ($0, "\(1001 + $0)") }
    return try DeliveryPlace(order.map { rows[$0] }, held: held)
  }

  @Test(arguments: orders, [1, 4])
  func `a chain of five is sent from its free end`(_ order: [Int], _ concurrency: Int) throws {
    let delivery = try chain(order)
    try delivery.expectAllApplied(delivery.apply("--concurrency", "\(concurrency)"))
    #expect(delivery.api.arrivals.map(\.user) == (1...5).reversed().map { id($0) })
  }

  @Test(arguments: orders, [1, 2, 3, 4, 5])
  func `a chain that is killed half-way goes on`(_ order: [Int], _ at: Int) throws {
    let delivery = try chain(order)
    delivery.api.plan = .request(at, .kill(at % 2 == 0 ? .applied : .arrived))
    let run = try delivery.start("--concurrency", "4")
    delivery.api.victim = run.process.id
    #expect(try delivery.finish(run).end == .signal(SIGKILL))
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 6)
  }

  @Test func `a chain stops behind a row that fails`() throws {
    let delivery = try chain([0, 1, 2, 3, 4])
    delivery.api.plan = .user(id(3), .answer(.serverError))
    let result = try delivery.apply("--retries", "0")
    #expect(result.code == 2)
    let report = try delivery.report
    #expect(report.map(\.outcome) == ["failed", "failed", "failed", "applied", "applied"])
    #expect(
      report.map(\.codes)
        == [["waits_for_row"], ["waits_for_row"], ["retries_exhausted"], [], []]
    )
    #expect(delivery.api.arrivals.map(\.user) == [id(5), id(4), id(3)])
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestCount == 6)
  }

  /// A kill at one request of a swap.
  struct Kill: Sendable {
    let order: Int
    let moment: Fault.KillMoment
    static let all: [Kill] = (1...6).flatMap { order in
      [Fault.KillMoment.arrived, .applied, .answered(), .answered(after: 2000)].map {
        Kill(order: order, moment: $0)
      }
    }
  }

  /// Two swaps of two users, which have one spare number between them.
  private func twoSwaps() throws -> DeliveryPlace {
    try DeliveryPlace(
      Self.swap + [(3, "1004"), (4, "1003")],
      held: Self.held + [(3, "1003"), (4, "1004")]
    )
  }

  @Test(arguments: Kill.all, ["9999", "9998,9999"])
  func `swaps that are killed half-way go on`(_ kill: Kill, _ spares: String) throws {
    let delivery = try twoSwaps()
    delivery.api.plan = .request(kill.order, .kill(kill.moment))
    let options = ["--spare", spares, "--concurrency", "4"]
    let run = try delivery.place.start(delivery.applying(options))
    delivery.api.victim = run.process.id
    let end = try delivery.finish(run).end
    #expect(end == .signal(SIGKILL) || kill.order == 6 && end == .exit(0))
    // Behind the last answer the kill may come when all is done.
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.users == delivery.wanted)
    #expect(delivery.api.requestCount <= 6 + 4)
  }

  @Test func `a swap that fails half-way says so and is finished later`() throws {
    let delivery = try DeliveryPlace(Self.swap, held: Self.held)
    delivery.api.plan = .user(id(2), .answer(.serverError))
    let result = try delivery.apply("--spare", "9999", "--retries", "0")
    #expect(result.code == 2)
    let report = try delivery.report
    #expect(report.map(\.outcome) == ["failed", "failed"])
    #expect(report.map(\.codes) == [["swap_incomplete"], ["retries_exhausted"]])
    #expect(report[0].reason("swap_incomplete")?["message"]?.text?.contains("9999") == true)
    #expect(delivery.api.users == [id(1): "9999", id(2): "1002"])
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
  }

  @Test func `a ring of many is turned over one spare number`() throws {
    let count = 12
    let held: [Row] = (0..<count).map { ($0, "\(2000 + $0)") }
    let rows: [Row] = (0..<count).map { ($0, "\(2000 + ($0 + 1) % count)") }
    let delivery = try DeliveryPlace(rows, held: held)
    try delivery.expectAllApplied(delivery.apply("--spare", "9999"))
    #expect(delivery.api.requestCount == count + 1)
  }
}
