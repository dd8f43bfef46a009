/// How many rows have each outcome.
package struct OutcomeCounts {
  /// By raw value, which takes 3 bits (`PlanRow`).
  private var counts = InlineArray<8, Int>(repeating: 0)

  /// Counts no rows.
  package init() {}

  /// Counts the rows of a plan.
  package init(of plan: borrowing Plan) {
    for index in 0..<plan.count { add(plan[index].outcome) }
  }

  /// Counts a row.
  @inline(__always)
  package mutating func add(_ outcome: Outcome) { counts[Int(outcome.rawValue)] += 1 }

  /// The outcomes that some row has.
  package var byOutcome: [Outcome: Int] {
    var known: [Outcome: Int] = [:]
    for outcome in Outcome.allCases where counts[Int(outcome.rawValue)] > 0 {
      known[outcome] = counts[Int(outcome.rawValue)]
    }
    return known
  }
}
