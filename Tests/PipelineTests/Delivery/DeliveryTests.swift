import ImportModel
import Pipeline
import Stores
import Support
import Synchronization
import Targets
import Testing

struct DeliveryTests {
  /// Counts what a script has answered.
  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// - Returns: how often it was asked before.
    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
  }

  private let journalError = ImportError(.outputNotWritten, "the disk is full")

  @Test(arguments: [1, 3, 16])
  func `each row is sent once, behind its record, and its end is recorded`(
    _ concurrency: Int
  ) async {
    var fixture = DeliveryFixture(rowCount: 50)
    fixture.concurrency = concurrency
    #expect(await fixture.run { _ in accepted } == nil)
    fixture.expectRecordedBeforeSent()
    #expect(Set(fixture.log.sent.map(\.user)).count == 50 && fixture.log.sent.count == 50)
    #expect(fixture.log.lastEntries.count == 50)
    #expect(fixture.log.lastEntries.values.allSatisfy { $0.state == .applied && $0.attempts == 1 })
    #expect(await fixture.queue.outcomes().values.allSatisfy { $0 == .applied })
  }

  @Test func `one row at a time needs one transaction a row and one at the end`() async {
    let fixture = DeliveryFixture(rowCount: 20)
    #expect(await fixture.run { _ in accepted } == nil)
    #expect(fixture.log.transactionCount == 21)
  }

  @Test func `no more rows are in doubt at any time than are under way`() async {
    var fixture = DeliveryFixture(rowCount: 60)
    fixture.concurrency = 4
    #expect(await fixture.run { _ in accepted } == nil)
    var open: Set<UInt32> = []
    for entry in fixture.log.entries {
      if entry.state == .sending { open.insert(entry.row) } else { open.remove(entry.row) }
      #expect(open.count <= 4)
    }
    #expect(open.isEmpty)
  }

  @Test func `a row that the target fails at is sent again, each time recorded`() async {
    let fixture = DeliveryFixture(rowCount: 1)
    let counter = Counter()
    #expect(await fixture.runInTime { _ in counter.next() < 3 ? faulty : accepted } == nil)
    fixture.expectRecordedBeforeSent()
    #expect(fixture.log.entries.map(\.state) == [.sending, .sending, .sending, .sending, .applied])
    #expect(fixture.log.entries.map(\.attempts) == [1, 2, 3, 4, 4])
  }

  @Test func `a row that fails each time is given up and left open`() async {
    var fixture = DeliveryFixture(rowCount: 2)
    fixture.retryCount = 2
    #expect(await fixture.runInTime { $0.user == user(0) ? faulty : accepted } == nil)
    #expect(fixture.log.sent.map(\.user) == [user(0), user(0), user(0), user(1)])
    #expect(fixture.log.lastEntries[0]?.state == .open)
    #expect(fixture.log.lastEntries[0]?.reason == .retriesExhausted)
    #expect(fixture.log.lastEntries[1]?.state == .applied)
  }

  @Test func `what the target refuses is not sent again`() async {
    let fixture = DeliveryFixture(rowCount: 1)
    #expect(await fixture.run { _ in notFound } == nil)
    #expect(fixture.log.entries.map(\.state) == [.sending, .refused])
    #expect(await fixture.queue.outcomes() == [0: .failed])
  }

  @Test func `a target that is busy is left alone by all rows`() async throws {
    var fixture = DeliveryFixture(rowCount: 30)
    fixture.concurrency = 4
    let counter = Counter()
    let busy = Attempt.busy(TargetAnswer(status: 429, message: ""), wait: .seconds(7))
    let clock = fixture.clock
    let end = Mutex<Duration>(.zero)
    let failure = await fixture.runInTime { _ in
      if counter.next() != 10 { return accepted }
      end.withLock { $0 = clock.now.sinceStart + .seconds(7) }
      return busy
    }
    #expect(failure == nil)
    let pauseEnd = end.withLock { $0 }
    // Three others may have been on their way already.
    let late = fixture.log.moments.dropFirst(11 + 3)
    #expect(late.count == 30 + 1 - 14 && late.allSatisfy { $0 >= pauseEnd })
    #expect(fixture.log.lastEntries.values.allSatisfy { $0.state == .applied })
  }

  @Test func `a token that is not accepted stops the run and leaves the rest unsent`() async {
    let fixture = DeliveryFixture(rowCount: 10)
    let counter = Counter()
    let failure = await fixture.run { _ in
      counter.next() < 4
        ? accepted : .unauthorized(TargetAnswer(status: 401, message: "Invalid token"))
    }
    #expect(failure == nil)
    #expect(await fixture.queue.stop == .unauthorized("Invalid token"))
    #expect(fixture.log.sent.count == 5)
    #expect(fixture.log.lastEntries.count == 5 && fixture.log.lastEntries[4]?.state == .open)
    #expect(await fixture.queue.outcomes().values.count { $0 == .unprocessed } == 5)
  }

  @Test func `a target that cannot be reached stops the run, and the row counts as unsent`() async {
    var fixture = DeliveryFixture(rowCount: 3)
    fixture.retryCount = 1
    #expect(await fixture.runInTime { _ in .unreachable("connection refused") } == nil)
    #expect(await fixture.queue.stop == .unreachable("connection refused"))
    #expect(fixture.log.sent.count == 2)
    #expect(await fixture.queue.outcomes().values.allSatisfy { $0 == .unprocessed })
  }

  @Test func `a target that fails for row after row stops the run`() async {
    var fixture = DeliveryFixture(rowCount: 40)
    fixture.retryCount = 0
    #expect(await fixture.run { _ in faulty } == nil)
    #expect(fixture.log.sent.count == 20)
    #expect(
      await fixture.queue.stop == .failing(rowCount: 20, "Internal server error")
    )
  }

  @Test func `more failures than allowed stop the run`() async {
    let fixture = DeliveryFixture(rowCount: 40, maximumFailures: .count(2))
    #expect(await fixture.run { _ in notFound } == nil)
    #expect(fixture.log.sent.count == 3)
    #expect(await fixture.queue.stop == .tooManyFailures(rowCount: 3, limit: "2"))
  }

  @Test func `an interruption lets what is under way end, and leaves the rest`() async {
    let fixture = DeliveryFixture(rowCount: 10)
    let queue = fixture.queue
    let counter = Counter()
    let failure = await fixture.run { _ in
      if counter.next() == 2 { await queue.stop(.interrupted) }
      return accepted
    }
    #expect(failure == nil)
    #expect(fixture.log.sent.count == 3)
    #expect(fixture.log.lastEntries.values.map(\.state) == [.applied, .applied, .applied])
    #expect(await queue.outcomes().values.count { $0 == .unprocessed } == 7)
  }

  @Test func `an interruption ends a pause`() async {
    var fixture = DeliveryFixture(rowCount: 5)
    fixture.concurrency = 2
    let queue = fixture.queue
    let clock = fixture.clock
    let failure = await fixture.runInTime { _ in
      await queue.stop(.interrupted)
      return .busy(TargetAnswer(status: 503, message: ""), wait: .seconds(1_000_000_000))
    }
    #expect(failure == nil && clock.now.sinceStart < .seconds(1_000_000_000))
    #expect(await queue.outcomes().values.allSatisfy { $0 != .applied })
  }

  @Test func `what does not end in time after an interruption is ended`() async {
    let fixture = DeliveryFixture(rowCount: 2)
    let queue = fixture.queue
    let clock = fixture.clock
    let failure = await fixture.runInTime { _ in
      await queue.stop(.interrupted)
      // Only cancellation ends it.
      try? await clock.sleep(for: .seconds(1_000_000_000))
      return .unanswered("stopped")
    }
    #expect(failure == nil && clock.now.sinceStart < .seconds(1_000_000_000))
    #expect(fixture.log.lastEntries[0]?.reason == .outcomeUnknown)
  }

  @Test func `nothing is sent when the journal cannot be written`() async {
    var fixture = DeliveryFixture(rowCount: 10)
    fixture.concurrency = 4
    let error = journalError
    fixture.journalFailure = { _ in error }
    let failure = await fixture.run { _ in accepted }
    #expect(failure?.kind == .outputNotWritten)
    #expect(fixture.log.sent.isEmpty && fixture.log.transactionCount == 1)
    #expect(await fixture.queue.stop == .journalFailed)
  }

  @Test func `a journal that fails stops everything and is not tried again`() async {
    var fixture = DeliveryFixture(rowCount: 100)
    fixture.concurrency = 4
    let error = journalError
    fixture.journalFailure = { $0 == 5 ? error : nil }
    let failure = await fixture.run { _ in accepted }
    #expect(failure?.message == error.message)
    #expect(fixture.log.transactionCount == 6)
    fixture.expectRecordedBeforeSent()
    #expect(fixture.log.sent.count < 100)
  }
}
