import ImportModel
import Stores
import Synchronization
import Targets
import Validation

/// The part of a run that a target outside the store takes: from the settled plan to its outcomes.
struct RunDelivery {
  let settings: DeliverySettings
  let limits: RunLimits
  let store: any DirectoryStore
  let run: RunID
  let observer: (any RunObserver)?
  /// Where the target comes from when it is the account of a phone system.
  let account: AccountStage?

  private static let tick = Duration.milliseconds(100)

  /// What came of it.
  struct End: Sendable {
    var outcomes: [UInt32: Outcome] = [:]
    var results: [UInt32: DeliveryResult] = [:]
    /// The numbers that the target chose, by row.
    var chosenNumbers: [UInt32: ExtensionNumber] = [:]
    var stop: DeliveryStop?

    /// Whether going on with the run would send anything.
    var leavesRows: Bool { stop != nil || results.values.contains { $0.state == .open } }
  }

  /// Sends the rows of a plan that are to be sent.
  ///
  /// - Parameters:
  ///   - planned: the plan, in which rows that were settled before have their outcomes.
  ///   - open: what an earlier process journalled.
  /// - Returns: what came of it.
  /// - Throws: when the journal cannot be written.
  func send(
    _ planned: borrowing PlannedRun,
    after open: OpenDelivery?
  ) throws(ImportError) -> End {
    var end = End()
    let attempts = open?.attempts ?? [:]
    var cursor = PlanCursor()
    var steps: [DeliveryStep] = []
    var failed: Set<UInt32> = []
    var changes: [ObjectID: ExtensionChange] = [:]
    for (place, input) in planned.plan.inputs.enumerated() where input.kind == .users {
      for index in input.rows {
        let row = planned.plan[index]
        if row.outcome == .failed { failed.insert(UInt32(index)) }
        guard row.outcome == .wouldApply, !row.flags.contains(.recordsOnly) else { continue }
        if row.flags.contains(.clears) {
          failed.insert(UInt32(index))
          end.outcomes[UInt32(index)] = .failed
          end.results[UInt32(index)] = DeliveryResult(
            state: .refused,
            attempts: 0,
            reason: .targetCannotClear
          )
        } else if row.extensionNumber != nil || planned.account != nil {
          let change = planned.account?.change(for: UInt32(index))
          if planned.account != nil && change == nil { continue }
          changes[row.id] = change
          let origin = ChangeOrigin(
            row: UInt32(index),
            input: UInt32(place),
            inputRow: planned.plan.rowNumber(of: index, &cursor)
          )
          steps.append(
            DeliveryStep(
              assignment: Assignment(user: row.id, number: row.extensionNumber),
              origin: origin,
              extensionID: change?.extensionID,
              attempts: attempts[UInt32(index)] ?? 0
            )
          )
        }
      }
    }
    let spares = try spares(besides: planned.plan, steps, open?.doubtfulSpares ?? [:])
    let graph = DeliveryGraph(
      steps: steps,
      releases: planned.settlement.releases(in: planned.plan),
      failed: failed,
      opensRings: !spares.free.isEmpty || !spares.lent.isEmpty
    )
    let queue = DeliveryQueue(
      graph,
      spares: spares.free,
      lentSpares: spares.lent,
      maximumFailures: limits.maximumErrors,
      rejectedCount: planned.tally.count(.rejected) + failed.count,
      rowCount: planned.plan.count
    )
    let target = try target(changes)
    defer { Waiting.wait(every: Self.tick) { await target.close() } }
    let store = store
    let run = run
    let delivery = Delivery(
      to: target,
      settings: settings,
      queue: queue,
      journal: JournalWriter { records throws(ImportError) in try store.record(records, of: run) },
      clock: ContinuousClock()
    )
    let stepCount = steps.count
    (end.outcomes, end.results, end.stop) = try wait(for: delivery, end, stepCount: stepCount)
    end.chosenNumbers = Waiting.wait(every: Self.tick) { await queue.chosenNumbers }
    return end
  }

  private func target(
    _ changes: [ObjectID: ExtensionChange]
  ) throws(ImportError) -> any AssignmentTarget {
    switch settings.door {
    case .users(let open): return try open()
    case .account:
      guard let account else { preconditionFailure("an account that nobody looked at") }
      return try account.target(changes)
    }
  }

  /// Waits for a delivery, and tells the observer how far it is.
  private func wait(
    for delivery: Delivery<ContinuousClock>,
    _ end: End,
    stepCount: Int
  ) throws(ImportError) -> ([UInt32: Outcome], [UInt32: DeliveryResult], DeliveryStop?) {
    let queue = delivery.queue
    var isInterrupted = false
    let failure = Waiting.wait(every: Self.tick) {
      await delivery.run(stepCount: stepCount)
    } meanwhile: {
      guard let observer else { return }
      observer.progress(
        RunProgress(
          stage: .sending,
          input: nil,
          rowCount: queue.settledCount.load(ordering: .relaxed),
          totalRowCount: stepCount,
          byteCount: 0,
          totalByteCount: nil,
          pause: delivery.remainingPause
        )
      )
      guard observer.isInterrupted, !isInterrupted else { return }
      isInterrupted = true
      Task { await queue.stop(.interrupted) }
    }
    if let failure { throw failure }
    return Waiting.wait(every: Self.tick) {
      (
        end.outcomes.merging(await queue.outcomes()) { $1 },
        end.results.merging(await queue.results) { $1 },
        await queue.stop
      )
    }
  }

  /// The spare extensions: those that nobody has, and by the place of a step those that its user has,
  /// or may have, by a detour of an earlier process and gives up with it.
  private func spares(
    besides plan: borrowing Plan,
    _ steps: [DeliveryStep],
    _ doubtful: [UInt32: ExtensionNumber]
  ) throws(ImportError) -> (free: [ExtensionNumber], lent: [Int: ExtensionNumber]) {
    let spares = settings.spares
    if spares.isEmpty { return ([], [:]) }
    for index in 0..<plan.count where plan[index].outcome != .rejected {
      guard let number = plan[index].extensionNumber, spares.contains(number) else { continue }
      throw ImportError(
        .configuration,
        "the spare extension \(number) is wanted by a row",
        hint: "Name with --spare an extension that nobody has or gets"
      )
    }
    var free: [ExtensionNumber] = []
    var lent: [Int: ExtensionNumber] = [:]
    for (spare, holder) in zip(spares, try store.holders(spares)) {
      let place = steps.firstIndex { step in
        holder.map { $0 == step.assignment.user } ?? (doubtful[step.row] == spare)
      }
      if let place {
        lent[place] = spare
      } else if holder == nil {
        free.append(spare)
      }
    }
    return (free, lent)
  }
}
