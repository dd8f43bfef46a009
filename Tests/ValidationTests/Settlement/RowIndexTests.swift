import ImportModel
import Testing
import Validation

struct RowIndexTests {
  /// A row's number, as a key whose hash is of one's own making.
  private struct Key: RowKey {
    var value: UInt32
    var made: UInt64

    func hash(_ seed: HashSeed) -> UInt64 { made }
    func matches(_ row: PlanRow) -> Bool { row.low == value }
  }

  /// Hashes that all belong to the first slot, to the middle, to the last slot, or nearly to it.
  @Test(arguments: [0, 1 << 63, .max, 0xFFFF_FFFF_0000_0000, 0xF000_0000_0000_0000] as [UInt64])
  func `keys of one hash are told apart`(hash: UInt64) {
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "-", kind: .users, hasExtensionColumn: true, introducesUsers: true)
    )
    let count = 300
    for row in 0..<count {
      plan.append(
        PlanRow(high: 0, low: UInt32(row), extensionNumber: nil, flags: .hasID),
        at: Position(row: UInt32(row), line: UInt32(row), offset: UInt64(row)),
        digest: 0
      )
    }
    var index = RowIndex(rowCount: count, of: plan)
    for row in 0..<count {
      let key = Key(value: UInt32(row), made: hash &- UInt64(row % 3))
      #expect(index.row(for: key, in: plan) == nil)
      #expect(index.enter(row, key: key, in: plan) == nil)
    }
    for row in 0..<count {
      let key = Key(value: UInt32(row), made: hash &- UInt64(row % 3))
      #expect(index.row(for: key, in: plan) == row)
      #expect(index.enter(row, key: key, in: plan) == row)
    }
  }

  @Test func `seeds give different hashes`() {
    let id = UserKey(id: ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: 0xF9C1_2345))
    let one = HashSeed(first: 3, second: 5)
    let other = HashSeed(first: 7, second: 5)
    #expect(id.hash(one) != id.hash(other))
    #expect(HashSeed(first: 2, second: 4).first == 3)
  }
}
