import Dispatch
import Support
import Testing

/// What a test that blocks does not do to the others.
@Suite(.blocking) struct BlockingTests {
  @Test func `a test runs on threads of its own`() {
    #expect(BlockingThreads.shared.isCurrent)
  }

  @Test(arguments: [1, 2])
  func `so does each of its cases`(_ place: Int) {
    #expect(BlockingThreads.shared.isCurrent)
  }

  @Test func `so does an asynchronous test and what it starts`() async {
    #expect(BlockingThreads.shared.isCurrent)
    async let child = isOnBlockingThread()
    #expect(await child)
    #expect(BlockingThreads.shared.isCurrent)
  }

  private func isOnBlockingThread() async -> Bool { BlockingThreads.shared.isCurrent }

  struct Inner {
    @Test func `so does a suite inside`() {
      #expect(BlockingThreads.shared.isCurrent)
    }
  }
}

/// The other tests.
struct NotBlockingTests {
  @Test func `a test without the trait stays where tasks run`() {
    #expect(!BlockingThreads.shared.isCurrent)
  }

  @Test func `tasks go on while all that can block does`() async {
    let threads = BlockingThreads(count: 4)
    let gate = DispatchSemaphore(value: 0)
    let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<threads.count {
        group.addTask(executorPreference: threads) {
          arrival.yield()
          return block(at: gate)
        }
      }
      var iterator = arrivals.makeAsyncIterator()
      for _ in 0..<threads.count { await iterator.next() }
      // All threads are taken; only tasks elsewhere can open the gate.
      #expect(!threads.isCurrent)
      for _ in 0..<threads.count { gate.signal() }
      #expect(await group.allSatisfy { $0 })
    }
  }
}

/// Blocks the thread until it is let go, and says whether it was; the limit only ends a hang.
private func block(at gate: DispatchSemaphore) -> Bool {
  gate.wait(timeout: .now() + 600) == .success
}
