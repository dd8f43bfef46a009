import Support
import Testing

@Suite(.blocking) struct SwapTests {
  /// Every order of three rows.
  static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

  private func ordered(_ rows: [(user: Int, number: String)], _ order: [Int]) -> String {
    list(order.map { rows[$0] })
  }

  @Test(arguments: orders)
  func `three users exchange their numbers`(_ order: [Int]) throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"), (3, "1003"))
    try place.write(ordered([(1, "1002"), (2, "1003"), (3, "1001")], order), to: "swap.csv")
    #expect(try place.run("validate", "swap.csv").code == 0)
    let result = try place.run("apply", "swap.csv")
    #expect(result.code == 0)
    #expect(try result.report.map(\.outcome) == ["applied", "applied", "applied"])
    #expect(try place.assignments() == [id(1): "1002", id(2): "1003", id(3): "1001"])
    #expect(try place.run("apply", "swap.csv").report.allSatisfy { $0.outcome == "unchanged" })
  }

  @Test(arguments: orders)
  func `three users move up one number each`(_ order: [Int]) throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"), (3, "1003"))
    try place.write(ordered([(1, "1002"), (2, "1003"), (3, "1004")], order), to: "chain.csv")
    #expect(try place.run("validate", "chain.csv").code == 0)
    #expect(try place.run("apply", "chain.csv").code == 0)
    #expect(try place.assignments() == [id(1): "1002", id(2): "1003", id(3): "1004"])
  }

  @Test(arguments: orders)
  func `a chain stops where a row of it is bad`(_ order: [Int]) throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"), (3, "1003"))
    try place.write(ordered([(1, "1002"), (2, "1003"), (3, "10x4")], order), to: "chain.csv")
    let result = try place.run("apply", "chain.csv")
    #expect(result.code == 2)
    let codes = try Dictionary(
      uniqueKeysWithValues: result.report.map { ($0.userID ?? "", $0.codes) }
    )
    #expect(codes[id(1)] == ["blocked_by_row"])
    #expect(codes[id(2)] == ["blocked_by_row"])
    #expect(codes[id(3)] == ["extension_not_digits"])
    #expect(try place.assignments() == [id(1): "1001", id(2): "1002", id(3): "1003"])
  }

  @Test func `a number goes to a new user while its holder gets another`() throws {
    let place = try Workspace()
    try place.store((1, "1001"))
    try place.write(list((2, "1001"), (1, "1002")), to: "users.csv")
    #expect(try place.run("apply", "users.csv", "--unknown-users", "create").code == 0)
    #expect(try place.assignments() == [id(1): "1002", id(2): "1001"])
  }

  @Test func `a number that is cleared in the same input is free`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "1002"), (2, "")), to: "users.csv")
    let result = try place.run("apply", "users.csv", "--on-blank", "clear")
    #expect(result.code == 0)
    #expect(try place.assignments() == [id(1): "1002", id(2): ""])
  }

  @Test func `a number of a user who keeps it is not given`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "1002")), to: "users.csv")
    let result = try place.run("apply", "users.csv")
    #expect(result.code == 2)
    let line = try #require(try result.report.first)
    #expect(line.codes == ["already_assigned"])
    #expect(line.status == 400)
    #expect(line.errorCode == "VALIDATION_ERROR")
    #expect(line.errorMessage?.contains(id(2)) == true)
    #expect(try place.assignments() == [id(1): "1001", id(2): "1002"])
  }

  @Test func `a swap may stand in two inputs`() throws {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    try place.write(list((1, "1002")), to: "one.csv")
    try place.write(list((2, "1001")), to: "two.csv")
    #expect(try place.run("apply", "one.csv", "two.csv").code == 0)
    #expect(try place.assignments() == [id(1): "1002", id(2): "1001"])
  }

  @Test func `a thousand users move round`() throws {
    let place = try Workspace()
    let count = 1000
    try place.write(list((0..<count).map { ($0, "\(5000 + $0)") }), to: "start.csv")
    try place.run("apply", "start.csv", "--unknown-users", "create")
    try place.write(
      list((0..<count).map { ($0, "\(5000 + ($0 + 1) % count)") }),
      to: "round.csv"
    )
    #expect(try place.run("apply", "round.csv").code == 0)
    let assignments = try place.assignments()
    #expect(assignments.count == count)
    #expect((0..<count).allSatisfy { assignments[id($0)] == "\(5000 + ($0 + 1) % count)" })
  }
}
