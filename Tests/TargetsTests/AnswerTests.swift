import ImportModel
import Targets
import Testing

/// What each answer means, as it comes from a server.
struct AnswerTests {
  @Test func `the documented success is the only one`() async throws {
    let expected = TargetAnswer(status: 200, message: "RingCentral extension updated successfully")
    #expect(try await attempt(.receive, answer("200 OK", success)) == .accepted(expected))
  }

  @Test func `members that were added later do no harm`() async throws {
    let body = #"{"data":{"userId":"x"},"requestId":7,"message":"done"}"#
    let result = try await attempt(.receive, answer("200 OK", body))
    #expect(result == .accepted(TargetAnswer(status: 200, message: "done")))
  }

  @Test(arguments: [
    ("200 OK", "", "nothing"), ("200 OK", "  ", "nothing"),
    ("200 OK", "<!DOCTYPE html><html>Sign in</html>", "a web page"),
    ("200 OK", "OK", "not JSON"), ("200 OK", "[\(success)]", "an array"),
    ("200 OK", "true", "a truth value"), ("200 OK", "\"\(200)\"", "a string"),
    ("200 OK", "null", "null"), ("200 OK", "{}", "no \"message\""),
    ("200 OK", #"{"message":"done"}"#, "no \"data\""),
    ("200 OK", #"{"message":7,"data":{}}"#, "\"message\" is not a string"),
    ("200 OK", #"{"message":"done","data":[]}"#, "\"data\" is not an object"),
    ("200 OK", #"{"message":"done","data":null}"#, "\"data\" is not an object"),
    ("200 OK", #"{"message":"done","data":{},"error":null}"#, "has an \"error\""),
    ("200 OK", envelope("SERVER_ERROR", "Internal"), "the error SERVER_ERROR: Internal"),
    ("200 OK", success + success, "not JSON"),
    ("200 OK", #"{"message":"a","message":"b","data":{}}"#, "not JSON"),
    ("201 Created", success, "status 201"), ("202 Accepted", success, "status 202"),
    ("206 Partial Content", success, "status 206"), ("226 IM Used", success, "status 226"),
    ("400 Bad Request", "", "nothing"), ("400 Bad Request", success, "an object"),
    ("400 Bad Request", #"{"error":"bad"}"#, "an object"),
    ("400 Bad Request", envelope("OTHER", "Why"), "the error OTHER: Why"),
    ("400 Bad Request", envelope("USER_NOT_FOUND", "Why"), "USER_NOT_FOUND"),
    ("404 Not Found", "<html>nginx</html>", "a web page"),
    ("404 Not Found", envelope("VALIDATION_ERROR", "Why"), "VALIDATION_ERROR"),
    ("404 Not Found", envelope("NOT_FOUND", "Cannot PUT"), "the error NOT_FOUND: Cannot PUT"),
    ("402 Payment Required", "", "status 402"), ("405 Method Not Allowed", "", "status 405"),
    ("409 Conflict", envelope("VALIDATION_ERROR", "Taken"), "Taken"),
    ("410 Gone", "", "410"), ("418 I'm a teapot", "", "418"), ("422 Unprocessable", "{}", "422"),
    ("600 Strange", "", "600"), ("999 Strange", success, "999"),
  ])
  func `any other answer is unexpected and told in short`(
    status: String,
    body: String,
    part: String
  ) async throws {
    guard case .unexpected(let said) = try await attempt(.receive, answer(status, body)) else {
      Issue.record("not unexpected")
      return
    }
    #expect(said.status == Int(status.prefix(3)))
    #expect(said.message.contains(part), "\(said.message)")
    #expect(said.error == nil)
  }

  @Test(arguments: [
    ("400 Bad Request", "VALIDATION_ERROR", APIError.validation),
    ("404 Not Found", "USER_NOT_FOUND", .userNotFound),
  ])
  func `a documented error refuses the row`(status: String, code: String, error: APIError)
    async throws
  {
    let result = try await attempt(.receive, answer(status, envelope(code, "The reason")))
    let said = TargetAnswer(status: error.status, error: error, message: "The reason")
    #expect(result == .refused(said))
  }

  @Test(arguments: [
    ("401 Unauthorized", envelope("UNAUTHORIZED", "Expired"), APIError.unauthorized, "Expired"),
    ("401 Unauthorized", "<html>", nil, "status 401 with a web page"),
    ("403 Forbidden", "", nil, "status 403 with nothing behind it"),
  ])
  func `an answer that does not accept the token stops the run`(
    status: String,
    body: String,
    error: APIError?,
    message: String
  ) async throws {
    let result = try await attempt(.receive, answer(status, body))
    let said = TargetAnswer(status: Int(status.prefix(3)), error: error, message: message)
    #expect(result == .unauthorized(said))
  }

  @Test(arguments: [
    (
      "500 Internal Server Error", envelope("SERVER_ERROR", "Internal"), APIError.server, "Internal"
    ),
    ("500 Internal Server Error", "", nil, "status 500 with nothing behind it"),
    ("502 Bad Gateway", "<html>", nil, "status 502 with a web page"),
    ("504 Gateway Timeout", envelope("SERVER_ERROR", "Slow"), nil, "Slow"),
    ("599 Strange", "[]", nil, "status 599 with an array"),
  ])
  func `a failure of the target may be mended by another attempt`(
    status: String,
    body: String,
    error: APIError?,
    message: String
  ) async throws {
    let result = try await attempt(.receive, answer(status, body))
    let said = TargetAnswer(status: Int(status.prefix(3)), error: error, message: message)
    #expect(result == .faulty(said))
  }

  @Test(arguments: [
    ("Retry-After: 120", Duration.seconds(120)), ("retry-after:0", .zero),
    ("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", .seconds(37)),
    ("Retry-After: Sunday, 06-Nov-94 08:49:37 GMT", .seconds(37)),
    ("Retry-After: Sun Nov  6 08:49:37 1994", .seconds(37)),
    ("Retry-After: Sun, 06 Nov 1994 08:40:00 GMT", .zero),
    ("Retry-After: 999999999999999999999", .seconds(86400)),
    ("Retry-After: later", nil), ("X-Other: 5", nil),
  ])
  func `a busy target says how long`(header: String, wait: Duration?) async throws {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
      let result = try await attempt(
        .receive,
        answer(status, envelope("SLOW_DOWN", "Slow down"), headers: header),
        now: 784_111_740
      )
      let said = TargetAnswer(status: Int(status.prefix(3)), message: "Slow down")
      #expect(result == .busy(said, wait: wait))
    }
  }

  @Test(arguments: ["301", "302", "303", "307", "308"])
  func `a redirect is not followed and its place not shown in full`(status: String) async throws {
    try await ScriptedServer.run([[.receive, answer("200 OK", success)]]) { other in
      let location = "Location: http://user:word@127.0.0.1:\(other.port)/path?key=1"
      let result = try await attempt(.receive, answer("\(status) Moved", "", headers: location))
      let text = "status \(status), a redirect to http://127.0.0.1:\(other.port)"
      #expect(result == .unexpected(TargetAnswer(status: Int(status), message: text)))
      #expect(other.connectionCount == 0)
    }
  }

  @Test(arguments: ["/login", "//other", "javascript:1", "", "https://", "ftp://a/"])
  func `a redirect without a clear place is only called one`(location: String) async throws {
    let result = try await attempt(
      .receive,
      answer("302 Found", "", headers: "Location: \(location)")
    )
    #expect(result == .unexpected(TargetAnswer(status: 302, message: "status 302, a redirect")))
  }

  @Test func `a token that is sent back is taken out before the text is cut`() async throws {
    let filler = String(repeating: "x", count: TargetAnswer.maximumTextLength - 10)
    let body = envelope("VALIDATION_ERROR", "\(filler)\(sampleToken) and \(sampleToken)")
    guard case .refused(let said) = try await attempt(.receive, answer("400 Bad", body)) else {
      Issue.record("not refused")
      return
    }
    #expect(said.message.count == TargetAnswer.maximumTextLength)
    #expect(!said.message.contains("sample"))
  }
}
