import Foundation
import Support
import Testing

/// The stand-in answers as the API is documented, and fails as it is told.
@Suite(.blocking) struct StandInTests {
  /// A client that sends what it is told over one connection.
  struct Client {
    let socket: LoopbackSocket

    init(_ api: StandIn) throws { socket = try .connected(to: api.port) }

    /// Sends a request.
    func send(
      _ user: Int,
      _ number: String,
      token: String = StandIn.token,
      method: String = "PUT"
    ) {
      socket.write(Self.request(user, number, token: token, method: method))
    }

    /// The bytes of a request.
    static func request(
      _ user: Int,
      _ number: String,
      token: String = StandIn.token,
      method: String = "PUT"
    ) -> [UInt8] {
      let body = #"{"payload":{"userId":"\#(id(user))","rcExtension":"\#(number)"}}"#
      let head = [
        "\(method) /user/update-rcextension HTTP/1.1", "Host: localhost",
        "Content-Type: application/json", "Authorization: Bearer \(token)",
        "Content-Length: \(body.utf8.count)", "", body,
      ]
      return Array(head.joined(separator: "\r\n").utf8)
    }

    /// What comes until a text has come, or the connection ended.
    func receive(until text: String? = "}}") -> String {
      var all = ""
      while text.map({ !all.contains($0) }) ?? true {
        let bytes = socket.read()
        if bytes.isEmpty { break }
        all += String(decoding: bytes, as: UTF8.self)
      }
      return all
    }
  }

  private func exchange(_ api: StandIn, _ user: Int, _ number: String) throws -> String {
    let client = try Client(api)
    client.send(user, number)
    return client.receive()
  }

  @Test func `it answers as the API does`() throws {
    let api = try StandIn(users: [id(1): "", id(2): "1002"])
    #expect(try exchange(api, 1, "1001").hasSuffix(HTTPAnswer.updatedBody))
    #expect(try exchange(api, 1, "1002").hasPrefix("HTTP/1.1 400 "))
    #expect(try exchange(api, 3, "1003").contains("USER_NOT_FOUND"))
    #expect(try exchange(api, 1, "10x").contains("VALIDATION_ERROR"))
    let other = try Client(api)
    other.send(1, "1009", token: "another")
    #expect(other.receive().contains("UNAUTHORIZED"))
    other.send(1, "1009", method: "POST")
    #expect(other.receive().hasPrefix("HTTP/1.1 404 "))
    #expect(api.users == [id(1): "1001", id(2): "1002"])
    #expect(api.requestsByUser == [id(1): 3, id(3): 1])
    #expect(api.appliedCount == 1)
    #expect(api.unauthorizedCount == 1)
    #expect(api.misuses.count == 2)
    #expect(api.connectionCount == 5)
  }

  @Test func `a number that was given up is free`() throws {
    let api = try StandIn(users: [id(1): "1001", id(2): "1002"])
    let client = try Client(api)
    for (user, number) in [(1, "1003"), (2, "1001"), (1, "1002")] {
      client.send(user, number)
      #expect(client.receive().hasPrefix("HTTP/1.1 200 "))
    }
    #expect(api.users == [id(1): "1002", id(2): "1001"])
    #expect(api.connectionCount == 1)
  }

  @Test(arguments: Fault.Cut.allCases, [0, 20, 1000])
  func `it cuts answers`(_ how: Fault.Cut, _ count: Int) throws {
    let api = try StandIn(users: [id(1): ""])
    api.plan = .request(1, .cut(after: count, applies: true, how: how))
    let client = try Client(api)
    client.send(1, "1001")
    // A reset may overtake the bytes before it.
    let text = client.receive(until: nil)
    #expect(text.utf8.count <= count)
    if how != .reset { #expect(text.utf8.count == min(count, HTTPAnswer.updated.bytes.count)) }
    #expect(api.users == [id(1): "1001"])
    #expect(try exchange(api, 1, "1002").hasPrefix("HTTP/1.1 200 "))
    #expect(api.misuses == [])
  }

  @Test func `it stalls, and sees who does not wait`() throws {
    let api = try StandIn(users: [id(1): ""])
    api.plan = .request(1, .stall(applies: false))
    let client = try Client(api)
    client.send(1, "1001")
    try poll(until: "it arrived") { api.requestCount == 1 }
    #expect(try exchange(api, 1, "1001").hasPrefix("HTTP/1.1 200 "))
    #expect(api.misuses == [.overlap(user: id(1))])
    #expect(api.arrivals.map(\.connection) == [1, 2])
  }

  @Test(arguments: [
    RetryAfter.seconds(30), .date(seconds: 30), .unsaid(seconds: 30), .text("soon", seconds: 30),
  ])
  func `it sees who comes too early`(_ retryAfter: RetryAfter) throws {
    let api = try StandIn(users: [id(1): "", id(2): ""])
    api.plan = .request(1, .penalty(status: 429, retryAfter: retryAfter))
    let first = try exchange(api, 1, "1001")
    #expect(first.hasPrefix("HTTP/1.1 429 "))
    if case .unsaid = retryAfter {
      #expect(!first.contains("Retry-After"))
    } else {
      #expect(first.contains("Retry-After: "))
    }
    #expect(try exchange(api, 2, "1002").hasPrefix("HTTP/1.1 429 "))
    #expect(api.tooEarly.map(\.user) == [id(2)])
    #expect(api.appliedCount == 0)
  }

  @Test func `it drips and floods`() throws {
    let api = try StandIn(users: [id(1): ""])
    api.plan = FaultPlan { arrival in
      arrival.order == 1
        ? .drip(milliseconds: 0)
        : .flood(.raw("HTTP/1.1 200 OK\r\n"), piece: "X-Filler: filler\r\n", count: 1000)
    }
    #expect(try exchange(api, 1, "1001").hasSuffix(HTTPAnswer.updatedBody))
    let client = try Client(api)
    client.send(1, "1001")
    #expect(client.receive(until: nil).utf8.count == 17 + 18 * 1000)
  }

  @Test func `it sees requests that do not wait for the answer`() throws {
    let api = try StandIn(users: [id(1): "", id(2): ""])
    api.plan = .request(1, .stall(applies: false))
    let client = try Client(api)
    client.send(1, "1001")
    try poll(until: "it arrived") { api.requestCount == 1 }
    #expect(api.misuses == [])
    let other = try Client(api)
    other.socket.write(Client.request(2, "1002") + Client.request(2, "1003"))
    try poll(until: "both arrived") { api.requestCount == 3 }
    #expect(api.misuses == [.pipelined(user: id(2))])
  }

  @Test func `it breaks connections`() throws {
    let api = try StandIn(users: [id(1): ""])
    api.refuseConnections(1)
    #expect(try exchange(api, 1, "1001").isEmpty)
    let client = try Client(api)
    client.send(1, "1001")
    #expect(!client.receive().isEmpty)
    api.breakConnections()
    #expect(client.receive(until: nil).isEmpty)
  }

  @Test(arguments: [Fault.KillMoment.arrived, .applied, .answered(), .answered(after: 500)])
  func `it kills its client`(_ moment: Fault.KillMoment) throws {
    let api = try StandIn(users: [id(1): ""])
    api.plan = .request(1, .kill(moment))
    let client = try Client(api)
    client.send(1, "1001")
    let place = try Workspace()
    let pipe = try NamedPipe("slow.csv", in: place)
    let run = try place.start(["validate", "slow.csv"])
    api.victim = run.process.id
    #expect(try run.process.wait() == .signal(SIGKILL))
    #expect(client.receive().isEmpty == (moment == .arrived || moment == .applied))
    #expect(api.users == [id(1): moment == .arrived ? "" : "1001"])
    pipe.finish()
  }

  @Test func `a random plan is the same for the same seed`() {
    let plan = FaultPlan.random(seed: 7, share: 0.5, [.stall(applies: true)])
    let isFaulty = (1...1000).map { order in
      plan.fault(
        Arrival(order: order, user: "", number: "", attempt: 1, connection: 1, time: .now)
      ) != nil
    }
    #expect(400...600 ~= isFaulty.count { $0 })
    #expect(isFaulty.prefix(6).contains(true) && isFaulty.prefix(6).contains(false))
  }
}
