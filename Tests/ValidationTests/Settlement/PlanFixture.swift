import Bytes
import ImportModel
import Validation

/// Builds small plans and settles them, with letters for users and digits for extensions.
struct PlanFixture {
  /// One row: a user's letter (or `nil` for a bad id), and what the row wants.
  struct Row {
    var user: Character?
    var number: String?
    var flags: RowFlags = []
    var file = 0
  }

  var rows: [Row]
  var rules = Rules()
  /// Present holders of extensions, by the user's letter.
  var held: [Character: String] = [:]
  /// Users the store knows beside those who hold an extension.
  var known: Set<Character> = []
  var fileCount = 1
  var introducesUsers = true
  /// The extensions of the account that rows are settled with; `nil` for none.
  var account: [AccountExtension]?
  /// What rows say of their people, where it is not the usual.
  var claims: [Int: AccountClaim] = [:]
  /// Extensions that rows were sent with before.
  var bound: [UInt32: UInt64] = [:]

  /// A settled row as tests look at it.
  struct Settled: Equatable {
    var outcome: Outcome
    var codes: [String]
  }

  static func id(_ user: Character) -> ObjectID {
    ObjectID(high: 0x64B7_F1A2_0000_0000, low: user.unicodeScalars.first?.value ?? 0)
  }

  /// What is said of a row's person: an address of the user's letter.
  func claim(_ row: Int) -> AccountClaim {
    claims[row]
      ?? AccountClaim(
        row: row,
        firstName: "Ada",
        lastName: "Lovelace",
        email: "\(rows[row].user ?? "?")@example.com",
        site: ""
      )
  }

  func settle() -> [Settled] { settleWithAccount().rows }

  func settleWithAccount() -> (
    rows: [Settled], placements: [Int: AccountPlacement], shortages: [AccountShortage]
  ) {
    var plan = Plan(keepsDigests: false)
    for file in 0..<fileCount {
      plan.begin(
        PlanInput(
          name: "\(file).csv",
          kind: .users,
          hasExtensionColumn: true,
          introducesUsers: introducesUsers
        )
      )
      for (place, row) in rows.enumerated() where row.file == file {
        let id = row.user.map(Self.id)
        var flags = row.flags
        if id != nil { flags.insert(.hasID) } else { flags.insert(.rejected) }
        plan.append(
          PlanRow(
            high: id?.high ?? 0,
            low: id?.low ?? 0,
            extensionNumber: row.number.flatMap { ExtensionNumber($0) },
            flags: flags
          ),
          at: Position(row: UInt32(place + 2), line: UInt32(place + 2), offset: UInt64(place * 10)),
          digest: 0
        )
      }
    }
    var settlement = Settlement(of: &plan, rules: rules)
    var asking: [Int] = []
    for index in 0..<plan.count where Settlement.asksForUser(plan[index]) { asking.append(index) }
    let users = asking.map { index -> KnownUser? in
      let user = rows[index].user ?? "?"
      guard held[user] != nil || known.contains(user) else { return nil }
      return KnownUser(
        extensionNumber: held[user].flatMap { ExtensionNumber($0) },
        digest: 0,
        isDisabled: false
      )
    }
    settlement.settleUsers(asking, known: users, in: &plan)
    var wanting: [Int] = []
    for index in 0..<plan.count where Settlement.wantsNumber(plan[index]) { wanting.append(index) }
    let holders = wanting.map { index in
      held.first { $0.value == rows[index].number }.map { Self.id($0.key) }
    }
    settlement.settleHolders(wanting, holders: holders, in: &plan)
    var accounts = AccountSettlement(account ?? [], type: "User", rules: rules)
    if account != nil {
      let claiming = (0..<plan.count).filter { AccountClaim.isMade(by: plan[$0], rules) }
      accounts.settle(claiming.map(claim), &settlement, in: &plan)
    }
    settlement.finish(in: &plan)
    if account != nil { accounts.allocate(bound: bound, in: &plan) }
    let settled = (0..<plan.count).map { index in
      var codes: [String] = []
      for place in 0..<plan.findings.count where Int(plan.findings[place].row) == index {
        codes.append("\(plan.findings[place].code)")
      }
      return Settled(outcome: plan[index].outcome, codes: codes)
    }
    return (settled, accounts.placements, accounts.shortages)
  }
}
