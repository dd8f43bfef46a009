package import ImportModel

/// Puts the plan's packed findings into words' reach: each becomes a `Finding` with its texts.
package struct PlanExplanation {
  /// Rows named in a sentence before the rest is only counted.
  private static let shownRowCount = 5

  /// What an extension says about itself, for sentences about extensions that cannot be given.
  package struct InventoryTexts: Sendable {
    /// The kind of extension.
    package var type: String
    /// The e-mail address on it.
    package var email: String

    /// Makes texts.
    package init(type: String, email: String) {
      self.type = type
      self.email = email
    }
  }

  /// Where a row of this run stands: the place of its input, and the position there.
  package typealias Place = (input: Int, position: Position)

  /// Finds an extension's texts by the row that describes it, or by its number in the store.
  package typealias Lookup = (_ row: Place?, _ number: ExtensionNumber?) throws(ImportError)
    -> InventoryTexts

  private let inventory: Lookup
  private let account: (UInt64) -> String

  /// Makes an explanation.
  ///
  /// - Parameters:
  ///   - inventory: finds the texts of an extension.
  ///   - account: says in a few words which extension of the account has an id.
  package init(
    inventory: @escaping Lookup,
    account: @escaping (UInt64) -> String = { "extension \($0) of the account" }
  ) {
    self.inventory = inventory
    self.account = account
  }

  /// The finding in full.
  package func finding(
    _ packed: PlanFinding,
    in plan: borrowing Plan
  ) throws(ImportError) -> Finding {
    var finding = Finding(packed.code, packed.severity, field: packed.field)
    let row = Int(packed.row)
    switch packed.code {
    case .duplicateInFile, .duplicateAcrossFiles, .duplicateAfterRepair, .emailRepeated:
      let others = others(of: row, group: Int(packed.first), in: plan)
      finding.text = others.text
      finding.number = others.count
    case .userRepeatedConflict:
      finding.text = claims(of: Int(packed.first), in: plan)
    case .duplicateRow, .blockedByRow, .inChain, .waitsForRow:
      finding.number = Int(plan.position(of: Int(packed.first)).row)
      finding.text = name(of: Int(packed.first), seenFrom: row, in: plan)
    case .duplicateZeroVariant:
      finding.text = ExtensionNumber(place: packed.first)?.description
      finding.number = Int(plan.position(of: Int(packed.second)).row)
    case .inCycle:
      finding.number = Int(packed.first)
    case .extensionLeadingZeroLost:
      let number = ExtensionNumber(place: packed.first)
      finding.number = number?.digitCount ?? 0
      finding.limit = Int(packed.second)
      finding.suggestion = number?.withDigitCount(Int(packed.second))?.description
    case .extensionLengthUnusual:
      finding.number = plan[row].extensionNumber?.digitCount ?? 0
      finding.limit = Int(packed.second)
      finding.text = "\(packed.first)"
    case .extensionRecentlyReleased:
      let seconds = UInt32(truncatingIfNeeded: packed.first)
      finding.text = CalendarDate(secondsSince1970: seconds).description
    case .userHasExtension:
      finding.text = ExtensionNumber(place: packed.first)?.description
      finding.suggestion = plan[row].extensionNumber?.description
    case .alreadyAssigned where packed.variant == .holder:
      finding.text = ObjectID(high: packed.first, low: packed.second).description
    case .alreadyAssigned where packed.variant == .account, .emailTaken:
      finding.text = account(packed.first)
    case .emailAmbiguous:
      finding.number = Int(packed.first)
    case .extensionTargetLimit:
      finding.number = plan[row].extensionNumber?.digitCount ?? 0
      finding.limit = AccountSettlement.maximumDigitCount
    case .fieldTooLongForTarget:
      finding.number = Int(packed.first)
      finding.limit = Int(packed.second)
    case .alreadyAssigned:
      finding.text = try texts(packed, of: row, in: plan).email
    case .extensionWrongKind:
      finding.text = try texts(packed, of: row, in: plan).type
    default:
      break
    }
    return finding
  }

  private func texts(
    _ packed: PlanFinding,
    of row: Int,
    in plan: borrowing Plan
  ) throws(ImportError) -> InventoryTexts {
    guard packed.first > 0 else { return try inventory(nil, plan[row].extensionNumber) }
    let source = Int(packed.first) - 1
    return try inventory(
      (plan.input(of: source), plan.position(of: source)),
      plan[row].extensionNumber
    )
  }

  /// The other rows of a group: the first few by name, and how many there are.
  private func others(
    of row: Int,
    group: Int,
    in plan: borrowing Plan
  ) -> (text: String, count: Int) {
    let members = plan.groups.range(of: group)
    var names: [String] = []
    // One more than are shown, for the row itself may be among them.
    for place in members.prefix(Self.shownRowCount + 1) {
      let member = Int(plan.groups.member(at: place))
      if member == row || names.count == Self.shownRowCount { continue }
      names.append(name(of: member, seenFrom: row, in: plan))
    }
    let count = members.count - 1
    if count > names.count {
      return ("\(names.joined(separator: ", ")) and \(count - names.count) more", count)
    }
    return (names.joined(separator: ", "), count)
  }

  /// What the rows of one user want: `102 (row 4), 103 (row 9)`.
  private func claims(of group: Int, in plan: borrowing Plan) -> String {
    let members = plan.groups.range(of: group)
    var claims: [String] = []
    for place in members.prefix(Self.shownRowCount) {
      let member = Int(plan.groups.member(at: place))
      let number = plan[member].extensionNumber?.description ?? "none"
      claims.append("\(number) (row \(plan.position(of: member).row))")
    }
    let rest = members.count - claims.count
    return claims.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// `7`, or `b.csv row 7` when the row is in another input.
  private func name(of row: Int, seenFrom origin: Int, in plan: borrowing Plan) -> String {
    let input = plan.input(of: row)
    let number = plan.position(of: row).row
    return input == plan.input(of: origin)
      ? "\(number)" : "\(plan.inputs[input].name) row \(number)"
  }
}
