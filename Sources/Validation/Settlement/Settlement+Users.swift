import Bytes
package import ImportModel

extension Settlement {
  /// Whether a row names a user that the store should be asked about.
  package static func asksForUser(_ row: PlanRow) -> Bool { row.flags.contains(.hasID) }

  /// Settles rows of one users input with what the store knows of their users.
  ///
  /// - Parameters:
  ///   - rows: indexes in the plan of rows that ask for a user.
  ///   - known: what the store knows, one a row, `nil` for a user it does not know.
  ///   - plan: the plan.
  package mutating func settleUsers(_ rows: [Int], known: [KnownUser?], in plan: inout Plan) {
    precondition(rows.count == known.count, "one answer a row")
    for (index, user) in zip(rows, known) {
      if let user {
        settle(index, known: user, in: &plan)
      } else {
        settleUnknownUser(
          index,
          introduces: introducesUnknownUsers(at: index, in: plan),
          in: &plan
        )
      }
    }
  }

  /// Settles rows of one users input when the store knows nobody.
  package mutating func settleUnknownUsers(_ rows: Range<Int>, in plan: inout Plan) {
    guard !rows.isEmpty else { return }
    let introduces = introducesUnknownUsers(at: rows.lowerBound, in: plan)
    for index in rows where Self.asksForUser(plan[index]) {
      settleUnknownUser(index, introduces: introduces, in: &plan)
    }
  }

  /// Whether a row of an unknown user introduces the user; all rows of an input do, or none.
  private func introducesUnknownUsers(at index: Int, in plan: borrowing Plan) -> Bool {
    switch rules.unknownUsers {
    case .create: true
    case .reject: false
    case .auto: plan.inputs[plan.input(of: index)].introducesUsers
    }
  }

  private mutating func settleUnknownUser(
    _ index: Int,
    introduces: Bool,
    in plan: inout Plan
  ) {
    if introduces {
      plan[index].flags.insert(.introduces)
      forgetClearing(index, in: &plan)
      return
    }
    if let introduction = introductions?.row(for: UserKey(id: plan[index].id), in: plan) {
      dependencies.add(index, needs: introduction, for: .introduction)
      return
    }
    plan.add(PlanFinding(row: UInt32(index), .userNotFound, .error, field: .userID))
  }

  private mutating func settle(_ index: Int, known: KnownUser, in plan: inout Plan) {
    if known.isDisabled && !rules.includeDisabled {
      plan.add(PlanFinding(row: UInt32(index), .userDisabled, warning, field: .userID))
    }
    if known.extensionNumber == nil { forgetClearing(index, in: &plan) }
    let row = plan[index]
    var changes = plan.keepsDigests && plan.digests[index] != known.digest
    if changes { plan[index].flags.insert(.recordChanges) }
    if !row.flags.contains(.recordsOnly), let old = known.extensionNumber {
      if row.extensionNumber == old {
        plan[index].flags.insert(.hasNumber)
      } else if row.extensionNumber != nil || row.flags.contains(.clears) {
        changes = settleExisting(old, of: index, in: &plan) || changes
      }
    } else if row.extensionNumber != nil {
      changes = true
    }
    if !changes { plan[index].outcome = .unchanged }
  }

  /// Makes a row that would take an extension away from a user who has none one that only records.
  private func forgetClearing(_ index: Int, in plan: inout Plan) {
    guard plan[index].flags.contains(.clears) else { return }
    plan[index].flags.remove(.clears)
    plan[index].flags.insert(.recordsOnly)
  }

  /// Settles a row whose user has another extension; returns whether that is to be changed.
  private func settleExisting(
    _ old: ExtensionNumber,
    of index: Int,
    in plan: inout Plan
  ) -> Bool {
    // Taking an extension away is said explicitly, so that only a new number asks for the rule.
    let rule = plan[index].flags.contains(.clears) ? .replace : rules.onExisting
    switch rule {
    case .replace:
      plan.addPrevious(old, row: index)
      return true
    case .keep:
      plan[index].flags.insert(.recordsOnly)
      plan.add(
        PlanFinding(
          row: UInt32(index),
          .userHasExtension,
          warning,
          field: .extensionNumber,
          first: old.place
        )
      )
      return false
    case .fail:
      plan.add(
        PlanFinding(
          row: UInt32(index),
          .userHasExtension,
          .error,
          field: .extensionNumber,
          first: old.place
        )
      )
      return false
    }
  }

  /// Rows whose user another row of the plan introduces before them, in the order of writing:
  /// inputs with profile fields first, then by row.
  package func laterIntroductions(in plan: borrowing Plan) -> Set<Int> {
    var later: Set<Int> = []
    var place = 0
    while let rows = users.owners.repeated.nextGroup(from: &place) {
      var introductions: [(isList: Bool, row: Int)] = []
      for row in rows.map(Int.init)
      where plan[row].outcome == .wouldApply && plan[row].flags.contains(.introduces) {
        introductions.append((!plan.inputs[plan.input(of: row)].introducesUsers, row))
      }
      introductions.sort { ($0.isList ? 1 : 0, $0.row) < ($1.isList ? 1 : 0, $1.row) }
      later.formUnion(introductions.dropFirst().map(\.row))
    }
    return later
  }
}
