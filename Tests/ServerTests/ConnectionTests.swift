import Server
import Testing

/// Paths, methods, framing, and clients that are slow.
@Suite struct ConnectionTests {
  @Test(arguments: [
    ("GET", "/", 404, "NOT_FOUND"), ("PUT", "/user/update-rcextension/", 404, "NOT_FOUND"),
    ("PUT", "/users/update-rcextension", 404, "NOT_FOUND"), ("GET", "//health", 404, "NOT_FOUND"),
    ("GET", "/user/%75pdate-rcextension", 404, "NOT_FOUND"),
    ("GET", "/user/update-rcextension", 405, "METHOD_NOT_ALLOWED"),
    ("POST", "/user/update-rcextension", 405, "METHOD_NOT_ALLOWED"),
    ("DELETE", "/health", 405, "METHOD_NOT_ALLOWED"),
    ("PROPFIND", "/health", 405, "METHOD_NOT_ALLOWED"),
  ])
  func `what is not there is 404 or 405`(
    method: String,
    path: String,
    status: Int,
    code: String
  ) async throws {
    try await RunningServer.run { server in
      let answer = try await RawClient.ask(server.port, method, path)
      #expect(answer.status == status)
      #expect(answer.body.hasPrefix(#"{"error":{"code":"\#(code)","message":""#))
      #expect((answer.field("Allow") != nil) == (status == 405))
    }
  }

  @Test func `health, metrics, HEAD and OPTIONS need no token`() async throws {
    try await RunningServer.run { server in
      let health = try await RawClient.ask(server.port, "GET", "/health")
      #expect(health.status == 200)
      #expect(health.body == #"{"status":"ok"}"#)
      let head = try await RawClient.ask(server.port, "HEAD", "/health")
      #expect(head.status == 200)
      #expect(head.field("Content-Length") == "15")
      let options = try await RawClient.ask(server.port, "OPTIONS", "/user/update-rcextension")
      #expect(options.status == 204)
      #expect(options.field("Allow") == "PUT, OPTIONS")
      let metrics = try await RawClient.ask(server.port, "GET", "/metrics")
      #expect(metrics.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
      #expect(
        metrics.body.contains(
          #"rcimport_http_requests_total{route="/health",method="GET",status="200"} 1"#
        )
      )
      #expect(metrics.body.contains(#"route="/health",le="+Inf"} 2"#))
    }
  }

  @Test(arguments: [
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "Content-Length: -1\r\n\r\n", "Content-Length: 1e3\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
    "Transfer-Encoding: identity, chunked, x\r\n\r\n", "Bad Field: a\r\n\r\n", " folded: a\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func `framing that can be read in two ways is refused and nothing behind it is read`(
    rest: String
  ) async throws {
    try await RunningServer.run { server in
      let token = try await server.token
      let hidden = RawClient.update(RunningServer.known(1), "6666", token: token)
      try await RawClient.connect(server.port) {
        try await $0.send(
          "PUT /user/update-rcextension HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
            + "Content-Type: application/json\r\n" + rest + hidden
        )
        let answers = try await $0.rest()
        #expect(answers.isEmpty || answers.hasPrefix("HTTP/1.1 400 "), "\(answers)")
      }
      #expect(try server.holder("6666") == nil)
    }
  }

  /// Targets that are taken apart by the framework, before the paths of the server are looked for.
  static let targets = [
    "*", "?", "/?", "/#", "//", "/\u{301}", "/\u{FEFF}health", "/health\u{0}", "/health%00",
    "http:",
    "http://", "http:///", "http://?", "http://a", "http://a?", "http://a:", "http://a:/",
    "http://a:?x",
    "http://a:99999999999999999999/health", "http://[::1", "http://[::1]:x/health",
    "http://é/é?é#é",
    "http://a/%", "x://\u{301}", "://", ":", "a:b:c", "a", "/health?limit=%", "/runs?limit=%zz",
    "/runs/%ff", "/runs/9223372036854775808/report", "/user/rcextension-imports?%",
    "/\u{1F468}\u{200D}",
  ]

  @Test func `any target is answered, and the server goes on`() async throws {
    try await RunningServer.run { server in
      let token = try await server.token
      let parts = [
        "/", "?", "#", ":", "://", "%", "%2", "é", "\u{301}", "health", "runs", "@", "[",
      ]
      let pairs = parts.flatMap { first in parts.map { first + $0 } }
      for target in Self.targets + pairs {
        for method in ["GET", "POST", "CONNECT"] {
          let answer = try await RawClient.connect(server.port) {
            try await $0.send(RawClient.request(method, target, token: token))
            return try await $0.answer()
          }
          #expect([200, 400, 404, 405].contains(answer.status), "\(method) \(target): \(answer)")
        }
      }
      #expect(try await RawClient.ask(server.port, "GET", "/health").status == 200)
    }
  }

  @Test func `a head with too much in it is refused`() async throws {
    try await RunningServer.run { server in
      let floods = [
        "X: " + String(repeating: "a", count: 40 << 10) + "\r\n",
        String(repeating: "X: a\r\n", count: 200),
      ]
      for flood in floods {
        try await RawClient.connect(server.port) {
          try await $0.send("GET /health HTTP/1.1\r\nHost: a\r\n\(flood)\r\n")
          let answer = try await $0.rest()
          #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 431 "), "\(answer)")
        }
      }
    }
  }

  @Test func `half a head is ended with 408`() async throws {
    var limits = ServerLimits()
    // Long enough for the half to arrive on a busy machine.
    limits.headTimeout = .seconds(3)
    try await RunningServer.run(limits: limits) { server in
      try await RawClient.connect(server.port) {
        try await $0.send("GET /health HT")
        let answer = try await $0.rest()
        #expect(answer.hasPrefix("HTTP/1.1 408 "))
        #expect(answer.contains(#"{"error":{"code":"REQUEST_TIMEOUT""#))
      }
    }
  }

  @Test func `silence is ended without a word`() async throws {
    var limits = ServerLimits()
    limits.headTimeout = .milliseconds(200)
    try await RunningServer.run(limits: limits) { server in
      let silence = try await RawClient.connect(server.port) { try await $0.rest() }
      #expect(silence.isEmpty)
    }
  }

  @Test func `a body that does not come is ended with 408`() async throws {
    var limits = ServerLimits()
    limits.bodyTimeout = .milliseconds(200)
    try await RunningServer.run(limits: limits) { server in
      let token = try await server.token
      try await RawClient.connect(server.port) {
        try await $0.send(
          RawClient.request(
            "PUT",
            "/user/update-rcextension",
            token: token,
            fields: ["Content-Type: application/json", "Content-Length: 100"]
          ) + "{"
        )
        let answer = try await $0.answer()
        #expect(answer.status == 408)
        #expect(answer.field("Connection") == "close")
        #expect(try await $0.rest().isEmpty)
      }
    }
  }

  @Test func `a connection that asks nothing more is closed`() async throws {
    var limits = ServerLimits()
    limits.idleTimeout = .milliseconds(200)
    try await RunningServer.run(limits: limits) { server in
      try await RawClient.connect(server.port) {
        try await $0.send(RawClient.request("GET", "/health"))
        #expect(try await $0.answer().status == 200)
        #expect(try await $0.rest().isEmpty)
      }
    }
  }

  @Test func `five hundred half-sent requests do not stop a good one`() async throws {
    try await RunningServer.run { server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        let (opened, continuation) = AsyncStream.makeStream(of: Int.self)
        for number in 1...500 {
          group.addTask {
            try? await RawClient.connect(server.port) {
              try await $0.send("PUT /user/update-rcextension HTTP/1.1\r\nHost:")
              continuation.yield(number)
              _ = try await $0.rest()
            }
            // A machine that is busy may have given one up before it was sent.
            continuation.yield(number)
          }
        }
        var sent: Set<Int> = []
        for await number in opened {
          sent.insert(number)
          if sent.count == 500 { break }
        }
        let answer = try await RawClient.ask(server.port, "GET", "/health")
        #expect(answer.status == 200)
        group.cancelAll()
      }
    }
  }
}
