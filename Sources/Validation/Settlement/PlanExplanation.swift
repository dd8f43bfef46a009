import Bytes
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

  /// Adds the finding in full to those of its row.
  package func append(
    _ packed: PlanFinding,
    in plan: borrowing Plan,
    to list: inout FindingList
  ) throws(ImportError) {
    var finding = CompactFinding(packed.code, packed.severity, field: packed.field)
    let start = list.texts.count
    switch packed.code {
    case .duplicateInFile, .duplicateAcrossFiles, .duplicateAfterRepair, .emailRepeated:
      let group = Int(packed.first)
      append(othersThan: Int(packed.row), ofGroup: group, in: plan, to: &list.texts)
      finding.number = plan.groups.range(of: group).count - 1
    case .userRepeatedConflict:
      append(claimsOf: Int(packed.first), in: plan, to: &list.texts)
    default:
      return list.append(try rareFinding(packed, in: plan))
    }
    finding.text = ByteRange(start..<list.texts.count)
    list.append(finding)
  }

  /// A finding of a code that few rows have.
  private func rareFinding(
    _ packed: PlanFinding,
    in plan: borrowing Plan
  ) throws(ImportError) -> Finding {
    var finding = Finding(packed.code, packed.severity, field: packed.field)
    let row = Int(packed.row)
    switch packed.code {
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

  /// Adds the other rows of a group: the first few by name, and how many more there are.
  private func append(
    othersThan row: Int,
    ofGroup group: Int,
    in plan: borrowing Plan,
    to text: inout ByteBuffer
  ) {
    let members = plan.groups.range(of: group)
    var shownCount = 0
    // One more than are shown, for the row itself may be among them.
    for place in members.prefix(Self.shownRowCount + 1) {
      let member = Int(plan.groups.member(at: place))
      if member == row || shownCount == Self.shownRowCount { continue }
      if shownCount > 0 { text.append(", ") }
      append(nameOf: member, seenFrom: row, in: plan, to: &text)
      shownCount += 1
    }
    append(restCount: members.count - 1 - shownCount, to: &text)
  }

  /// Adds what the rows of one user want: `102 (row 4), 103 (row 9)`.
  private func append(claimsOf group: Int, in plan: borrowing Plan, to text: inout ByteBuffer) {
    let members = plan.groups.range(of: group)
    let shown = members.prefix(Self.shownRowCount)
    for place in shown {
      let member = Int(plan.groups.member(at: place))
      if place > shown.startIndex { text.append(", ") }
      if let number = plan[member].extensionNumber {
        text.append(number)
      } else {
        text.append("none")
      }
      text.append(" (row ")
      text.append(decimal: UInt64(plan.position(of: member).row))
      text.append(")")
    }
    append(restCount: members.count - shown.count, to: &text)
  }

  private func append(restCount: Int, to text: inout ByteBuffer) {
    guard restCount > 0 else { return }
    text.append(" and ")
    text.append(decimal: UInt64(restCount))
    text.append(" more")
  }

  /// Adds `7`, or `b.csv row 7` when the row is in another input.
  private func append(
    nameOf row: Int,
    seenFrom origin: Int,
    in plan: borrowing Plan,
    to text: inout ByteBuffer
  ) {
    let input = plan.input(of: row)
    if input != plan.input(of: origin) {
      text.append(text: plan.inputs[input].name)
      text.append(" row ")
    }
    text.append(decimal: UInt64(plan.position(of: row).row))
  }

  private func name(of row: Int, seenFrom origin: Int, in plan: borrowing Plan) -> String {
    var text = ByteBuffer()
    append(nameOf: row, seenFrom: origin, in: plan, to: &text)
    return String(utf8: text.span)
  }
}
