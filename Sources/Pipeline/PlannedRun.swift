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
  let tally: Tally
  /// Rows that replace or take away a present assignment.
  let changeCount: Int

  /// Reads all inputs and settles their rows among each other and with the store.
  init(
    _ request: ImportRequest,
    inputs: inout InputSet,
    store: any DirectoryStore,
    observer: (any RunObserver)?
  ) throws(ImportError) {
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
        rowCount: builder.plan.inputs[place].rows.count,
        footerCount: footerCount,
        allowsEmpty: request.reading.allowsEmpty
      )
    }
    var tally = builder.tally
    var plan = builder.finish()
    var settlement = Settlement(of: &plan, rules: request.rules)
    try DirectoryCheck(store: store, inputs: inputs.inputs, observer: observer)
      .settle(&settlement, &plan)
    settlement.finish(in: &plan)
    Self.countFindings(of: plan, into: &tally)
    tally.setOutcomes(Self.outcomes(of: plan))
    changeCount = Self.countChanges(of: plan)
    self.tally = tally
    self.plan = plan
    self.settlement = settlement
  }

  /// Rows by outcome, as they are now.
  var outcomes: [Outcome: Int] { Self.outcomes(of: plan) }

  /// Gives every row that would be written another outcome.
  mutating func mark(_ outcome: Outcome) {
    for index in 0..<plan.count where plan[index].outcome == .wouldApply {
      plan[index].outcome = outcome
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

  private static func outcomes(of plan: borrowing Plan) -> [Outcome: Int] {
    var counts = Array(repeating: 0, count: Outcome.allCases.count)
    for index in 0..<plan.count { counts[Int(plan[index].outcome.rawValue)] += 1 }
    var outcomes: [Outcome: Int] = [:]
    for outcome in Outcome.allCases where counts[Int(outcome.rawValue)] > 0 {
      outcomes[outcome] = counts[Int(outcome.rawValue)]
    }
    return outcomes
  }
}
