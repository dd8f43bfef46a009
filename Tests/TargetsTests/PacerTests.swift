import Support
import Synchronization
import Targets
import Testing

struct PacerTests {
  /// Who came through, in order.
  final class Order: Sendable {
    private let places = Mutex<[Int]>([])

    var all: [Int] { places.withLock { $0 } }

    func add(_ place: Int) { places.withLock { $0.append(place) } }
  }

  let clock = ManualClock()

  /// Lets other tasks run until something is so.
  private func until(_ isSo: () -> Bool) async {
    while !isSo() { await Task.yield() }
  }

  @Test func `an open gate lets everybody through at once`() async throws {
    let pacer = Pacer(rate: nil, clock: clock)
    for _ in 0..<1000 { try await pacer.permit() }
    #expect(pacer.remainingPause == nil && clock.sleeperCount == 0)
  }

  @Test func `requests go out evenly and in order`() async throws {
    let pacer = Pacer(rate: Rate("4/s"), clock: clock)
    let order = Order()
    try await withThrowingTaskGroup(of: Void.self) { group in
      try await pacer.permit()
      for place in 0..<5 {
        group.addTask {
          try await pacer.permit()
          order.add(place)
        }
        await until { clock.sleeperCount == 1 && pacer.queueCount == place }
      }
      for passed in 0..<5 {
        clock.advance(by: .milliseconds(249))
        #expect(order.all.count == passed)
        clock.advance(by: .milliseconds(1))
        await until { order.all.count == passed + 1 }
        if passed < 4 { await until { clock.sleeperCount == 1 } }
      }
      try await group.waitForAll()
    }
    #expect(order.all == [0, 1, 2, 3, 4])
  }

  @Test func `a timer that wakes late does not lower the rate`() async throws {
    let pacer = Pacer(rate: Rate("10/s"), clock: clock)
    try await pacer.permit()
    async let late: Void = pacer.permit()
    await until { clock.sleeperCount == 1 }
    clock.advance(by: .milliseconds(180))
    try await late
    async let next: Void = pacer.permit()
    await until { clock.sleeperCount == 1 }
    clock.advance(by: .milliseconds(20))
    try await next
  }

  @Test func `no burst follows a lull`() async throws {
    let pacer = Pacer(rate: Rate("10/s"), clock: clock)
    try await pacer.permit()
    clock.advance(by: .seconds(60))
    try await pacer.permit()
    async let next: Void = pacer.permit()
    await until { clock.sleeperCount == 1 }
    clock.advance(by: .milliseconds(100))
    try await next
  }

  @Test func `a pause holds back whoever comes and whoever waits`() async throws {
    let pacer = Pacer(rate: Rate("1/s"), clock: clock)
    try await pacer.permit()
    async let first: Void = pacer.permit()
    await until { clock.sleeperCount == 1 }
    pacer.pause(for: .seconds(10))
    clock.advance(by: .seconds(1))
    await until { clock.sleeperCount == 1 }
    #expect(pacer.remainingPause == .seconds(9))
    clock.advance(by: .seconds(9))
    try await first
    #expect(pacer.remainingPause == nil)
  }

  @Test func `a pause is made longer and never shorter`() {
    let pacer = Pacer(rate: nil, clock: clock)
    pacer.pause(for: .seconds(10))
    pacer.pause(for: .seconds(5))
    #expect(pacer.remainingPause == .seconds(10))
    clock.advance(by: .seconds(4))
    pacer.pause(for: .seconds(8))
    #expect(pacer.remainingPause == .seconds(8))
    pacer.pause(for: .zero)
    pacer.pause(for: nil)
    #expect(pacer.remainingPause == .seconds(30))
    clock.advance(by: .seconds(30))
    #expect(pacer.remainingPause == nil)
  }

  @Test func `whoever gives up lets the next one through`() async throws {
    let pacer = Pacer(rate: nil, clock: clock)
    pacer.pause(for: .seconds(10))
    let first = Task { try await pacer.permit() }
    await until { clock.sleeperCount == 1 }
    let second = Task { try await pacer.permit() }
    await until { pacer.queueCount == 1 }
    let third = Task { try await pacer.permit() }
    await until { pacer.queueCount == 2 }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(pacer.queueCount == 1)
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    await until { clock.sleeperCount == 1 && pacer.queueCount == 0 }
    clock.advance(by: .seconds(10))
    try await third.value
    try await pacer.permit()
  }

  @Test func `a task that was told to stop gets no permit and takes no slot`() async throws {
    let pacer = Pacer(rate: Rate("1/h"), clock: clock)
    let stopped = Task {
      while !Task.isCancelled { await Task.yield() }
      try await pacer.permit()
    }
    stopped.cancel()
    await #expect(throws: CancellationError.self) { try await stopped.value }
    try await pacer.permit()
  }
}
