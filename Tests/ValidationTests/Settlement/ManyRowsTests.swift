import Bytes
import ImportModel
import Testing
import Validation

/// So many rows that they are parted and compared by two threads.
struct ManyRowsTests {
  private static let rowCount = 150_000

  /// Rows of 75,000 users and 60,000 extensions or so, in no order, one in eight without an id.
  private static func plan() -> Plan {
    var plan = Plan(keepsDigests: false)
    var state: UInt64 = 5
    func random(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 30) % count
    }
    for input in 0..<3 {
      plan.begin(
        PlanInput(name: "\(input)", kind: .users, hasExtensionColumn: true, introducesUsers: true)
      )
      for row in 0..<rowCount / 3 {
        let hasID = random(8) != 0
        let zeros = String(repeating: "0", count: Int(random(20) == 0 ? random(3) : 0))
        let number = random(9) == 0 ? nil : zeros + "\(10 + random(60_000))"
        plan.append(
          PlanRow(
            high: hasID ? 0x64B7_F1A2_0000_0000 + random(75_000) * 4096 : 0,
            low: 7,
            extensionNumber: number.flatMap { ExtensionNumber($0) },
            flags: hasID ? .hasID : .rejected
          ),
          at: Position(row: UInt32(row + 2), line: UInt32(row + 2), offset: UInt64(row * 40)),
          digest: 0
        )
      }
    }
    return plan
  }

  private static func rows(_ plan: borrowing Plan, _ codes: Set<ReasonCode>) -> Set<UInt32> {
    var rows: Set<UInt32> = []
    for place in 0..<plan.findings.count where codes.contains(plan.findings[place].code) {
      rows.insert(plan.findings[place].row)
    }
    return rows
  }

  @Test func `all rows of one extension or user are found, and only they`() {
    var plan = Self.plan()
    var byUser: [ObjectID: [Int]] = [:]
    var byNumber: [ExtensionNumber: [Int]] = [:]
    for row in 0..<plan.count {
      if plan[row].flags.contains(.hasID) { byUser[plan[row].id, default: []].append(row) }
      if let number = plan[row].extensionNumber { byNumber[number, default: []].append(row) }
    }
    var expected: Set<UInt32> = []
    for rows in byNumber.values where rows.count > 1 {
      let users = Set(rows.map { plan[$0].flags.contains(.hasID) ? plan[$0].high : UInt64($0) })
      if users.count > 1 { expected.formUnion(rows.map { UInt32($0) }) }
    }
    var conflicts: Set<UInt32> = []
    for rows in byUser.values {
      let wanting = rows.filter { plan[$0].extensionNumber != nil }
      if Set(wanting.map { plan[$0].extensionNumber }).count > 1 {
        conflicts.formUnion(wanting.map { UInt32($0) })
      }
    }
    var variants: Set<UInt32> = []
    let spellings = Dictionary(grouping: byNumber.keys, by: \.value)
    for numbers in spellings.values where numbers.count > 1 {
      for number in numbers { variants.formUnion(byNumber[number, default: []].map { UInt32($0) }) }
    }
    _ = Settlement(of: &plan, rules: Rules()) { count, work in
      // The second part first: neither may rely on the other.
      for part in (0..<count).reversed() { work(part) }
    }
    #expect(Self.rows(plan, [.duplicateInFile, .duplicateAcrossFiles]) == expected)
    #expect(Self.rows(plan, [.userRepeatedConflict]) == conflicts)
    #expect(Self.rows(plan, [.duplicateZeroVariant]) == variants)
    #expect(!expected.isEmpty && !conflicts.isEmpty && !variants.isEmpty)
  }

  @Test func `what is usual in a column is so among all its rows`() {
    let count = 40_000
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "-", kind: .users, hasExtensionColumn: true, introducesUsers: true)
    )
    // One in ten is short in the first half and none in the second: in 19 of 20 rows there are 6 digits.
    var short: Set<UInt32> = []
    for row in 0..<count {
      let isShort = row < count / 2 && row % 10 == 0
      if isShort { short.insert(UInt32(row)) }
      plan.append(
        PlanRow(
          high: 0x64B7_F1A2_0000_0000 + UInt64(row),
          low: 7,
          extensionNumber: ExtensionNumber("\((isShort ? 10_000 : 100_000) + row)"),
          flags: .hasID
        ),
        at: Position(row: UInt32(row + 2), line: UInt32(row + 2), offset: UInt64(row * 40)),
        digest: 0
      )
    }
    _ = Settlement(of: &plan, rules: Rules()) { count, work in
      for part in (0..<count).reversed() { work(part) }
    }
    #expect(Self.rows(plan, [.extensionLengthUnusual]) == short)
    #expect(plan.findings[0].first == 95)
  }
}
