import Support
import Testing

/// A list is sent to an API that works.
@Suite(.blocking) struct DeliveryTests {
  @Test(arguments: [1, 4, 16])
  func `every row is sent once`(_ concurrency: Int) throws {
    let delivery = try DeliveryPlace(count: 40)
    let result = try delivery.apply("--concurrency", "\(concurrency)")
    try delivery.expectAllApplied(result)
    #expect(delivery.api.requestCount == 40)
    #expect(delivery.api.connectionCount <= concurrency)
    #expect(try delivery.report[0].text.hasSuffix(#""data":{}}"#))
    #expect(try delivery.report[0].message == "RingCentral extension updated successfully")
    if concurrency == 1 {
      #expect(delivery.api.arrivals.map(\.user) == delivery.rows.map { id($0.user) })
    }
  }

  @Test func `the method and the path are settings`() throws {
    let delivery = try DeliveryPlace(count: 3)
    delivery.api.listen(to: "POST", "/users/update-rcextension")
    let result = try delivery.apply("--method", "POST", "--path", "/users/update-rcextension")
    try delivery.expectAllApplied(result)
    #expect(delivery.api.requestCount == 3)
  }

  @Test func `what the API refuses is the row's own outcome`() throws {
    let delivery = try DeliveryPlace(
      [(1, "50001"), (2, "50002"), (3, "50003")],
      held: []
    )
    let other = try StandIn(users: [id(1): "", id(2): "", id(9): "50002"])
    let result = try delivery.apply(to: other.origin)
    #expect(result.code == 2)
    let report = try delivery.report
    #expect(report.map(\.outcome) == ["applied", "failed", "failed"])
    #expect(report.map(\.status) == [200, 400, 404])
    #expect(report.map(\.errorCode) == [nil, "VALIDATION_ERROR", "USER_NOT_FOUND"])
    #expect(report.map(\.codes) == [[], ["rejected_by_target"], ["user_not_found_at_target"]])
    #expect(report[1].errorMessage?.contains("already assigned to another user") == true)
    #expect(other.users == [id(1): "50001", id(2): "", id(9): "50002"])
    #expect(other.requestCount == 3)
    #expect(try delivery.place.assignments().filter { !$0.value.isEmpty } == [id(1): "50001"])
    try delivery.expectNoSecret()
  }

  @Test func `rejected rows are never sent`() throws {
    let delivery = try DeliveryPlace([(1, "50001"), (2, "5x"), (3, "50003"), (4, "50003")])
    let result = try delivery.apply()
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["applied", "rejected", "rejected", "rejected"])
    #expect(delivery.api.arrivals.map(\.user) == [id(1)])
    try delivery.expectAgreement()
  }

  @Test func `a dry run sends nothing`() throws {
    let delivery = try DeliveryPlace(count: 3)
    let arguments = delivery.applying([]).map { $0 == "apply" ? "validate" : $0 }
    let result = try delivery.place.run(arguments)
    #expect([0, 64].contains(result.code))
    #expect(delivery.api.connectionCount == 0)
  }

  @Test func `more failed rows than allowed stop the run`() throws {
    let delivery = try DeliveryPlace(count: 30)
    delivery.api.plan = .every(.answer(.invalid()))
    let result = try delivery.apply("--concurrency", "1", "--max-errors", "4")
    #expect(result.code == 3)
    #expect(delivery.api.requestCount == 5)
    let outcomes = try delivery.report.map(\.outcome)
    #expect(outcomes.prefix(5).allSatisfy { $0 == "failed" })
    #expect(outcomes.dropFirst(5).allSatisfy { $0 == "unprocessed" })
    try delivery.expectAgreement()
  }

  @Test func `no more requests go out than the rate allows`() throws {
    let delivery = try DeliveryPlace(count: 11)
    let result = try delivery.apply("--rate", "10/s", "--concurrency", "4")
    try delivery.expectAllApplied(result)
    let times = delivery.api.arrivals.map(\.time)
    let whole = try #require(times.last) - times[0]
    // Ten pauses of 100 ms; the first request may be late by what making the connection takes.
    #expect(whole > .milliseconds(700))
  }

  @Test(arguments: ["http://192.0.2.1", "ftp://127.0.0.1", "http://user:hush@127.0.0.1", "x"])
  func `an address that would give the token away is refused`(_ target: String) throws {
    let delivery = try DeliveryPlace(count: 1)
    let result = try delivery.apply(to: target)
    #expect([64, 78].contains(result.code))
    #expect(!result.err.contains("hush"))
    #expect(!delivery.place.has("rcimport.sqlite"))
  }

  @Test func `without a token nothing is sent`() throws {
    let delivery = try DeliveryPlace(count: 1)
    try delivery.giveToken("")
    let empty = try delivery.apply()
    #expect([64, 66, 77, 78].contains(empty.code))
    #expect(empty.isOneSentence || empty.code == 64, "\(empty.err)")
    #expect(delivery.api.connectionCount == 0)
    #expect(!delivery.place.has("rcimport.sqlite"))
  }
}
