package import ImportModel
import Stores
package import Targets

/// Sends the rows of a run to a target, several at a time, and journals each before and after.
package struct Delivery<Time: Clock>: Sendable where Time.Duration == Duration {
  /// How long requests under way may take once the run is to stop.
  private static var grace: Duration { .seconds(8) }
  private static var tick: Duration { .milliseconds(100) }

  let target: any AssignmentTarget
  let settings: DeliverySettings
  let queue: DeliveryQueue
  let journal: JournalWriter
  let pacer: Pacer<Time>
  let clock: Time

  private enum Event: Sendable {
    case tick
    case ended(ImportError?)
  }

  /// Makes it.
  ///
  /// - Parameters:
  ///   - target: where the rows are sent; not closed at the end.
  ///   - settings: how.
  ///   - queue: the rows.
  ///   - journal: where each is recorded before and after.
  ///   - clock: a monotonic clock.
  package init(
    to target: any AssignmentTarget,
    settings: DeliverySettings,
    queue: DeliveryQueue,
    journal: JournalWriter,
    clock: Time
  ) {
    self.target = target
    self.settings = settings
    self.queue = queue
    self.journal = journal
    self.clock = clock
    pacer = Pacer(rate: settings.rate, clock: clock)
  }

  /// How long no row is sent from now on, because the target asked for it; `nil` for no pause.
  var remainingPause: Duration? { pacer.remainingPause }

  /// Sends until nothing is left to be sent or the queue is stopped.
  ///
  /// - Returns: why the journal could not be written, if so; what was under way is then in doubt.
  package func run(stepCount: Int) async -> ImportError? {
    let failure = await withTaskGroup(of: Event.self) { group in
      var workerCount = min(settings.concurrency, max(stepCount, 1))
      for _ in 0..<workerCount { group.addTask { .ended(await work()) } }
      group.addTask { await nextTick() }
      var failure: ImportError?
      var deadline: Time.Instant?
      while workerCount > 0, let event = await group.next() {
        switch event {
        case .ended(let error):
          workerCount -= 1
          if let error {
            failure = failure ?? error
            await queue.stop(.journalFailed)
          }
        case .tick:
          if await queue.stop != nil {
            let limit = deadline ?? clock.now.advanced(by: Self.grace)
            deadline = limit
            if clock.now >= limit {
              group.cancelAll()
              continue
            }
          }
          group.addTask { await nextTick() }
        }
      }
      group.cancelAll()
      return failure
    }
    if let failure { return failure }
    do throws(ImportError) {
      try await journal.record(await queue.close())
    } catch {
      return error
    }
    return nil
  }

  private func nextTick() async -> Event {
    // A cancelled tick is the last one.
    try? await clock.sleep(for: Self.tick)
    return .tick
  }

  // MARK: - One of several workers

  /// Makes steps until there are none.
  ///
  /// - Returns: why the journal could not be written, if that is what ended it.
  private func work() async -> ImportError? {
    // The result of one step is recorded together with the beginning of the next.
    var settled: [DeliveryRecord] = []
    do throws(ImportError) {
      while true {
        var place = await queue.take()
        if place == nil || pacer.remainingPause != nil || settings.rate != nil {
          try await journal.record(settled)
          settled = []
          await queue.handOut()
        }
        if place == nil { place = await queue.next() }
        guard let place else { return nil }
        settled = try await make(place, settled)
      }
    } catch {
      return error
    }
  }

  /// Makes one step, again and again if need be.
  ///
  /// - Returns: what is to be recorded of its result.
  private func make(
    _ place: Int,
    _ settled: [DeliveryRecord]
  ) async throws(ImportError) -> [DeliveryRecord] {
    let step = await queue.step(place)
    var settled = settled
    var attempts = step.attempts
    var tries = 0
    var last: DeliveryResult?
    // Whether the target can have seen the row.
    var isSent = false
    while await isPermitted() {
      if let wait = target.reserve(step.assignment) {
        pacer.pause(for: wait)
        continue
      }
      tries += 1
      attempts += 1
      settled.append(
        DeliveryRecord(
          DeliveryEntry(
            row: step.row,
            state: .sending,
            attempts: attempts,
            // Who goes on after a kill must know that the user may have the spare extension.
            message: step.isDetour ? step.assignment.number?.description ?? "" : "",
            extensionID: step.extensionID
          )
        )
      )
      try await journal.record(settled)
      if tries == 1 { await queue.handOut() }
      settled = []
      let attempt = await target.assign(step.assignment)
      let result = await note(attempt, attempts)
      isSent = isSent || attempt.isSent
      last = result
      guard await waitToTryAgain(after: attempt, tries) else { break }
    }
    if isSent, let last { return await queue.settle(place, last) }
    await queue.giveBack(place)
    return settled
  }

  /// Waits until a request may be made; `false` when none may be made any more.
  private func isPermitted() async -> Bool {
    while await queue.stop == nil, let pause = pacer.remainingPause {
      try? await clock.sleep(for: min(pause, Self.tick))
      if Task.isCancelled { return false }
    }
    guard await queue.stop == nil else { return false }
    do { try await pacer.permit() } catch { return false }
    return await queue.stop == nil
  }

  /// Waits before a step is made again; `false` when it is not to be made again.
  private func waitToTryAgain(after attempt: Attempt, _ tries: Int) async -> Bool {
    var generator = SystemRandomNumberGenerator()
    guard
      let wait = settings.retries.wait(after: attempt, triesMade: tries, using: &generator)
    else {
      if case .unreachable(let text) = attempt { await queue.stop(.unreachable(text)) }
      return false
    }
    let end = clock.now.advanced(by: wait)
    while await queue.stop == nil {
      let rest = clock.now.duration(to: end)
      if rest <= .zero { return true }
      try? await clock.sleep(for: min(rest, Self.tick))
      if Task.isCancelled { return false }
    }
    return false
  }

  /// What an attempt means for its row, and for the whole run.
  private func note(_ attempt: Attempt, _ attempts: Int) async -> DeliveryResult {
    switch attempt {
    case .unauthorized(let answer): await queue.stop(.unauthorized(answer.message))
    case .insecure(let text): await queue.stop(.insecure(text))
    case .busy(_, let wait): pacer.pause(for: wait)
    case .accepted, .refused, .unexpected, .faulty, .unanswered, .unreachable: break
    }
    return attempt.result(attempts: attempts)
  }
}
