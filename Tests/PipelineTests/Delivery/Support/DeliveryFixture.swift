import ImportModel
import Pipeline
import Stores
import Support
import Targets
import Testing

/// A delivery to a target in memory, journalled in memory, by a clock that a test moves.
struct DeliveryFixture {
  let log = DeliveryLog()
  let clock = ManualClock()
  let queue: DeliveryQueue
  var concurrency = 1
  var retryCount = 5
  /// What goes wrong with the journal, by its transactions so far.
  var journalFailure: @Sendable (Int) -> ImportError? = { _ in nil }

  init(_ queue: DeliveryQueue) { self.queue = queue }

  /// Sends rows that wait for none.
  init(rowCount: Int, maximumFailures: RunLimits.Amount? = nil) {
    let graph = makeGraph(rows: Array(0..<rowCount))
    self.init(makeQueue(graph, maximumFailures: maximumFailures))
  }

  /// Sends everything; the clock stands still.
  ///
  /// - Returns: why the journal could not be written, if so.
  func run(_ answer: @escaping @Sendable (Assignment) async -> Attempt) async -> ImportError? {
    let log = log
    let clock = clock
    let journalFailure = journalFailure
    let target = ScriptedTarget { assignment in
      log.add(.sent(assignment, at: clock.now.sinceStart))
      return await answer(assignment)
    }
    var settings = DeliverySettings(name: "scripted") { () throws(ImportError) in target }
    settings.concurrency = concurrency
    settings.retries = RetryPolicy(retryCount: retryCount)
    let journal = JournalWriter { records throws(ImportError) in
      if let failure = journalFailure(log.beginTransaction()) { throw failure }
      for record in records { log.add(.recorded(record)) }
    }
    let delivery = Delivery(
      to: target,
      settings: settings,
      queue: queue,
      journal: journal,
      clock: clock
    )
    return await delivery.run(stepCount: concurrency)
  }

  /// Sends everything while the time goes on.
  func runInTime(
    _ answer: @escaping @Sendable (Assignment) async -> Attempt
  ) async -> ImportError? {
    await withTaskGroup { group in
      let clock = clock
      group.addTask {
        while !Task.isCancelled {
          clock.advance(by: .milliseconds(50))
          await Task.yield()
        }
      }
      let failure = await run(answer)
      group.cancelAll()
      return failure
    }
  }

  /// Whether each request went out behind the record that it was about to be sent, and none behind
  /// one that it had ended.
  func expectRecordedBeforeSent() {
    var open: [UInt32: Int] = [:]
    for event in log.events {
      switch event {
      case .recorded(let record):
        open[record.entry.row] = record.entry.state == .sending ? record.entry.attempts : nil
      case .sent(let assignment, _):
        #expect(open[assignment.user.low] != nil, "\(assignment.user) was sent without a record")
      }
    }
  }
}
