package import ImportModel
package import Stores
package import Synchronization
import Targets

/// Hands out the steps of a delivery in an order that never breaks uniqueness, and takes the results.
package actor DeliveryQueue {
  /// Rows that fail one after the other before the target as a whole counts as failing.
  private static let failingRowLimit = 20
  private static let failingReasons: Set<ReasonCode> = [
    .retriesExhausted, .outcomeUnknown, .directoryNotUpdated,
  ]

  private var graph: DeliveryGraph
  private var steps: [DeliveryStep]
  private var spares: [ExtensionNumber]
  /// Spare extensions that users have, or may have, from an earlier process, by the step that gives
  /// them up.
  private var lentSpares: [Int: ExtensionNumber]
  /// Rings that wait for a spare extension, the last one first.
  private var waitingRings: [DeliveryGraph.Ring] = []
  /// Rings that have their spare extension, with their detour, by their last step.
  private var openRings: [Int: (detour: Int, ring: DeliveryGraph.Ring)] = [:]
  /// Steps that became ready later than their turn, the last one first.
  private var released: [Int] = []
  private var cursor = 0
  private var underWayCount = 0
  private var waiting: [CheckedContinuation<Int?, Never>] = []
  private var failingRowCount = 0
  private let maximumFailures: RunLimits.Amount?
  private var failureCount: Int
  private let rowCount: Int

  /// What became of the rows that did not simply end well, by row.
  package private(set) var results: [UInt32: DeliveryResult] = [:]
  /// The numbers that the target chose, by row.
  package private(set) var chosenNumbers: [UInt32: ExtensionNumber] = [:]
  /// Why nothing more is sent, once that is so.
  package private(set) var stop: DeliveryStop?
  /// Rows that are settled, for showing progress.
  package nonisolated let settledCount = Atomic<Int>(0)

  /// Makes a queue.
  ///
  /// - Parameters:
  ///   - graph: the rows.
  ///   - spares: extensions nobody has, for rings.
  ///   - lentSpares: those that a step gives up, by its place.
  ///   - maximumFailures: how many rows may be rejected or fail.
  ///   - rejectedCount: rows that were rejected before anything was sent.
  ///   - rowCount: all rows of the run.
  package init(
    _ graph: DeliveryGraph,
    spares: [ExtensionNumber],
    lentSpares: [Int: ExtensionNumber],
    maximumFailures: RunLimits.Amount?,
    rejectedCount: Int,
    rowCount: Int
  ) {
    self.graph = graph
    self.spares = spares.reversed()
    self.lentSpares = lentSpares
    self.maximumFailures = maximumFailures
    self.rowCount = rowCount
    failureCount = rejectedCount
    steps = graph.steps
    for ring in graph.rings.reversed() where ring.detour != nil { waitingRings.append(ring) }
    for unsendable in graph.unsendable {
      steps[unsendable.step].state = .failed
      results[steps[unsendable.step].row] = unsendable.result
    }
    failureCount += results.count
    settledCount.store(results.count, ordering: .relaxed)
  }

  // MARK: - Handing out

  /// The next step to be made, if there is one at once.
  package func take() -> Int? {
    guard stop == nil else { return nil }
    startRings()
    var next = released.popLast()
    while next == nil, cursor < steps.count {
      if steps[cursor].state == .ready { next = cursor }
      cursor += 1
    }
    guard let next else { return nil }
    steps[next].state = .underWay
    underWayCount += 1
    return next
  }

  /// The next step to be made, or `nil` when there will be none.
  package func next() async -> Int? {
    if let step = take() { return step }
    if stop != nil || underWayCount == 0 {
      wakeAll()
      return nil
    }
    return await withCheckedContinuation { waiting.append($0) }
  }

  /// A step as it is now.
  package func step(_ place: Int) -> DeliveryStep { steps[place] }

  /// Takes back a step that was not made.
  package func giveBack(_ place: Int) {
    steps[place].state = .ready
    underWayCount -= 1
    released.append(place)
    handOut()
  }

  private func startRings() {
    while let ring = waitingRings.last, let detour = ring.detour,
      // What the row's user may have already does no harm when it is sent again.
      let spare = lentSpares.removeValue(forKey: ring.last) ?? spares.popLast()
    {
      waitingRings.removeLast()
      steps[detour].assignment.number = spare
      steps[detour].state = .ready
      openRings[ring.last] = (detour, ring)
      released.append(detour)
    }
  }

  /// Gives those who wait what there is to be made, or lets them go when there will be nothing.
  ///
  /// Called behind `settle`, once what it returned is durable: a row that waits for another is sent
  /// only when it is on record that the other gave its extension up.
  package func handOut() {
    while !waiting.isEmpty, let step = take() {
      waiting.removeLast().resume(returning: step)
    }
    if stop != nil || underWayCount == 0 { wakeAll() }
  }

  private func wakeAll() {
    for continuation in waiting { continuation.resume(returning: nil) }
    waiting = []
  }

  // MARK: - Taking results

  /// Takes the result of a step that was under way; `handOut` goes on from there.
  ///
  /// - Returns: what is to be recorded: the step's row, and rows that cannot be sent because of it.
  package func settle(_ place: Int, _ result: DeliveryResult) -> [DeliveryRecord] {
    underWayCount -= 1
    steps[place].attempts = result.attempts
    var records: [DeliveryRecord] = []
    if result.state == .applied {
      records.append(succeed(place, result))
    } else {
      records = fail(place, result)
      stopIfFailing(result)
    }
    return records
  }

  private func succeed(_ place: Int, _ result: DeliveryResult) -> DeliveryRecord {
    failingRowCount = 0
    steps[place].state = .done
    if let waiter = graph.waiters[place], steps[waiter].state == .blocked {
      steps[waiter].state = .ready
      released.append(waiter)
    }
    let step = steps[place]
    if step.isDetour {
      // The row itself goes on being sent.
      let entry = DeliveryEntry(row: step.row, state: .sending, attempts: result.attempts)
      return DeliveryRecord(entry, confirmed: step.confirmed(result.number))
    }
    if let open = openRings.removeValue(forKey: place),
      let spare = steps[open.detour].assignment.number
    {
      spares.append(spare)
    }
    if let spare = lentSpares.removeValue(forKey: place) { spares.append(spare) }
    settledCount.add(1, ordering: .relaxed)
    if !result.message.isEmpty { results[step.row] = result }
    if step.assignment.number == nil { chosenNumbers[step.row] = result.number }
    return DeliveryRecord(entry(step.row, result), confirmed: step.confirmed(result.number))
  }

  private func fail(_ place: Int, _ result: DeliveryResult) -> [DeliveryRecord] {
    if steps[place].isDetour && result.state == .refused,
      let spare = steps[place].assignment.number
    {
      // Nobody has the spare extension; after any other answer somebody may.
      spares.append(spare)
    }
    var records = [note(place, result)]
    var needed = place
    while let waiter = graph.waiters[needed], steps[waiter].state == .blocked {
      records.append(note(waiter, waitingResult(waiter, needed)))
      needed = waiter
    }
    return records.compactMap { $0 }
  }

  /// Why a step cannot be made after the one that it waits for failed.
  private func waitingResult(_ waiter: Int, _ needed: Int) -> DeliveryResult {
    if let open = openRings[waiter], steps[open.detour].state == .done {
      return swapResult(waiter, detour: open.detour)
    }
    return .waiting(for: steps[needed].row, attempts: steps[waiter].attempts)
  }

  private func swapResult(_ last: Int, detour: Int) -> DeliveryResult {
    DeliveryResult(
      state: .open,
      attempts: steps[last].attempts,
      reason: .swapIncomplete,
      message: steps[detour].assignment.number?.description ?? ""
    )
  }

  /// Notes that a step failed; `nil` when the row failed before.
  private func note(_ place: Int, _ result: DeliveryResult) -> DeliveryRecord? {
    steps[place].state = .failed
    let row = steps[place].row
    guard results[row] == nil else { return nil }
    results[row] = result
    failureCount += 1
    settledCount.add(1, ordering: .relaxed)
    return DeliveryRecord(entry(row, result))
  }

  private func entry(_ row: UInt32, _ result: DeliveryResult) -> DeliveryEntry {
    DeliveryEntry(
      row: row,
      state: result.state,
      attempts: result.attempts,
      reason: result.reason,
      status: result.status,
      error: result.error,
      message: result.message
    )
  }

  // MARK: - Stopping

  /// Hands out nothing more; the first reason counts.
  package func stop(_ reason: DeliveryStop) {
    stop = stop ?? reason
    wakeAll()
  }

  private func stopIfFailing(_ result: DeliveryResult) {
    if let maximumFailures, maximumFailures.isExceeded(by: failureCount, of: rowCount) {
      stop(.tooManyFailures(rowCount: failureCount, limit: maximumFailures.description))
    }
    guard let reason = result.reason, Self.failingReasons.contains(reason) else {
      failingRowCount = 0
      return
    }
    failingRowCount += 1
    if failingRowCount >= Self.failingRowLimit {
      stop(.failing(rowCount: failingRowCount, result.message))
    }
  }

  /// Notes the swaps that are left half-way, now that nothing is under way any more.
  ///
  /// - Returns: what is to be recorded of them.
  package func close() -> [DeliveryRecord] {
    precondition(underWayCount == 0, "a queue is closed while steps are under way")
    var records: [DeliveryRecord] = []
    for (last, open) in openRings.sorted(by: { $0.key < $1.key })
    where steps[open.detour].state == .done && steps[last].state != .failed {
      if let record = note(last, swapResult(last, detour: open.detour)) { records.append(record) }
    }
    // Rings that never got a spare extension are left, unless the run itself stopped before them.
    if stop == nil {
      for ring in waitingRings {
        for step in ring.steps { _ = note(step, ring.result) }
      }
    }
    return records
  }

  /// What each row came to: those that were sent, and those that were not.
  package func outcomes() -> [UInt32: Outcome] {
    var outcomes = [UInt32: Outcome](minimumCapacity: steps.count)
    for step in steps where !step.isDetour {
      outcomes[step.row] =
        switch step.state {
        case .done: .applied
        case .failed: .failed
        case .blocked, .ready, .underWay: .unprocessed
        }
    }
    return outcomes
  }
}
