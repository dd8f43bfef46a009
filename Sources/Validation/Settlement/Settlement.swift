package import ImportModel

/// Settles a plan: first the rows among each other, then against what the store knows.
///
/// Works on the packed plan in bulk. It never talks to a store: the caller asks for the keys of a
/// slice, looks them up, and hands the answers back. The order of the calls:
///
/// 1. `init` settles the rows among each other.
/// 2. `settleUsers`, slice by slice, for rows of users inputs; `settleExtensions` for the others.
/// 3. `settleHolders`, slice by slice: who has the extensions that rows want.
/// 4. `settleInventory`, slice by slice, when extensions are known.
/// 5. `finish` rejects what depends on rejected rows and decides every row's outcome.
package struct Settlement: ~Copyable {
  let rules: Rules
  /// What the rows of users inputs claim.
  let users: Claims
  /// What the rows of extensions inputs claim.
  let extensions: Claims
  /// Rows that introduce their users, when other rows rely on that.
  let introductions: RowIndex?
  var dependencies = Dependencies()

  /// Calls a closure with each number below a count, on several threads if the caller has them.
  package typealias Concurrency = (_ count: Int, _ work: @Sendable (Int) -> Void) -> Void

  /// Settles the rows of a complete plan among each other.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - rules: what decides between rows.
  ///   - concurrently: how parts that have nothing to do with each other are done.
  package init(
    of plan: inout Plan,
    rules: Rules,
    concurrently: Concurrency = { count, work in for part in 0..<count { work(part) } }
  ) {
    self.rules = rules
    Self.settleAbsentExtensions(rules: rules, in: &plan)
    if rules.matchesEmail { EmailMatch(of: plan).settle(rules: rules, in: &plan) }
    // The biggest of what is made here, and needed no longer than that.
    let stores = [EntryStore(), EntryStore()]
    users = Claims(
      kind: .users,
      rules: rules,
      plan: plan,
      stores: stores,
      concurrently: concurrently
    )
    extensions = Claims(
      kind: .extensions,
      rules: rules,
      plan: plan,
      stores: stores,
      concurrently: concurrently
    )
    introductions = Self.introductions(rules: rules, in: plan)
    users.settle(in: &plan)
    extensions.settle(in: &plan)
    Self.settleColumns(users, rules: rules, in: &plan, concurrently: concurrently)
  }

  /// Warns of extensions that do not fit their column, or differ from others by leading zeros only.
  private static func settleColumns(
    _ claims: borrowing Claims,
    rules: Rules,
    in plan: inout Plan,
    concurrently: Concurrency
  ) {
    var variants = ZeroVariants(of: claims, in: plan)
    for input in plan.inputs where input.kind == .users && input.hasExtensionColumn {
      ColumnStatistics(of: input.rows, in: plan, concurrently: concurrently)
        .settle(input.rows, rules: rules, in: &plan)
    }
    variants.settle(rules: rules, in: &plan)
  }

  /// Gives XML records without an extension element their meaning, now that it is known whether
  /// any record has one.
  private static func settleAbsentExtensions(rules: Rules, in plan: inout Plan) {
    if rules.fillsBlanks || !plan.hasAbsentExtensions { return }
    for input in plan.inputs where input.kind == .users {
      for index in input.rows where plan[index].flags.contains(.extensionAbsent) {
        guard input.hasExtensionColumn else {
          plan[index].flags.insert(.recordsOnly)
          continue
        }
        switch rules.onBlank {
        case .skip:
          plan[index].flags.insert(.recordsOnly)
        case .clear:
          plan[index].flags.insert(.clears)
        case .reject:
          plan.add(
            PlanFinding(
              row: UInt32(index),
              .xmlFieldMissing,
              .error,
              field: .extensionNumber
            )
          )
        }
      }
    }
  }

  /// The rows that make their user known for rows of other inputs, which themselves may not.
  private static func introductions(rules: Rules, in plan: borrowing Plan) -> RowIndex? {
    let inputs = plan.inputs.filter { $0.kind == .users }
    guard rules.unknownUsers == .auto, inputs.contains(where: \.introducesUsers),
      inputs.contains(where: { !$0.introducesUsers })
    else { return nil }
    let profiles = inputs.filter(\.introducesUsers)
    var index = RowIndex(rowCount: profiles.reduce(0) { $0 + $1.rows.count }, of: plan)
    for input in profiles {
      for row in input.rows
      where plan[row].flags.contains(.hasID) && !plan[row].flags.contains(.rejected) {
        _ = index.enter(row, key: UserKey(id: plan[row].id), in: plan)
      }
    }
    return index
  }

  /// The severity of a warning under the rules.
  var warning: Severity { rules.strict ? .error : .warning }

  /// Rejects what depends on rejected rows, and decides every row's outcome.
  ///
  /// - Returns: how many rows have each.
  @discardableResult
  package mutating func finish(in plan: inout Plan) -> OutcomeCounts {
    dependencies.settle(rules: rules, in: &plan)
    var counts = OutcomeCounts()
    for index in 0..<plan.count {
      let row = plan[index]
      var outcome = row.outcome
      if row.flags.hasAny(of: .rejected) {
        outcome = .rejected
      } else if row.flags.hasAny(of: .repeated) {
        outcome = .unchanged
      } else if outcome == .undecided {
        outcome = .wouldApply
      }
      plan[index].outcome = outcome
      counts.add(outcome)
    }
    plan.sortFindings()
    return counts
  }
}
