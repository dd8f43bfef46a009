import Bytes
import ImportModel
import Testing

struct PlanTests {
  private func plan(at positions: [Position]) -> Plan {
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "a.csv", kind: .users, hasExtensionColumn: true, introducesUsers: false)
    )
    for position in positions {
      plan.append(
        PlanRow(high: 1, low: 2, extensionNumber: nil, flags: []),
        at: position,
        digest: 0
      )
    }
    return plan
  }

  /// Positions of `count` records, each so many rows, lines and bytes after the one before.
  private static func positions(
    _ count: UInt64,
    rows: UInt64,
    lines: UInt64,
    bytes: UInt64
  ) -> [Position] {
    (0..<count).map { index in
      Position(
        row: UInt32(index * rows) + 2,
        line: UInt32(index * lines) + 2,
        offset: index * bytes
      )
    }
  }

  @Test(arguments: [
    // One line a row.
    positions(100, rows: 1, lines: 1, bytes: 80),
    // Many records on one line, as XML may have them.
    positions(30_000, rows: 1, lines: 0, bytes: 70),
    // Many line breaks in each record.
    positions(5000, rows: 1, lines: 40, bytes: 999),
    // Skipped rows, and offsets beyond 4 GiB.
    positions(3000, rows: 2, lines: 2, bytes: 1 << 24),
    // A single record of a hundred thousand lines between others.
    [
      Position(row: 2, line: 2, offset: 10), Position(row: 3, line: 100_002, offset: 900_000),
      Position(row: 4, line: 100_003, offset: 900_010),
    ],
  ])
  func `every position comes back as it went in`(positions: [Position]) {
    let plan = plan(at: positions)
    var wrong = 0
    for (index, position) in positions.enumerated() where plan.position(of: index) != position {
      wrong += 1
    }
    #expect(wrong == 0)
  }

  @Test(
    arguments: [
      // Behind each other, behind skipped rows and lines, and across 4 GiB from the checkpoint.
      [(2, 2, 100), (5, 5, 190)], [(2, 2, 100), (6, 9, 250)],
      [(2, 2, 0), (5, 5, UInt64(UInt32.max) - 130), (8, 8, UInt64(UInt32.max) - 40)],
      [(2, 2, 0), (5, 9000, 500), (8, 9003, 600)],
    ] as [[(UInt32, UInt32, UInt64)]]
  )
  func `rows that are added together have their positions`(
    runs: [(row: UInt32, line: UInt32, offset: UInt64)]
  ) throws {
    var keys = PackedArray<RecordKeys>()
    for index in 0..<3 {
      keys.append(
        RecordKeys(high: 7, low: 8, distance: UInt32(index) * 30, value: 12, digitCount: 3)
      )
    }
    var plan = plan(at: [Position(row: 1, line: 1, offset: 0)])
    for run in runs {
      let position = Position(row: run.row, line: run.line, offset: run.offset)
      plan.append(keys, 0..<3, at: position)
    }
    #expect(plan.count == 1 + 3 * runs.count)
    for index in 1..<plan.count {
      let (run, place) = (runs[(index - 1) / 3], UInt32((index - 1) % 3))
      #expect(
        plan.position(of: index)
          == Position(
            row: run.row + place,
            line: run.line + place,
            offset: run.offset + UInt64(place) * 30
          )
      )
      #expect(plan[index].id == ObjectID(high: 7, low: 8))
      #expect(plan[index].extensionNumber == ExtensionNumber("012"))
      #expect(plan[index].flags == .hasID)
    }
  }

  @Test func `a row keeps id, extension, flags and outcome apart`() throws {
    let number = try #require(ExtensionNumber("9999999999"))
    var row = PlanRow(
      high: .max,
      low: .max,
      extensionNumber: number,
      flags: [.hasID, .hasNumber]
    )
    for outcome in Outcome.allCases {
      row.outcome = outcome
      row.flags.insert(.rejected)
      row.isVerbatim.toggle()
      #expect(row.isVerbatim == (outcome.rawValue % 2 == 0))
      #expect(row.outcome == outcome && row.extensionNumber == number)
      #expect(row.flags == [.hasID, .hasNumber, .rejected] && row.lineDrift == 0)
      #expect(row.id == ObjectID(high: .max, low: .max))
    }
  }

  @Test func `a row costs 24 bytes`() { #expect(MemoryLayout<PlanRow>.stride == 24) }

  @Test func `rows can be taken back from the end`() {
    var plan = plan(
      at: [
        Position(row: 2, line: 2, offset: 0), Position(row: 5, line: 5, offset: 40),
        Position(row: 6, line: 6, offset: 60),
      ])
    plan.removeSuffix(from: 1)
    plan.append(
      PlanRow(high: 0, low: 0, extensionNumber: nil, flags: []),
      at: Position(row: 9, line: 9, offset: 99),
      digest: 0
    )
    #expect(plan.count == 2 && plan.inputs[0].rows == 0..<2)
    #expect(plan.position(of: 1) == Position(row: 9, line: 9, offset: 99))
  }
}
