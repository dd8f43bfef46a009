import Bytes
import ImportModel
import Validation

/// What a store knows, in the plainest way: the users, and the extension that each has.
struct ModelStore: Equatable {
  var users: [ObjectID: ExtensionNumber?] = [:]

  /// Settles a plan with what is known, as a run does it.
  func settle(_ plan: inout Plan, rules: Rules) {
    var settlement = Settlement(of: &plan, rules: rules)
    for input in plan.inputs {
      if users.isEmpty {
        settlement.settleUnknownUsers(input.rows, in: &plan)
        continue
      }
      var rows: [Int] = []
      for row in input.rows where Settlement.asksForUser(plan[row]) { rows.append(row) }
      let known = rows.map { row in
        users[plan[row].id].map { KnownUser(extensionNumber: $0, digest: 0, isDisabled: false) }
      }
      settlement.settleUsers(rows, known: known, in: &plan)
    }
    if !users.isEmpty {
      var holders: [ExtensionNumber: ObjectID] = [:]
      for (user, number) in users { if let number { holders[number] = user } }
      var rows: [Int] = []
      for row in 0..<plan.count where Settlement.wantsNumber(plan[row]) { rows.append(row) }
      let found = rows.map { row in plan[row].extensionNumber.flatMap { holders[$0] } }
      settlement.settleHolders(rows, holders: found, in: &plan)
    }
    settlement.finish(in: &plan)
  }

  /// Writes what the rows of a settled plan say.
  mutating func apply(_ rows: [SettledRow]) {
    for row in rows where row.outcome == .wouldApply {
      guard let user = row.user else { continue }
      let before = users[user] ?? nil
      users.updateValue(row.gives ? row.number : row.clears ? nil : before, forKey: user)
    }
  }

  /// Whether some extension belongs to several users.
  var hasConflict: Bool {
    let numbers = users.values.compactMap { $0 }
    return Set(numbers).count < numbers.count
  }
}

/// What became of a row.
struct SettledRow: Equatable {
  var position: Position
  var outcome: Outcome
  var user: ObjectID?
  var number: ExtensionNumber?
  /// Whether the user gets the number, or loses the one there is.
  var gives: Bool
  var clears: Bool
  /// Whether there is something to be told about a rejected row.
  var isExplained: Bool

  init(_ row: Int, of plan: borrowing Plan) {
    let settled = plan[row]
    position = plan.position(of: row)
    outcome = settled.outcome
    user = settled.flags.contains(.hasID) ? settled.id : nil
    number = settled.extensionNumber
    gives = number != nil && !settled.flags.contains(.recordsOnly)
    clears = settled.flags.contains(.clears)
    isExplained = settled.flags.hasAny(of: [.cellFindings, .planFindings])
  }
}
