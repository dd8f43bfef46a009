/// Decides which faults happen to each request, the same way for the same seed.
struct FaultPlan: Sendable {
  private struct Line {
    let rule: FaultRule
    var generator: SeededGenerator
    /// How many requests it concerned so far.
    var count = 0
  }

  private var lines: [Line]

  /// Makes a plan.
  init(_ rules: [FaultRule], seed: UInt64) {
    lines = rules.enumerated().map { place, rule in
      // Each rule has numbers of its own, so that adding one leaves the others as they were.
      Line(rule: rule, generator: SeededGenerator(seed: seed &+ UInt64(place + 1) << 32))
    }
  }

  /// The faults of the next request.
  mutating func next(for operation: Operation) -> Set<FaultKind> {
    var faults: Set<FaultKind> = []
    for place in lines.indices where lines[place].rule.kind.concerns(operation) {
      lines[place].count += 1
      let happens =
        switch lines[place].rule.schedule {
        case .every(let number): lines[place].count % number == 0
        case .after(let number): lines[place].count == number + 1
        case .probability(let share):
          Double.random(in: 0..<1, using: &lines[place].generator) < share
        }
      if happens { faults.insert(lines[place].rule.kind) }
    }
    return faults
  }
}
