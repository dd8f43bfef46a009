import ImportModel
import NIOCore
import NIOPosix
import Targets
import Testing

/// What comes of an attempt when the way to the target or back fails.
struct TransportTests {
  @Test func `the request is the documented one`() async throws {
    try await ScriptedServer.run([[.receive, answer("200 OK", success)]]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)/base") { target in
        #expect(target.name == "http://127.0.0.1:\(server.port)/base")
        _ = await target.assign(sample)
      }
      let request = try #require(server.requests.first)
      let head = request.split(separator: "\r\n\r\n")[0].split(separator: "\r\n").map(String.init)
      #expect(head[0] == "PUT /base/user/update-rcextension HTTP/1.1")
      #expect(head.contains("Authorization: Bearer \(sampleToken)"))
      #expect(head.contains("Content-Type: application/json"))
      #expect(head.contains { $0.lowercased() == "host: 127.0.0.1:\(server.port)" })
      let body = #"{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234"}}"#
      #expect(request.hasSuffix("\r\n\r\n\(body)"))
      #expect(head.contains { $0.lowercased() == "content-length: \(body.utf8.count)" })
    }
  }

  @Test func `a connection is used again`() async throws {
    let step = answer("200 OK", success)
    let script: [ScriptedServer.Step] = [.receive, step, .receive, step, .receive, step]
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        for _ in 0..<3 {
          guard case .accepted = await target.assign(sample) else {
            Issue.record("not accepted")
            return
          }
        }
      }
      #expect(server.connectionCount == 1 && server.requests.count == 3)
    }
  }

  @Test func `a request that was sent on an old connection is not sent again by itself`()
    async throws
  {
    let script: [ScriptedServer.Step] = [.receive, answer("200 OK", success), .receive]
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        _ = await target.assign(sample)
        #expect(await target.assign(sample) == .unanswered("the connection was closed"))
      }
      #expect(server.requests.count == 2)
    }
  }

  static let head = "HTTP/1.1 200 OK\r\n"

  @Test(
    arguments: [
      [.receive], [.receive, .reset], [.receive, .send("HTTP/1.1 200")],
      [.receive, .send("\(head)Content-Length: 100\r\n\r\n{")],
      [.receive, .send("\(head)Content-Length: 100\r\n\r\n\(success)"), .reset],
      [.receive, .send("\(head)Transfer-Encoding: chunked\r\n\r\n5\r\n{\"me")],
      [.receive, .send("\(head)Transfer-Encoding: chunked\r\n\r\nzz\r\n\(success)\r\n0\r\n\r\n")],
      [
        .receive, .send("\(head)Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\(success)"),
      ],
      [.receive, .send("\(head)Content-Length: x\r\n\r\n\(success)")],
      [.receive, .send("\(head)Content-Length: -1\r\n\r\n\(success)")],
      [.receive, .send("\(head)Content-Length: 67\r\nContent-Length: 3\r\n\r\n\(success)")],
      [.receive, .send("garbage\r\n\r\n")], [.receive, .send("\u{0}\u{1}\u{2}\u{3}")],
      [.receive, .send("HTTP/9.9 200 OK\r\n\r\n")], [.receive, .send("HTTP/1.1 20 OK\r\n\r\n")],
      [.receive, .send("HTTP/1.1 abc\r\n\r\n")], [.receive, .send("SSH-2.0-OpenSSH\r\n")],
      [.receive, .send("HTTP/1.1 100 Continue\r\n\r\n")],
      [.receive, .send("\(head)Bad Header\r\n\r\n")],
      [.receive, .send(head), .flood("X-Header: \(String(repeating: "a", count: 1000))\r\n")],
      [.receive, .send("\(head)X-Header: "), .flood(String(repeating: "a", count: 1000))],
    ] as [[ScriptedServer.Step]]
  )
  func `a broken answer is none`(script: [ScriptedServer.Step]) async throws {
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        guard case .unanswered(let text) = await target.assign(sample) else {
          Issue.record("not unanswered")
          return
        }
        #expect(!text.isEmpty && !text.contains("Error"))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test(
    arguments: [
      [.receive, .send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"), answer("200 OK", success)],
      [
        .receive, .send("\(head)Transfer-Encoding: chunked\r\n\r\n"), .send("3\r\n{\"m\r\n"),
        .send(
          "\(String(success.utf8.count - 3, radix: 16))\r\n\(success.dropFirst(3))\r\n0\r\n\r\n"
        ),
      ],
      [.receive, .send("\(head)\r\n\(success)")],
      [
        .receive,
        .drip(
          "\(head)Content-Length: \(success.utf8.count)\r\n\r\n\(success)",
          every: .zero
        ),
      ],
    ] as [[ScriptedServer.Step]]
  )
  func `an answer in pieces is whole`(script: [ScriptedServer.Step]) async throws {
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        guard case .accepted = await target.assign(sample) else {
          Issue.record("not accepted")
          return
        }
      }
    }
  }

  @Test(
    arguments: [
      [.receive, .hold], [.hold], [.receive, .send("HTTP/1.1 200 OK\r\nX: "), .hold],
      [.receive, .send("\(head)Content-Length: 9\r\n\r\n{"), .hold],
      [
        .receive,
        .drip("\(head)X: \(String(repeating: "a", count: 10_000))", every: .milliseconds(5)),
      ],
      [
        .receive, .send("\(head)Content-Length: 10000\r\n\r\n"),
        .drip(String(repeating: " ", count: 10_000), every: .milliseconds(5)),
      ],
      [.receive, .flood("HTTP/1.1 103 Early Hints\r\n\r\n")],
    ] as [[ScriptedServer.Step]]
  )
  func `an answer that takes too long is none`(script: [ScriptedServer.Step]) async throws {
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)", timeout: .milliseconds(150)) {
        target in
        var result = await target.assign(sample)
        // On a busy machine the time may be up before there is a connection.
        while case .unreachable = result { result = await target.assign(sample) }
        #expect(result == .unanswered("no answer in 150 ms"))
      }
    }
  }

  @Test(arguments: [
    "Content-Length: 67108864", "Content-Length: 65537", "Transfer-Encoding: chunked", "X: endless",
  ])
  func `an endless body is not read`(header: String) async throws {
    let part = String(repeating: "a", count: 1000)
    let flood = header.hasPrefix("Transfer") ? "3e8\r\n\(part)\r\n" : part
    let script: [ScriptedServer.Step] = [
      .receive, .send("\(Self.head)\(header)\r\n\r\n"), .flood(flood),
    ]
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        let said = TargetAnswer(status: 200, message: "status 200 with far too long a body")
        #expect(await target.assign(sample) == .unexpected(said))
      }
      // What the kernel holds on both sides, and no more.
      #expect(server.floodByteCount < 16 << 20)
    }
  }

  @Test func `a body of the greatest length is read`() async throws {
    let filler = String(repeating: " ", count: (64 << 10) - success.utf8.count)
    guard case .accepted = try await attempt(.receive, answer("200 OK", success + filler)) else {
      Issue.record("not accepted")
      return
    }
  }

  @Test(arguments: [
    ("HTTP/1.1 503 Busy\r\nRetry-After: 9\r\n", Attempt.busy(said(503), wait: .seconds(9))),
    ("HTTP/1.1 429 Busy\r\n", .busy(said(429), wait: nil)),
    ("HTTP/1.1 500 Broken\r\n", .faulty(said(500))),
    ("HTTP/1.1 401 No\r\n", .unauthorized(said(401))),
  ])
  func `a status that says enough counts although the body is cut`(head: String, result: Attempt)
    async throws
  {
    let cut = ScriptedServer.Step.send("\(head)Content-Length: 100\r\n\r\n{")
    #expect(try await attempt(.receive, cut) == result)
  }

  static func said(_ status: Int) -> TargetAnswer {
    TargetAnswer(status: status, message: "status \(status)")
  }

  @Test func `two answers to one request do no harm`() async throws {
    // In one piece: what comes behind the next request cannot be told from its answer.
    let answers =
      "\(Self.head)Content-Length: \(success.utf8.count)\r\n\r\n\(success)"
      + "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n"
    let twice: [ScriptedServer.Step] = [.receive, .send(answers), .hold]
    let once: [ScriptedServer.Step] = [.receive, answer("200 OK", success), .hold]
    try await ScriptedServer.run([twice, once]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        guard case .accepted = await target.assign(sample) else {
          Issue.record("not accepted")
          return
        }
        // Whatever came of the second answer: it is not taken for that of the next request.
        if case .unexpected = await target.assign(sample) { Issue.record("mixed up") }
      }
    }
  }

  @Test func `an answer without a request does no harm`() async throws {
    let script: [ScriptedServer.Step] = [answer("200 OK", success), .receive, .hold]
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)", timeout: .milliseconds(150)) {
        target in
        switch await target.assign(sample) {
        case .unanswered, .unreachable, .accepted: break
        default: Issue.record("an unexpected end")
        }
      }
    }
  }

  @Test(arguments: [[], [.reset]] as [[ScriptedServer.Step]])
  func `a connection that ends before anything is read is no answer`(script: [ScriptedServer.Step])
    async throws
  {
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        switch await target.assign(sample) {
        case .unanswered, .unreachable: break
        default: Issue.record("an unexpected end")
        }
      }
    }
  }

  @Test func `a port where nobody listens is unreachable`() async throws {
    try await ScriptedServer.run([[.hold]]) { server in
      // Nobody who looks for a free port is given the one of a client's end of a connection.
      let client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: "127.0.0.1", port: server.port).get()
      let port = try #require(client.localAddress?.port)
      for host in ["127.0.0.1", "localhost"] {
        try await withTarget("http://\(host):\(port)") {
          #expect(await $0.assign(sample) == .unreachable("the connection was refused"))
        }
      }
    }
  }

  @Test func `a name that does not exist is unreachable`() async throws {
    try await withTarget("https://name.invalid") {
      #expect(await $0.assign(sample) == .unreachable("the name name.invalid is not known"))
    }
  }

  @Test func `an attempt that is told to stop ends soon`() async throws {
    try await ScriptedServer.run([[.receive, .hold]]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        let stopped = Attempt.unanswered("stopped before an answer came")
        let attempt = Task { await target.assign(sample) }
        while server.requests.isEmpty { await Task.yield() }
        attempt.cancel()
        #expect(await attempt.value == stopped)
        let late = Task {
          while !Task.isCancelled { await Task.yield() }
          return await target.assign(sample)
        }
        late.cancel()
        #expect(await late.value == stopped)
      }
      #expect(server.requests.count == 1)
    }
  }

  // How many there are at the most is a soft limit of the client's pool.
  @Test func `many attempts share connections`() async throws {
    let round: [ScriptedServer.Step] = [.receive, answer("200 OK", success)]
    let script = Array(repeating: round, count: 100).flatMap(\.self)
    try await ScriptedServer.run([script]) { server in
      try await withTarget("http://127.0.0.1:\(server.port)") { target in
        await withTaskGroup(of: Attempt.self) { group in
          for _ in 0..<100 { group.addTask { await target.assign(sample) } }
          for await attempt in group {
            guard case .accepted = attempt else {
              Issue.record("not accepted: \(attempt)")
              return
            }
          }
        }
      }
      #expect(server.connectionCount < 50)
      #expect(server.requests.count == 100)
    }
  }

  @Test func `a target that was closed is unreachable`() async throws {
    try await withTarget("http://127.0.0.1:9") { target in
      await target.close()
      #expect(
        await target.assign(sample) == .unreachable("the connections to it are closed already")
      )
    }
  }
}
