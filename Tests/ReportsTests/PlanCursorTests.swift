import ImportModel
import Testing

struct PlanCursorTests {
  @Test func `a cursor gives what a search gives, forwards, with gaps and backwards`() {
    var plan = Plan(keepsDigests: false)
    var random = SplitMix(state: 3)
    for input in 0..<3 {
      plan.begin(
        PlanInput(name: "\(input)", kind: .users, hasExtensionColumn: true, introducesUsers: false)
      )
      var position = Position(row: 2, line: 2, offset: 40)
      // Row numbers that jump (skipped blank rows) make checkpoints.
      for _ in 0..<(input == 1 ? 0 : 500) {
        plan.append(
          PlanRow(high: 1, low: 1, extensionNumber: nil, flags: .hasID),
          at: position,
          digest: 0
        )
        position.row += random.next() % 20 == 0 ? 3 : 1
        position.line += UInt32(1 + random.next() % 4)
        position.offset += 1 + random.next() % 1_000
      }
    }
    for index in stride(from: 0, to: plan.count, by: 7) {
      guard let number = ExtensionNumber(place: UInt64(index + 1)) else { continue }
      plan.addPrevious(number, row: index)
    }
    plan.sortFindings()
    var cursor = PlanCursor()
    let orders = [Array(0..<plan.count), [3, 4, 400, 401, 999, 0, 998, 7, 7, 6, 500]]
    for index in orders.joined() {
      #expect(plan.position(of: index, &cursor) == plan.position(of: index))
      #expect(plan.rowNumber(of: index, &cursor) == plan.position(of: index).row)
      #expect(plan.input(of: index, &cursor) == (index < 500 ? 0 : 2))
      let previous = plan.previousExtension(of: index, &cursor)
      #expect(previous?.place == (index % 7 == 0 ? UInt64(index + 1) : nil))
    }
  }
}
