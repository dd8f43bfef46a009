import Bytes
import ImportModel
import Testing

/// A plan gives back what was found in rows, or says that it does not know.
struct KeptFindingsTests {
  /// A plan of rows in which something was found, but for those of the places.
  private func plan(_ rowCount: Int, without places: Set<Int> = [], text: String = "x") -> Plan {
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "-", kind: .users, hasExtensionColumn: true, introducesUsers: false)
    )
    for index in 0..<rowCount {
      plan.append(
        PlanRow(high: 0, low: 0, extensionNumber: nil, flags: .rejected),
        at: Position(row: UInt32(index + 2), line: UInt32(index + 2), offset: UInt64(index) * 9),
        digest: 0
      )
      if places.contains(index) { continue }
      var list = FindingList()
      list.append(Finding(.objectidMissing, .error, number: index, text: "\(text)\(index)"))
      list.append(Finding(.extensionMissing, .error, number: index + 1))
      let cell = list.keep("cell \(index)")
      plan.keep(list, KeptRow(recordByteCount: 8, userID: .text(cell), number: .none))
    }
    return plan
  }

  @Test func `findings and texts come back row by row`() throws {
    let places: Set = [0, 3, 4, 9]
    let plan = plan(10, without: places)
    var cursor = PlanCursor()
    for index in 0..<plan.count {
      var list = FindingList()
      let known = plan.keptRow(index, &cursor, findings: &list)
      guard !places.contains(index) else {
        #expect(known == nil && list.count == 0)
        continue
      }
      let row = try #require(known)
      #expect(row.recordByteCount == 8)
      #expect(list.count == 2 && list[1].number == index + 1)
      #expect(
        list.finding(0) == Finding(.objectidMissing, .error, number: index, text: "x\(index)")
      )
      guard case .text(let cell) = row.userID, case .none = row.number else {
        Issue.record("cells of another kind")
        continue
      }
      #expect(String(utf8: list.span(cell)) == "cell \(index)")
    }
  }

  @Test func `rows may be left out`() {
    let plan = plan(10)
    var cursor = PlanCursor()
    for index in [2, 3, 7] {
      var list = FindingList()
      #expect(plan.keptRow(index, &cursor, findings: &list) != nil)
      #expect(list[0].number == index)
    }
  }

  @Test func `rows that are taken back are forgotten`() throws {
    var plan = plan(4)
    plan.removeSuffix(from: 2)
    plan.append(
      PlanRow(high: 0, low: 0, extensionNumber: nil, flags: .rejected),
      at: Position(row: 9, line: 9, offset: 99),
      digest: 0
    )
    var cursor = PlanCursor()
    var list = FindingList()
    #expect(plan.keptRow(1, &cursor, findings: &list) != nil && list.count == 2)
    list.removeAll()
    #expect(plan.keptRow(2, &cursor, findings: &list) == nil && list.count == 0)
  }

  @Test func `a row that says it all itself needs no room`() throws {
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "-", kind: .users, hasExtensionColumn: true, introducesUsers: false)
    )
    var row = PlanRow(
      high: 7,
      low: 8,
      extensionNumber: ExtensionNumber("1001"),
      flags: .hasID
    )
    row.isVerbatim = true
    plan.append(row, at: Position(row: 2, line: 2, offset: 0), digest: 0)
    var cursor = PlanCursor()
    var list = FindingList()
    let known = try #require(plan.keptRow(0, &cursor, findings: &list))
    guard case .usual = known.userID, case .usual = known.number else {
      Issue.record("cells that are not as the plan has them")
      return
    }
    #expect(list.count == 0)
  }

  @Test func `room grows with the rows, and ends`() {
    let few = plan(4000)
    let hasRoomAtFirst = few.kept.hasRoom(forRowsUpTo: few.count)
    let hasRoomLater = few.kept.hasRoom(forRowsUpTo: 1_000_000)
    #expect(!hasRoomAtFirst && hasRoomLater)
    let many = plan(9000, text: String(repeating: "x", count: 4000))
    let hasRoomAtLast = many.kept.hasRoom(forRowsUpTo: .max / 8)
    #expect(!hasRoomAtLast)
  }

  @Test func `a finding comes back as it was, or the row is not known`() throws {
    for number in [0, 1, -1, Int(Int32.max), Int(Int32.max) + 1, .max, .min] {
      var plan = plan(1, without: [0])
      var list = FindingList()
      list.append(Finding(.extensionTooShort, .warning, field: .extensionNumber, limit: 2))
      list.append(
        Finding(
          .extensionLeadingZero,
          .note,
          field: .extensionNumber,
          number: number,
          text: "102",
          suggestion: ""
        )
      )
      let value = list.keep(String(repeating: "1", count: 3000))
      list[1].value = value
      plan.keep(list, KeptRow(recordByteCount: 70_000, userID: .usual, number: .text(value)))
      var cursor = PlanCursor()
      var found = FindingList()
      guard let row = plan.keptRow(0, &cursor, findings: &found) else {
        #expect(Int32(exactly: number) == nil && found.count == 0)
        continue
      }
      #expect(Int32(exactly: number) != nil && row.recordByteCount == 70_000)
      #expect(found.finding(0) == list.finding(0) && found.finding(1) == list.finding(1))
      #expect(found.span(found[1].value).count == 3000 && found[0].value.isAbsent)
      guard case .usual = row.userID, case .text(let cell) = row.number else {
        Issue.record("cells of another kind")
        return
      }
      #expect(cell.range == value.range)
    }
  }

  @Test func `a row with huge texts is not kept`() {
    let plan = plan(1, text: String(repeating: "x", count: 5000))
    var cursor = PlanCursor()
    var list = FindingList()
    #expect(plan.keptRow(0, &cursor, findings: &list) == nil && list.count == 0)
  }
}
