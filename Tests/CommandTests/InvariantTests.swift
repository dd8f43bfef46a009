import Support
import Testing

/// What holds of every apply, whatever the rows are; rows are made up from a seed.
@Suite(.blocking) struct InvariantTests {
  /// A generator whose numbers depend on the seed only (SplitMix64).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// Flags, and rows so few numbers that they often stand in each other's way.
  private func rows(_ numbers: inout Numbers) -> [(user: Int, number: String)] {
    let count = Int.random(in: 5...30, using: &numbers)
    return (0..<count).map { _ in
      let number = Int.random(in: 0...24, using: &numbers)
      let text = number > 22 ? "" : number > 21 ? "1x" : "\(100 + number)"
      return (user: Int.random(in: 1...18, using: &numbers), number: text)
    }
  }

  @Test(arguments: 1...24)
  func `what the report says is what the store holds`(_ seed: Int) throws {
    var numbers = Numbers(state: UInt64(seed))
    let place = try Workspace()
    let holders = (1...12).shuffled(using: &numbers)
    try place.write(
      list(holders.enumerated().map { (user: $0.element, number: "\(100 + $0.offset)") }),
      to: "before.csv"
    )
    try place.run("apply", "before.csv", "--unknown-users", "create", "--quiet")
    let before = try place.assignments()
    let text = list(rows(&numbers))
    try place.write(text, to: "rows.csv")
    let flags = [
      "--unknown-users", ["create", "reject"].randomElement(using: &numbers) ?? "",
      "--on-duplicate",
      ["reject-all", "keep-first", "keep-last"].randomElement(using: &numbers) ?? "",
      "--on-blank", ["reject", "skip", "clear"].randomElement(using: &numbers) ?? "",
      "--on-existing", ["replace", "keep", "fail"].randomElement(using: &numbers) ?? "",
    ]
    let dry = try place.run(["validate", "rows.csv"] + flags)
    let wet = try place.run(["apply", "rows.csv"] + flags)
    let after = try place.assignments()
    let context = Comment(rawValue: "\(flags)\n\(before)\n\(text)\n\(wet.out)")
    #expect(wet.code == dry.code, context)
    let report = try wet.report
    #expect(
      try report.map(\.outcome)
        == dry.report.map { $0.outcome == "would_apply" ? "applied" : $0.outcome },
      context
    )

    // An extension belongs to one user.
    let held = after.values.filter { !$0.isEmpty }
    #expect(Set(held).count == held.count, context)
    // A row that gave a number is true now.
    for line in report where line.outcome == "applied" {
      guard let user = line.userID, let number = line.rcExtension else { continue }
      #expect(after[user] == number, context)
    }
    // Who is not in an applied row has what he had.
    let changed = Set(report.filter { $0.outcome == "applied" }.compactMap(\.userID))
    for user in Set(before.keys).union(after.keys).subtracting(changed) {
      #expect(after[user] == before[user], context)
    }
    // The same again changes nothing more.
    let again = try place.run(["apply", "rows.csv"] + flags)
    #expect(try place.assignments() == after, context)
    #expect(try !again.report.map(\.outcome).contains("applied"), context)
  }
}
