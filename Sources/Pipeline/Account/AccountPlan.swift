import ImportModel
import Reports
import Targets
import Validation

/// What a run does at the account of a phone system.
struct AccountPlan {
  private var settlement: AccountSettlement
  /// What the account is told of people, by row.
  private let people: [UInt32: Person]
  /// The extensions that rows were sent with by an earlier process.
  private let bound: [UInt32: UInt64]
  private let names: [UInt64: String]
  private let extensionCount: Int
  private let pace: Rate?

  init(
    _ settlement: AccountSettlement,
    people: [UInt32: Person],
    bound: [UInt32: UInt64],
    look: AccountLook
  ) {
    self.settlement = settlement
    self.people = people
    self.bound = bound
    extensionCount = look.extensions.count
    pace = look.pace
    var names: [UInt64: String] = [:]
    for known in look.extensions where known.id != 0 { names[known.id] = Self.name(of: known) }
    self.names = names
  }

  /// Gives rows their extensions, once it is known which need one.
  mutating func allocate(in plan: inout Plan) {
    settlement.allocate(bound: bound, in: &plan)
    // Their lines in the report say which extension it is.
    for row in settlement.placements.keys { plan[row].flags.insert(.planFindings) }
  }

  /// Which extension a row's user gets.
  func placement(of row: UInt32) -> AccountPlacement? { settlement.placements[Int(row)] }

  /// What is to be done for the user of a row.
  func change(for row: UInt32) -> ExtensionChange? {
    guard let placement = placement(of: row), let person = people[row] else { return nil }
    return ExtensionChange(
      extensionID: placement.extensionID,
      kind: placement.kind,
      person: person
    )
  }

  /// Which extension of the account has an id, in a few words.
  func name(of id: UInt64) -> String { names[id] ?? "extension \(id) of the account" }

  /// What the summary says of the account.
  func summary(of plan: borrowing Plan) -> Summary.Account {
    var changeCount = 0
    for (row, placement) in settlement.placements
    where placement.kind != .keep && plan[row].outcome == .wouldApply {
      changeCount += 1
    }
    return Summary.Account(
      extensionCount: extensionCount,
      freeCount: settlement.freeCount,
      changeCount: changeCount,
      shortages: settlement.shortages,
      secondCount: pace.map { Int(($0.interval * changeCount) / .seconds(1)) }
    )
  }

  private static func name(of known: AccountExtension) -> String {
    let kind = known.type.isEmpty || known.type == "User" ? "extension" : known.type
    let number = known.number.isEmpty ? "with the id \(known.id)" : known.number
    return known.name.isEmpty ? "\(kind) \(number)" : "\(kind) \(number) (\(known.name))"
  }
}
