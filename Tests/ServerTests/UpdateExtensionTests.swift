import ImportModel
import Server
import Stores
import Testing

/// `PUT /user/update-rcextension`, as its page says.
@Suite struct UpdateExtensionTests {
  private static let success =
    #"{"message":"RingCentral extension updated successfully","data":{}}"#
  private static let unauthorized =
    #"{"error":{"code":"UNAUTHORIZED","message":"Missing or invalid token or insufficient permissions"}}"#

  @Test func `an administrator gives a user an extension`() async throws {
    try await RunningServer.run { server in
      let user = RunningServer.known(1)
      let request = RawClient.update(user, "1234", token: try await server.token)
      for _ in 1...2 {
        let answer = try await RawClient.connect(server.port) {
          try await $0.send(request)
          return try await $0.answer()
        }
        #expect(answer.status == 200)
        #expect(answer.body == Self.success)
        #expect(answer.field("Content-Type") == "application/json")
      }
      #expect(try server.holder("1234") == user)
      // The second time nothing was changed.
      let records = try server.store.audit(limit: 10)
      #expect(records.map(\.actor) == ["tester"])
      #expect(records.first?.after == ExtensionNumber("1234"))
      let audit = server.log.filter { $0.contains("extension assigned") }
      #expect(audit.count == 1)
      #expect(audit.allSatisfy { !$0.contains("1234") && !$0.contains(user) })
    }
  }

  @Test func `the request of the page works as curl sends it`() async throws {
    try await RunningServer.run { server in
      let body = """
        {
            "payload": {
              "userId": "\(RunningServer.known(1))",
              "rcExtension": "1234"
            }
          }
        """
      let answer = try await RawClient.ask(
        server.port,
        "PUT",
        "/user/update-rcextension",
        token: try await server.token,
        fields: ["User-Agent: curl/7.88.1", "Accept: */*", "Content-Type: application/json"],
        body: body
      )
      #expect(answer.status == 200)
    }
  }

  @Test func `an unknown user is 404 and a taken extension is 400`() async throws {
    try await RunningServer.run { server in
      let token = try await server.token
      try await RawClient.connect(server.port) {
        try await $0.send(RawClient.update(RunningServer.known(99), "1234", token: token))
        let unknown = try await $0.answer()
        #expect(unknown.status == 404)
        #expect(
          unknown.body == #"{"error":{"code":"USER_NOT_FOUND","message":"User not found"}}"#
        )
        try await $0.send(RawClient.update(RunningServer.known(1), "2000", token: token))
        let taken = try await $0.answer()
        #expect(taken.status == 400)
        #expect(taken.body.hasPrefix(#"{"error":{"code":"VALIDATION_ERROR","message":"#))
        #expect(taken.body.contains("belongs to somebody else"))
        #expect(!taken.body.contains(RunningServer.known(2)))
      }
    }
  }

  @Test func `whoever has no token is refused before the body is read`() async throws {
    try await RunningServer.run { server in
      try await RawClient.connect(server.port) {
        // The body never comes.
        try await $0.send(
          "PUT /user/update-rcextension HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"
        )
        let answer = try await $0.answer()
        #expect(answer.status == 401)
        #expect(answer.body == Self.unauthorized)
        #expect(answer.field("WWW-Authenticate") == "Bearer")
        #expect(answer.field("Connection") == "close")
        #expect(try await $0.rest().isEmpty)
      }
    }
  }

  @Test(arguments: [
    ("", "not valid JSON"), ("{", "not valid JSON"), ("[]", "must be an object"),
    ("null", "must be an object"), ("{}", "payload is missing"),
    (#"{"payload":null}"#, "payload must be an object, not null"),
    (#"{"payload":[]}"#, "payload must be an object, not an array"),
    (#"{"payload":{}}"#, "payload.userId is missing"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345"}}"#, "payload.rcExtension is missing"),
    (#"{"payload":{"userId":1,"rcExtension":"12"}}"#, "payload.userId must be a string"),
    (
      #"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":1234}}"#,
      "payload.rcExtension must be a string, not a number"
    ),
    (
      #"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12","rcExtension":"13"}}"#,
      "a name is given twice"
    ),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12",}}"#, "not valid JSON"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12"}} x"#, "follows"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12a4"}}"#, "not a digit"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1"}}"#, "rcExtension"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":""}}"#, "rcExtension"),
    (#"{"payload":{"userId":"","rcExtension":"1234"}}"#, "userId"),
    (#"{"payload":{"userId":"6.4E+23","rcExtension":"1234"}}"#, "userId"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c1234g","rcExtension":"1234"}}"#, "userId"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"١٢٣٤"}}"#, "rcExtension"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"12\u000034"}}"#, "rcExt"),
    (#"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"\ud800"}}"#, "surrogate"),
    ("\u{FEFF}{}", "not valid JSON"), (String(repeating: "[", count: 10_000), "nested too deep"),
    ("{\0\"\0}\0", "not valid JSON"),
  ])
  func `a body that is no good is 400 and says why`(body: String, reason: String) async throws {
    try await RunningServer.run { server in
      let answer = try await RawClient.ask(
        server.port,
        "PUT",
        "/user/update-rcextension",
        token: try await server.token,
        body: body
      )
      #expect(answer.status == 400)
      #expect(answer.body.hasPrefix(#"{"error":{"code":"VALIDATION_ERROR","message":""#))
      #expect(answer.body.contains(reason), "\(answer.body)")
    }
  }

  @Test(arguments: [
    ("Content-Type: application/json", 200), ("Content-Type: APPLICATION/JSON;charset=utf-8", 200),
    ("content-type: application/json ; charset=UTF-8", 200), ("Content-Type: text/plain", 400),
    ("Content-Type: application/jsonp", 400), ("Content-Type:", 400), ("X-Other: a", 400),
    ("Content-Type: application/json\r\nContent-Type: application/json", 400),
  ])
  func `the body has to be called JSON`(field: String, status: Int) async throws {
    try await RunningServer.run { server in
      let user = RunningServer.known(1)
      let answer = try await RawClient.ask(
        server.port,
        "PUT",
        "/user/update-rcextension",
        token: try await server.token,
        fields: [field],
        body: #"{"payload":{"userId":"\#(user)","rcExtension":"1234","more":1},"less":[]}"#
      )
      #expect(answer.status == status)
    }
  }

  @Test func `a body over the limit is 413, with and without a length`() async throws {
    try await RunningServer.run { server in
      let token = try await server.token
      let long = String(repeating: " ", count: 17 << 10)
      let told = try await RawClient.ask(
        server.port,
        "PUT",
        "/user/update-rcextension",
        token: token,
        body: long
      )
      #expect(told.status == 413)
      #expect(told.body.contains(#""code":"PAYLOAD_TOO_LARGE""#))
      let head = RawClient.request(
        "PUT",
        "/user/update-rcextension",
        token: token,
        fields: ["Content-Type: application/json", "Transfer-Encoding: chunked"]
      )
      try await RawClient.connect(server.port) {
        try await $0.send(head + "4400\r\n" + long + "\r\n")
        let chunked = try await $0.answer()
        #expect(chunked.status == 413)
        #expect(chunked.field("Connection") == "close")
      }
    }
  }

  @Test func `a thousand requests for one extension have one winner`() async throws {
    var limits = ServerLimits()
    limits.maximumConnectionCount = 2000
    try await RunningServer.run(limits: limits, userCount: 1000) { server in
      let token = try await server.token
      let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
        for part in 0..<100 {
          group.addTask {
            try await RawClient.connect(server.port) { conversation in
              var statuses: [Int] = []
              for number in part * 10 + 1...part * 10 + 10 {
                let user = RunningServer.known(number)
                try await conversation.send(RawClient.update(user, "7777", token: token))
              }
              for _ in 1...10 { statuses.append(try await conversation.answer().status) }
              return statuses
            }
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(statuses.count { $0 == 200 } == 1)
      #expect(statuses.count { $0 == 400 } == 999)
      #expect(try server.store.audit(limit: 10).count == 1)
    }
  }
}
