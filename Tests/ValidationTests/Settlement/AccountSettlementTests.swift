import ImportModel
import Testing
import Validation

struct AccountSettlementTests {
  typealias Row = PlanFixture.Row
  typealias Settled = PlanFixture.Settled

  private static let applies = Settled(outcome: .wouldApply, codes: [])

  private func free(_ id: UInt64, site: String = "", type: String = "User") -> AccountExtension {
    AccountExtension(id: id, type: type, status: "Unassigned", site: site)
  }

  private func present(
    _ id: UInt64,
    _ user: Character,
    _ number: String,
    status: String = "Enabled",
    type: String = "User"
  ) -> AccountExtension {
    AccountExtension(
      id: id,
      number: number,
      type: type,
      status: status,
      email: "\(user)@EXAMPLE.com"
    )
  }

  private func claim(
    _ row: Int,
    first: String = "Ada",
    last: String = "Lovelace",
    email: String = "x@example.com",
    site: String = ""
  ) -> AccountClaim {
    AccountClaim(row: row, firstName: first, lastName: last, email: email, site: site)
  }

  @Test func `people without an extension get the lowest that are nobody's, in the order of rows`()
  {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")],
      account: [free(9), free(7), free(8, type: "Limited"), present(5, "z", "100")]
    )
    let settled = fixture.settleWithAccount()
    #expect(settled.rows == [Self.applies, Self.applies])
    #expect(
      settled.placements == [
        0: AccountPlacement(extensionID: 7, kind: .provision),
        1: AccountPlacement(extensionID: 9, kind: .provision),
      ]
    )
    #expect(settled.shortages.isEmpty)
  }

  @Test func `rows for which there is no extension are rejected, and the shortage is counted`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")],
      account: [free(7)]
    )
    let settled = fixture.settleWithAccount()
    #expect(settled.rows == [Self.applies, Settled(outcome: .rejected, codes: ["licenceLimit"])])
    #expect(
      settled.shortages == [
        AccountShortage(type: "User", site: "", neededCount: 2, freeCount: 1)
      ]
    )
  }

  @Test func `who has an extension keeps it, and only its number changes`() {
    let fixture = PlanFixture(
      rows: [Row(user: "a", number: "101"), Row(user: "b", number: "109")],
      account: [present(5, "a", "101"), present(6, "b", "102"), free(7)]
    )
    let settled = fixture.settleWithAccount()
    #expect(
      settled.placements == [
        0: AccountPlacement(extensionID: 5, kind: .keep),
        1: AccountPlacement(extensionID: 6, kind: .renumber),
      ]
    )
  }

  @Test func `a number that somebody else has at the account is not taken from them`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101")],
      account: [present(5, "z", "101"), free(7)]
    )
    #expect(fixture.settle() == [Settled(outcome: .rejected, codes: ["alreadyAssigned"])])
  }

  @Test func `a number that its holder gives up in the same file can be taken`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "b", number: "102")],
      account: [present(5, "b", "101"), free(7)]
    )
    let settled = fixture.settleWithAccount()
    #expect(settled.rows.map(\.outcome) == [.wouldApply, .wouldApply])
    #expect(settled.rows[0].codes == ["inChain"])
  }

  @Test func `a number that its holder would give up in a rejected row is not free`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "b", number: "103")],
      account: [present(5, "b", "101"), present(6, "c", "103"), free(7)]
    )
    #expect(fixture.settle().map(\.codes) == [["blockedByRow"], ["alreadyAssigned"]])
  }

  @Test(arguments: [
    ("", "Lovelace", "x@example.com", "fieldMissingForTarget"),
    ("Ada", "", "x@example.com", "fieldMissingForTarget"),
    ("Ada", "Lovelace", "", "fieldMissingForTarget"),
    ("Ada", String(repeating: "l", count: 65), "x@example.com", "fieldTooLongForTarget"),
  ])
  func `nobody gets an extension without what the account demands`(
    first: String,
    last: String,
    email: String,
    code: String
  ) {
    var fixture = PlanFixture(rows: [Row(user: "A", number: "101")], account: [free(7)])
    fixture.claims[0] = claim(0, first: first, last: last, email: email)
    #expect(fixture.settle() == [Settled(outcome: .rejected, codes: [code])])
  }

  @Test func `names are not needed to change the number of an extension`() {
    var fixture = PlanFixture(
      rows: [Row(user: "A", number: "101")],
      account: [present(5, "x", "100")]
    )
    fixture.claims[0] = claim(0, first: "", last: "")
    #expect(fixture.settle() == [Self.applies])
  }

  @Test func `two users with one address are both rejected`() {
    var fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")],
      account: [free(7), free(8)]
    )
    fixture.claims[0] = claim(0)
    fixture.claims[1] = claim(1, email: "X@example.com")
    #expect(fixture.settle().map(\.codes) == [["emailRepeated"], ["emailRepeated"]])
  }

  @Test func `an address on a queue, or on two extensions, tells nobody apart`() {
    let fixture = PlanFixture(
      rows: [Row(user: "q", number: "101"), Row(user: "t", number: "102")],
      account: [
        present(5, "q", "900", type: "Department"), present(6, "t", "901"), present(7, "t", "902"),
        free(8), free(9),
      ]
    )
    #expect(fixture.settle().map(\.codes) == [["emailTaken"], ["emailTaken"]])
  }

  @Test func `an extension that is switched off is left alone`() {
    let fixture = PlanFixture(
      rows: [Row(user: "d", number: "101")],
      account: [present(5, "d", "900", status: "Disabled"), free(8)]
    )
    #expect(fixture.settle().map(\.codes) == [["extensionDisabledAtTarget"]])
  }

  @Test func `numbers of nine digits are for other systems`() {
    let fixture = PlanFixture(rows: [Row(user: "A", number: "123456789")], account: [free(8)])
    #expect(fixture.settle().map(\.codes) == [["extensionTargetLimit"]])
  }

  @Test func `people of a site get an extension of it, or one that belongs nowhere`() {
    var fixture = PlanFixture(
      rows: [
        Row(user: "A", number: "101"), Row(user: "B", number: "102"), Row(user: "C", number: "103"),
        Row(user: "D", number: "104"),
      ],
      account: [free(1, site: "Berlin"), free(2, site: "Paris"), free(3)]
    )
    fixture.claims[0] = claim(0, email: "1@example.com", site: "PARIS")
    fixture.claims[1] = claim(1, email: "2@example.com", site: "Paris")
    fixture.claims[2] = claim(2, email: "3@example.com", site: "Paris")
    // The account has no such site, so that the name says nothing.
    fixture.claims[3] = claim(3, email: "4@example.com", site: "Rome")
    let settled = fixture.settleWithAccount()
    #expect(settled.placements.mapValues(\.extensionID) == [0: 2, 1: 3, 3: 1])
    #expect(
      settled.shortages == [
        AccountShortage(type: "User", site: "paris", neededCount: 3, freeCount: 2)
      ]
    )
  }

  @Test func `a row keeps the extension that it was sent with, and nobody else gets it`() {
    let fixture = PlanFixture(
      rows: [Row(user: "A", number: "101"), Row(user: "B", number: "102")],
      account: [free(7), free(8), free(9)],
      bound: [1: 7]
    )
    #expect(fixture.settleWithAccount().placements.mapValues(\.extensionID) == [0: 8, 1: 7])
  }

  @Test func `an extension that got only a contact before is the one that is provisioned`() {
    var half = free(8)
    half.email = "b@example.com"
    let fixture = PlanFixture(
      rows: [Row(user: "a", number: "101"), Row(user: "b", number: "102")],
      account: [free(7), half]
    )
    #expect(fixture.settleWithAccount().placements.mapValues(\.extensionID) == [0: 7, 1: 8])
  }

  @Test func `rows without a number get one when the account may choose`() {
    var fixture = PlanFixture(
      rows: [Row(user: "A", number: nil), Row(user: "b", number: nil)],
      account: [free(7), present(5, "b", "101")]
    )
    fixture.rules.takesNextNumbers = true
    #expect(
      fixture.settleWithAccount().placements == [
        0: AccountPlacement(extensionID: 7, kind: .provision),
        1: AccountPlacement(extensionID: 5, kind: .keep),
      ]
    )
  }
}
