import ImportModel
import Testing
import Validation

struct SettlementTests {
  typealias Row = PlanFixture.Row
  typealias Settled = PlanFixture.Settled

  private func outcomes(_ fixture: PlanFixture) -> [Outcome] { fixture.settle().map(\.outcome) }

  @Test func `rows that want different things are all applied`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")])
    #expect(outcomes(fixture) == [.wouldApply, .wouldApply])
  }

  @Test func `two rows that want the same extension are both rejected`() {
    let fixture = PlanFixture(rows: [
      Row(user: "A", number: "101"), Row(user: "B", number: "101"), Row(user: "C", number: "102"),
    ])
    #expect(
      fixture.settle() == [
        Settled(outcome: .rejected, codes: ["duplicateInFile"]),
        Settled(outcome: .rejected, codes: ["duplicateInFile"]),
        Settled(outcome: .wouldApply, codes: []),
      ]
    )
  }

  @Test func `a row with a bad id still claims its extension`() {
    let fixture = PlanFixture(rows: [Row(user: nil, number: "101"), Row(user: "B", number: "101")])
    #expect(fixture.settle()[1] == Settled(outcome: .rejected, codes: ["duplicateInFile"]))
  }

  @Test func `rows of two files that want the same extension are told apart`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "101", file: 1)],
      fileCount: 2
    )
    #expect(fixture.settle().map(\.codes) == [["duplicateAcrossFiles"], ["duplicateAcrossFiles"]])
  }

  @Test func `a row said twice is applied once`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "101"), Row(user: "A", number: "101")])
    #expect(
      fixture.settle() == [
        Settled(outcome: .wouldApply, codes: []),
        Settled(outcome: .unchanged, codes: ["duplicateRow"]),
      ]
    )
  }

  @Test func `one user with two extensions is rejected`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "101"), Row(user: "A", number: "102")])
    #expect(
      fixture.settle().map(\.codes) == [["userRepeatedConflict"], ["userRepeatedConflict"]]
    )
  }

  @Test(arguments: [
    // B's second row is free once B's first lost 101 to A.
    (Rules.OnDuplicate.keepFirst, [Outcome.wouldApply, .rejected, .wouldApply, .rejected]),
    // From the end: C has 102, so that B's row for it loses and B's row for 101 wins.
    (.keepLast, [.rejected, .wouldApply, .rejected, .wouldApply]),
  ])
  func `the first or the last claim wins when asked for`(
    rule: Rules.OnDuplicate,
    expected: [Outcome]
  ) {
    var fixture = PlanFixture(rows: [
      Row(user: "A", number: "101"), Row(user: "B", number: "101"), Row(user: "B", number: "102"),
      Row(user: "C", number: "102"),
    ])
    fixture.rules.onDuplicate = rule
    #expect(outcomes(fixture) == expected)
  }

  @Test func `a swap is legal in either order`() {
    for rows in [
      [Row(user: "A", number: "102"), Row(user: "B", number: "101")],
      [Row(user: "B", number: "101"), Row(user: "A", number: "102")],
    ] {
      let fixture = PlanFixture(rows: rows, held: ["A": "101", "B": "102"])
      #expect(
        fixture.settle() == [
          Settled(outcome: .wouldApply, codes: ["inCycle"]),
          Settled(outcome: .wouldApply, codes: ["inCycle"]),
        ]
      )
    }
  }

  @Test func `a chain is legal`() {
    let fixture = PlanFixture(
      rows: [
        Row(user: "A", number: "102"), Row(user: "B", number: "103"), Row(user: "C", number: "104"),
      ],
      held: ["A": "101", "B": "102", "C": "103"]
    )
    #expect(outcomes(fixture) == [.wouldApply, .wouldApply, .wouldApply])
  }

  @Test func `a rejected row blocks the whole chain that waits for it`() {
    let fixture = PlanFixture(
      rows: [
        Row(user: "A", number: "102"), Row(user: "B", number: "103"),
        Row(user: "C", number: "104"), Row(user: "D", number: "104"),
      ],
      held: ["A": "101", "B": "102", "C": "103"]
    )
    #expect(
      fixture.settle().map(\.codes) == [
        ["blockedByRow"], ["blockedByRow"], ["duplicateInFile"], ["duplicateInFile"],
      ]
    )
  }

  @Test func `a row with a bad number blocks those who want its user's present one`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "102"), Row(user: "B", flags: .rejected)],
      held: ["A": "101", "B": "102"]
    )
    #expect(fixture.settle()[0] == Settled(outcome: .rejected, codes: ["blockedByRow"]))
  }

  @Test func `a number whose holder stays is already assigned`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "102")], held: ["B": "102"])
    #expect(fixture.settle() == [Settled(outcome: .rejected, codes: ["alreadyAssigned"])])
  }

  @Test func `a user who has the number already is unchanged`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "101")], held: ["A": "101"])
    #expect(fixture.settle() == [Settled(outcome: .unchanged, codes: [])])
  }

  @Test func `a user who keeps the old number does not release it`() {
    var fixture = PlanFixture(
      rows: [Row(user: "A", number: "103"), Row(user: "B", number: "101")],
      held: ["A": "101", "B": "102"]
    )
    fixture.rules.onExisting = .keep
    #expect(
      fixture.settle() == [
        Settled(outcome: .unchanged, codes: ["userHasExtension"]),
        Settled(outcome: .unchanged, codes: ["userHasExtension"]),
      ]
    )
    fixture.rules.onExisting = .fail
    #expect(outcomes(fixture) == [.rejected, .rejected])
  }

  @Test func `an assignment list does not introduce users`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")],
      known: ["B"],
      introducesUsers: false
    )
    #expect(
      fixture.settle() == [
        Settled(outcome: .rejected, codes: ["userNotFound"]),
        Settled(outcome: .wouldApply, codes: []),
      ]
    )
  }

  @Test func `a blank row clears and frees the number for another`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", flags: .clears), Row(user: "B", number: "101")],
      held: ["A": "101"]
    )
    #expect(outcomes(fixture) == [.wouldApply, .wouldApply])
  }

  @Test func `a value that lost its zeros is suspected from its column`() {
    let fixture = PlanFixture(rows: [
      Row(user: "A", number: "0101"), Row(user: "B", number: "0102"), Row(user: "C", number: "103"),
      Row(user: "D", number: "0104"),
    ])
    #expect(
      fixture.settle().map(\.codes) == [[], [], ["extensionLeadingZeroLost"], []]
    )
  }

  @Test func `values that differ only by zeros are both warned of`() {
    let fixture = PlanFixture(rows: [
      Row(user: "A", number: "0101"), Row(user: "B", number: "101"),
      Row(user: "C", number: "55555"),
      Row(user: "D", number: "66666"),
    ])
    #expect(fixture.settle()[0].codes == ["duplicateZeroVariant"])
    #expect(fixture.settle()[1].codes.contains("duplicateZeroVariant"))
  }

  @Test(arguments: Rules.OnDuplicate.allCases)
  func `all rows of values that differ only by zeros are warned of`(rule: Rules.OnDuplicate) {
    var fixture = PlanFixture(rows: [
      Row(user: "A", number: "116"), Row(user: "B", number: "0116"), Row(user: "C", number: "116"),
      Row(user: "D", number: "0116"), Row(user: "D", number: "0116"), Row(user: "E", number: "16"),
    ])
    fixture.rules.onDuplicate = rule
    let warned = fixture.settle().map { $0.codes.contains("duplicateZeroVariant") }
    #expect(warned == [true, true, true, true, true, false])
  }

  @Test func `what a settled plan accepts never breaks uniqueness`() {
    var random = SeededGenerator(seed: 20_261_122)
    let users: [Character] = ["A", "B", "C", "D", "E", "F"]
    let numbers = ["101", "102", "103", "104", "105", "106", "0101"]
    for _ in 0..<4000 {
      var fixture = PlanFixture(rows: [])
      for user in users where Bool.random(using: &random) {
        let free = numbers.filter { number in !fixture.held.values.contains(number) }
        fixture.held[user] = free.randomElement(using: &random)
      }
      for _ in 0..<Int.random(in: 1...7, using: &random) {
        let clears = Int.random(in: 0..<8, using: &random) == 0
        fixture.rows.append(
          Row(
            user: Int.random(in: 0..<10, using: &random) == 0
              ? nil : users.randomElement(using: &random),
            number: clears ? nil : numbers.randomElement(using: &random),
            flags: clears ? .clears : []
          )
        )
      }
      fixture.rules.onDuplicate =
        Rules.OnDuplicate.allCases.randomElement(using: &random) ?? .rejectAll
      fixture.rules.onExisting = Rules.OnExisting.allCases.randomElement(using: &random) ?? .replace
      var after = fixture.held
      let settled = fixture.settle()
      let accepted = zip(fixture.rows, settled).filter { $0.1.outcome == .wouldApply }.map(\.0)
      for row in accepted { if let user = row.user { after[user] = nil } }
      for row in accepted {
        guard let user = row.user else {
          Issue.record("a row without a user was accepted")
          continue
        }
        #expect(after[user] == nil, "\(user) got two extensions: \(fixture)")
        guard let number = row.number else { continue }
        #expect(!after.values.contains(number), "\(number) was given twice: \(fixture)")
        after[user] = number
      }
    }
  }
}

/// A generator that gives the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
