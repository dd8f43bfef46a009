import Bytes
import ImportModel

/// Settles which rows of the input may have what several of them claim.
///
/// Two keys can be claimed twice: the owner (a user's id; in an extensions export RingCentral's id)
/// and the extension. A row that is bad for another reason still claims: once it is mended, the
/// conflict would be there. Rows that say the same thing twice are no conflict.
struct Claims: ~Copyable {
  let kind: InputKind
  let rules: Rules
  /// The rows of each owner.
  let owners: ClaimedKeys
  /// The rows of each extension.
  let numbers: ClaimedKeys

  /// Enters all rows of a kind of input.
  init(
    kind: InputKind,
    rules: Rules,
    plan: borrowing Plan,
    stores: [EntryStore],
    concurrently: Settlement.Concurrency
  ) {
    self.kind = kind
    self.rules = rules
    let rows = plan.inputs.filter { $0.kind == kind }.map(\.rows)
    owners =
      kind == .users
      ? ClaimedKeys(UserKey.self, rows, of: plan, stores: stores, concurrently: concurrently)
      : ClaimedKeys(RingCentralKey.self, rows, of: plan, stores: stores, concurrently: concurrently)
    numbers = ClaimedKeys(
      NumberKey.self,
      rows,
      of: plan,
      stores: stores,
      concurrently: concurrently
    )
  }

  /// Adds the findings of rows that claim the same, by the rule in force.
  func settle(in plan: inout Plan) {
    if owners.repeated.isEmpty && numbers.repeated.isEmpty { return }
    switch rules.onDuplicate {
    case .rejectAll: rejectAll(in: &plan)
    case .keepFirst: keep(.first, in: &plan)
    case .keepLast: keep(.last, in: &plan)
    }
  }

  // MARK: - Nobody wins

  private func rejectAll(in plan: inout Plan) {
    var place = 0
    while let rows = owners.repeated.nextGroup(from: &place) {
      let claims = self.rows(rows, wanting: true, in: plan)
      if let first = claims.first, !allAgree(claims, with: plan[Int(first)], in: plan) {
        let group = addGroup(claims, to: &plan)
        for row in claims { addOwnerConflict(row, group: group, to: &plan) }
      } else {
        dropRepeats(of: claims, in: &plan)
      }
      dropRepeats(of: self.rows(rows, wanting: false, in: plan), in: &plan)
    }
    place = 0
    while let rows = numbers.repeated.nextGroup(from: &place) {
      guard claimantsDiffer(rows, in: plan) else {
        // Extensions without an owner's id meet here only.
        if kind == .extensions { dropRepeats(of: rows, in: &plan) }
        continue
      }
      let group = addGroup(rows, to: &plan)
      let code = conflictCode(of: rows, in: plan)
      for row in rows { addNumberConflict(row, code, group: group, to: &plan) }
    }
  }

  // MARK: - The first or the last wins

  private enum Winner { case first, last }

  /// One row's part in a group of rows with the same owner or the same extension.
  private struct Membership: BitwiseCopyable {
    var row: UInt32
    var ownerGroup: Int32 = -1
    var numberGroup: Int32 = -1
  }

  /// Gives each owner and each extension to the first (or last) sound row that claims both freely.
  private func keep(_ winner: Winner, in plan: inout Plan) {
    var members = PackedArray<Membership>()
    var place = 0
    while let rows = owners.repeated.nextGroup(from: &place) {
      let group = addGroup(rows, to: &plan)
      for row in rows { members.append(Membership(row: row, ownerGroup: Int32(group))) }
    }
    place = 0
    let firstNumberGroup = plan.groups.count
    var codes: [ReasonCode] = []
    while let rows = numbers.repeated.nextGroup(from: &place) {
      let group = addGroup(rows, to: &plan)
      codes.append(conflictCode(of: rows, in: plan))
      for row in rows { members.append(Membership(row: row, numberGroup: Int32(group))) }
    }
    members.sort { $0.row < $1.row }
    // By group; the row that gets what the group claims.
    var kept: [UInt32?] = Array(repeating: nil, count: plan.groups.count)
    var keptRecord: [Int32: UInt32] = [:]
    let order = winner == .first ? Array(members.span.indices) : members.span.indices.reversed()
    place = 0
    while place < order.count {
      var member = members[order[place]]
      place += 1
      if place < order.count, members[order[place]].row == member.row {
        let other = members[order[place]]
        member.ownerGroup = max(member.ownerGroup, other.ownerGroup)
        member.numberGroup = max(member.numberGroup, other.numberGroup)
        place += 1
      }
      let row = plan[Int(member.row)]
      if row.flags.contains(.rejected) { continue }
      guard wants(row) else {
        if let earlier = keptRecord[member.ownerGroup] {
          addRepeat(member.row, of: earlier, to: &plan)
        } else {
          keptRecord[member.ownerGroup] = member.row
        }
        continue
      }
      if member.ownerGroup >= 0, let earlier = kept[Int(member.ownerGroup)] {
        if agree(plan[Int(earlier)], row) {
          addRepeat(member.row, of: earlier, to: &plan)
        } else {
          addOwnerConflict(member.row, group: Int(member.ownerGroup), to: &plan)
        }
      } else if member.numberGroup >= 0, let earlier = kept[Int(member.numberGroup)] {
        if kind == .extensions && agree(plan[Int(earlier)], row) {
          addRepeat(member.row, of: earlier, to: &plan)
        } else {
          let code = codes[Int(member.numberGroup) - firstNumberGroup]
          addNumberConflict(member.row, code, group: Int(member.numberGroup), to: &plan)
        }
      } else {
        if member.ownerGroup >= 0 { kept[Int(member.ownerGroup)] = member.row }
        if member.numberGroup >= 0 { kept[Int(member.numberGroup)] = member.row }
      }
    }
  }

  // MARK: - What rows say

  /// Whether a row asks for something that only one row can have.
  private func wants(_ row: PlanRow) -> Bool {
    kind == .extensions || row.extensionNumber != nil || row.flags.contains(.clears)
  }

  private func rows(
    _ rows: [UInt32],
    wanting: Bool,
    in plan: borrowing Plan
  ) -> [UInt32] {
    var chosen: [UInt32] = []
    for row in rows where wants(plan[Int(row)]) == wanting { chosen.append(row) }
    return chosen
  }

  private func allAgree(
    _ rows: [UInt32],
    with first: PlanRow,
    in plan: borrowing Plan
  ) -> Bool {
    for row in rows where !agree(plan[Int(row)], first) { return false }
    return true
  }

  /// Whether two rows of one owner, or of one extension, say the same.
  private func agree(_ left: PlanRow, _ right: PlanRow) -> Bool {
    left.extensionNumber == right.extensionNumber
      && left.flags.contains(.clears) == right.flags.contains(.clears)
      && left.high == right.high && left.low == right.low
  }

  /// Whether the rows that claim an extension are more than one claimant.
  private func claimantsDiffer(_ rows: [UInt32], in plan: borrowing Plan) -> Bool {
    let first = plan[Int(rows[0])]
    for row in rows {
      let other = plan[Int(row)]
      if kind == .users && !other.flags.contains(.hasID) { return true }
      if other.high != first.high || other.low != first.low { return true }
    }
    return false
  }

  private func conflictCode(of rows: [UInt32], in plan: borrowing Plan) -> ReasonCode {
    for row in rows where plan[Int(row)].flags.contains(.repaired) {
      return .duplicateAfterRepair
    }
    let input = plan.input(of: Int(rows[0]))
    let last = rows[rows.count - 1]
    return plan.input(of: Int(last)) == input ? .duplicateInFile : .duplicateAcrossFiles
  }

  // MARK: - Findings

  private func addGroup(_ rows: [UInt32], to plan: inout Plan) -> Int {
    let group = plan.groups.begin()
    for row in rows { plan.groups.add(row) }
    return group
  }

  private func addOwnerConflict(_ row: UInt32, group: Int, to plan: inout Plan) {
    plan.add(
      PlanFinding(
        row: row,
        kind == .users ? .userRepeatedConflict : .duplicateInFile,
        .error,
        field: kind == .users ? .userID : .extensionID,
        first: UInt64(group)
      )
    )
  }

  private func addNumberConflict(
    _ row: UInt32,
    _ code: ReasonCode,
    group: Int,
    to plan: inout Plan
  ) {
    plan.add(PlanFinding(row: row, code, .error, field: .extensionNumber, first: UInt64(group)))
  }

  /// Keeps the first sound row and marks the others as said before.
  private func dropRepeats(of rows: [UInt32], in plan: inout Plan) {
    var kept: UInt32?
    for row in rows where !plan[Int(row)].flags.contains(.rejected) {
      if let kept, !plan[Int(row)].flags.contains(.repeated) {
        addRepeat(row, of: kept, to: &plan)
      } else if kept == nil {
        kept = row
      }
    }
  }

  private func addRepeat(_ row: UInt32, of kept: UInt32, to plan: inout Plan) {
    plan[Int(row)].flags.insert(.repeated)
    plan.add(
      PlanFinding(
        row: row,
        .duplicateRow,
        rules.strict ? .error : .warning,
        field: kind == .users ? .userID : .extensionNumber,
        first: UInt64(kept)
      )
    )
  }
}
