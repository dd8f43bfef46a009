import Bytes
import ImportModel
import Readers
import Rows
import Stores
import Validation

/// A plan that is settled, and what it comes to.
struct PlannedRun: ~Copyable {
  var plan: Plan
  let settlement: Settlement
  /// Findings and outcomes as they are before anything is written.
  private(set) var tally: Tally
  /// Rows that replace or take away a present assignment.
  let changeCount: Int
  /// What became of rows that were sent to a target and did not simply end well, by row.
  private(set) var results: [UInt32: DeliveryResult] = [:]
  /// The run that is gone on with.
  let open: OpenDelivery?
  /// What is done at the account of a phone system.
  let account: AccountPlan?
  /// Rows by outcome, as they are now.
  private(set) var outcomes: [Outcome: Int]

  /// Reads all inputs and settles their rows among each other, with the store and with the account.
  init(
    _ request: ImportRequest,
    inputs: inout InputSet,
    store: any DirectoryStore,
    account stage: AccountStage?,
    observer: (any RunObserver)?
  ) throws(ImportError) {
    if request.rules.matchesEmail, !inputs.inputs.contains(where: { $0.kind == .extensions }) {
      throw ImportError(
        .configuration,
        "matching by e-mail needs an extensions export beside the users",
        hint: "Name it with --extensions"
      )
    }
    let holdings = try store.holdings()
    var builder = PlanBuilder(
      rules: request.rules,
      keepsDigests: holdings.hasUsers || holdings.hasExtensions,
      keepsEmailDigests: holdings.hasExtensions || inputs.inputs.contains { $0.kind == .extensions }
    )
    for place in inputs.inputs.indices {
      let footerCount = try builder.add(inputs.inputs[place], observer: observer)
      try inputs.complete(
        place,
        rowCount: builder.rowCount(ofInput: place),
        footerCount: footerCount,
        allowsEmpty: request.reading.allowsEmpty
      )
    }
    var tally = builder.tally
    var plan = builder.finish()
    var settlement = Settlement(
      of: &plan,
      rules: request.rules,
      concurrently: WorkerThread.concurrently
    )
    try DirectoryCheck(
      store: store,
      inputs: inputs.inputs,
      observer: observer,
      checksInventory: stage == nil
    )
    .settle(&settlement, &plan)
    var open: OpenDelivery?
    if let delivery = request.delivery, !request.isDryRun {
      open = try OpenDelivery.find(
        for: delivery,
        rules: request.rules,
        inputs: inputs,
        in: store
      )
    }
    var account = try stage?.settle(inputs.inputs, after: open, &settlement, in: &plan)
    var counts = settlement.finish(in: &plan)
    if account != nil || request.delivery != nil {
      account?.allocate(in: &plan)
      if let delivery = request.delivery, !delivery.skipsUnchanged,
        // The account itself says what it has; only a second target has to be told all.
        delivery.account.map({ $0.then != nil }) ?? true
      {
        Self.sendUnchanged(in: &plan)
      }
      counts = OutcomeCounts(of: plan)
    }
    Self.countFindings(of: plan, into: &tally)
    outcomes = counts.byOutcome
    tally.setOutcomes(outcomes)
    changeCount = Self.countChanges(of: plan)
    self.tally = tally
    self.plan = plan
    self.settlement = settlement
    self.open = open
    self.account = account
  }

  /// Gives every row that would be written another outcome.
  mutating func mark(_ outcome: Outcome) {
    for index in 0..<plan.count where plan[index].outcome == .wouldApply {
      plan[index].outcome = outcome
    }
    outcomes = OutcomeCounts(of: plan).byOutcome
  }

  /// Takes what became of rows that an earlier process sent.
  mutating func settle(_ entries: [DeliveryEntry]) {
    for entry in entries where Int(entry.row) < plan.count {
      let row = Int(entry.row)
      switch entry.state {
      case .applied:
        plan[row].outcome = .applied
        if !entry.message.isEmpty { note(DeliveryResult(entry), row: entry.row) }
      case .refused:
        plan[row].outcome = .failed
        note(DeliveryResult(entry), row: entry.row)
      case .sending, .open:
        // Sent again unless the directory says now that it must not be.
        if entry.state == .sending && plan[row].outcome == .rejected {
          plan[row].outcome = .failed
          var result = DeliveryResult(entry)
          result.reason = .outcomeUnknown
          note(result, row: entry.row)
        }
      }
    }
    outcomes = OutcomeCounts(of: plan).byOutcome
    tally.setOutcomes(outcomes)
  }

  /// Takes which extensions rows replaced that an earlier process sent, by row.
  mutating func addPrevious(_ previous: [UInt32: ExtensionNumber]) {
    for (row, number) in previous
    where Int(row) < plan.count && plan[Int(row)].outcome == .applied
      && !plan[Int(row)].flags.contains(.hasPrevious)
    {
      plan.addPrevious(number, row: Int(row))
    }
    plan.sortFindings()
  }

  /// Takes which extensions users have whose rows an earlier process sent, by row.
  mutating func addGiven(_ given: [UInt32: ExtensionNumber]) {
    for (row, number) in given
    where Int(row) < plan.count && plan[Int(row)].extensionNumber == nil
      && plan[Int(row)].outcome == .applied
    {
      plan[Int(row)].take(number)
    }
  }

  /// Takes what became of rows that were sent.
  mutating func take(_ end: RunDelivery.End) {
    for (row, number) in end.chosenNumbers { plan[Int(row)].take(number) }
    for (row, outcome) in end.outcomes { plan[Int(row)].outcome = outcome }
    for row in end.results.keys.sorted() {
      if let result = end.results[row] { note(result, row: row) }
    }
    outcomes = OutcomeCounts(of: plan).byOutcome
    tally.setOutcomes(outcomes)
  }

  private mutating func note(_ result: DeliveryResult, row: UInt32) {
    results[row] = result
    plan[Int(row)].flags.insert(.planFindings)
    guard let reason = result.reason else { return }
    let position = plan.position(of: Int(row))
    tally.add(reason, .error, input: plan.input(of: Int(row)), row: position.row)
  }

  /// Has rows sent that the store has already as they should be.
  ///
  /// What the store knows of another target may be out of date, and sending a row again does no harm.
  private static func sendUnchanged(in plan: inout Plan) {
    for input in plan.inputs where input.kind == .users {
      for index in input.rows
      where plan[index].outcome == .unchanged && plan[index].flags.contains(.hasNumber)
        && !plan[index].flags.hasAny(of: [.repeated, .recordsOnly])
      {
        plan[index].outcome = .wouldApply
      }
    }
  }

  private static func countFindings(of plan: borrowing Plan, into tally: inout Tally) {
    var cursor = PlanCursor()
    for place in 0..<plan.findings.count {
      let finding = plan.findings[place]
      let row = Int(finding.row)
      tally.add(
        finding.code,
        finding.severity,
        input: plan.input(of: row, &cursor),
        row: plan.rowNumber(of: row, &cursor)
      )
    }
  }

  private static func countChanges(of plan: borrowing Plan) -> Int {
    var count = 0
    for place in 0..<plan.previous.count
    where plan[Int(plan.previous[place].row)].outcome == .wouldApply {
      count += 1
    }
    return count
  }
}
