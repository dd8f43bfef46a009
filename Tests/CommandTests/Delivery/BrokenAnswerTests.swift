import Foundation
import Support
import Testing

/// Answers that are not what the API promises, or not even HTTP.
@Suite(.blocking) struct BrokenAnswerTests {
  /// An answer with a name.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fault: Fault

    init(_ name: String, _ answer: HTTPAnswer) {
      self.init(name, .answer(answer))
    }

    init(_ name: String, _ fault: Fault) {
      testDescription = name
      self.fault = fault
    }
  }

  /// Whole answers that do not say what success or a refusal says.
  static let wrong: [Case] = [
    Case("200 with HTML", .html(200, "<html><body>Sign in</body></html>")),
    Case("200 with an error", .json(200, #"{"error":{"code":"VALIDATION_ERROR","message":"no"}}"#)),
    Case("200 with nothing", .json(200, "")),
    Case("200 with an array", .json(200, "[]")),
    Case("200 with a string", .json(200, "\"RingCentral extension updated successfully\"")),
    Case("200 with null", .json(200, "null")),
    Case("200 with half an object", .json(200, #"{"message":"RingCentral"#)),
    Case("200 with an empty object", .json(200, "{}")),
    Case("200 with another type of message", .json(200, #"{"message":1,"data":{}}"#)),
    Case("200 with another type of data", .json(200, #"{"message":"yes","data":[]}"#)),
    Case("200 with two messages", .json(200, #"{"message":"a","message":"b","data":{}}"#)),
    Case("200 with the body twice", .json(200, HTTPAnswer.updatedBody + HTTPAnswer.updatedBody)),
    Case("200 without a body", .raw("HTTP/1.1 200 OK\r\n\r\n")),
    Case("204", .raw("HTTP/1.1 204 No Content\r\n\r\n", closes: false)),
    Case("201", .json(201, HTTPAnswer.updatedBody)),
    Case("400 without an envelope", .json(400, #"{"message":"no"}"#)),
    Case("400 with HTML", .html(400, "<h1>Bad Request</h1>")),
    Case("404 with HTML", .html(404, "<h1>Not Found</h1>")),
    Case("404 of a router", .error(404, "ROUTE_NOT_FOUND", "no such route")),
    Case("409", .error(409, "CONFLICT", "taken")),
    Case("terminal codes", .error(400, "X\\u001b[2J", "\\u001b]0;x\\u0007\\u202e")),
  ]

  @Test(arguments: wrong)
  func `what is not in the contract is no success`(_ broken: Case) throws {
    let delivery = try DeliveryPlace(count: 4)
    delivery.api.plan = .user(id(2), broken.fault)
    let result = try delivery.apply("--concurrency", "1")
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["applied", "failed", "applied", "applied"])
    let line = try delivery.report[1]
    #expect(line.codes == ["unexpected_response"])
    #expect(line.status == 500)
    #expect(line.errorCode == "SERVER_ERROR")
    #expect(!line.text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 1, id(3): 1, id(4): 1])
    try delivery.expectAgreement()
    delivery.api.plan = .healthy
    try delivery.expectAllApplied(delivery.resume())
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 2, id(3): 1, id(4): 1])
  }

  /// Bytes that no HTTP client can make an answer of.
  static let garbage: [Case] = [
    Case("garbage", .raw("\u{1}\u{2}\u{3} not HTTP at all\r\n\r\n")),
    Case("a TLS alert", .raw("\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{28}")),
    Case("a status out of range", .raw("HTTP/1.1 99999 OK\r\nContent-Length: 0\r\n\r\n")),
    Case("a length that is none", .raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")),
    Case(
      "two lengths",
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 67\r\n\r\n{}")
    ),
    Case(
      "a length that is too long",
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + HTTPAnswer.updatedBody)
    ),
    Case(
      "a bad chunk",
      .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
    ),
    Case(
      "chunks without an end",
      .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
    ),
    Case(
      "an endless header",
      .flood(.raw("HTTP/1.1 200 OK\r\n"), piece: "X-Filler: 0123456789\r\n", count: 100_000)
    ),
    Case(
      "an endless line",
      .flood(.raw("HTTP/1.1 200 OK\r\nX-Filler: "), piece: "0123456789", count: 200_000)
    ),
  ]

  @Test(arguments: garbage)
  func `garbage is treated like a lost answer`(_ broken: Case) throws {
    let delivery = try DeliveryPlace(count: 4)
    delivery.api.plan = .user(id(2), times: 1, broken.fault)
    try delivery.expectAllApplied(delivery.apply("--concurrency", "2", "--timeout", "30s"))
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 2, id(3): 1, id(4): 1])
  }

  @Test(arguments: garbage)
  func `garbage for ever leaves the row in doubt`(_ broken: Case) throws {
    let delivery = try DeliveryPlace(count: 3)
    delivery.api.plan = .user(id(2), broken.fault)
    let result = try delivery.apply("--retries", "1", "--timeout", "30s")
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["applied", "failed", "applied"])
    #expect(try delivery.report[1].codes == ["outcome_unknown"])
    #expect(delivery.api.requestsByUser == [id(1): 1, id(2): 2, id(3): 1])
    try delivery.expectAgreement()
  }

  @Test(arguments: [true, false])
  func `an answer of 64 MB is not kept`(_ isDeclared: Bool) throws {
    let delivery = try DeliveryPlace(count: 2)
    let piece = String(repeating: " ", count: 1 << 16)
    let head =
      isDeclared
      ? "HTTP/1.1 200 OK\r\nContent-Length: \(64 << 20)\r\n\r\n"
      : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    delivery.api.plan = .user(id(1), .flood(.raw(head), piece: piece, count: 1024))
    let run = try delivery.start("--concurrency", "1", "--timeout", "30s", "--retries", "0")
    var peak = 0
    try poll(until: "the program ended") {
      peak = max(peak, residentPeak(of: run.process.id))
      return run.process.isOver
    }
    let result = try delivery.finish(run)
    #expect(result.code == 2)
    #expect(peak > 0)
    #expect(peak < 100 << 10, "peak of \(peak) KiB")
    #expect(try delivery.report.map(\.outcome) == ["failed", "applied"])
    #expect(delivery.api.requestCount == 2)
    try delivery.expectAgreement()
  }

  /// The most memory that a process had so far, in KiB; 0 when it is over.
  private func residentPeak(of process: Int32) -> Int {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect is not followed`(_ status: Int) throws {
    let delivery = try DeliveryPlace(count: 3)
    let other = try StandIn(users: delivery.api.users)
    delivery.api.plan = .user(
      id(2),
      .answer(.redirect(status, to: other.origin + "/user/update-rcextension"))
    )
    let result = try delivery.apply()
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["applied", "failed", "applied"])
    let line = try delivery.report[1]
    #expect(line.codes == ["unexpected_response"])
    #expect(line.text.contains(other.origin))
    #expect(other.connectionCount == 0)
    #expect(delivery.api.requestCount == 3)
    try delivery.expectAgreement()
  }

  @Test func `a redirect to the same origin is not followed`() throws {
    let delivery = try DeliveryPlace(count: 1)
    delivery.api.plan = .every(.answer(.redirect(307, to: "/user/update-rcextension")))
    #expect(try delivery.apply().code == 2)
    #expect(delivery.api.requestCount == 1)
  }

  @Test func `a token that the answer gives back is shown nowhere`() throws {
    let delivery = try DeliveryPlace(count: 3)
    delivery.api.plan = FaultPlan { arrival in
      let text = "not with Bearer \(StandIn.token) nor \(StandIn.token)"
      return switch arrival.user {
      case id(1): .answer(.invalid(text))
      case id(2): .answer(.json(200, #"{"message":"\#(text)","data":{}}"#), applies: true)
      default: .answer(.html(502, text))
      }
    }
    let result = try delivery.apply("--retries", "0", "--concurrency", "1")
    #expect(result.code == 2)
    #expect(try delivery.report.map(\.outcome) == ["failed", "applied", "failed"])
    try delivery.expectAgreement()
  }
}
