import Logging
import NIOCore
import NIOHTTP1
import Server
import Support
import Testing

/// The server keeps to its own description.
struct OpenAPITests {
  private static let userPath = "/user/update-rcextension"
  private static let importPath = "/user/rcextension-imports"

  /// The answers of a server, each held against the description.
  private struct Hearing {
    let server: ImportsServer
    let description: APIDescription
    /// The statuses that came back, by the name of the operation.
    var statuses: [String: Set<Int>] = [:]

    init(_ server: ImportsServer) async throws {
      self.server = server
      description = try APIDescription(parsing: try await server.get("/openapi.json").text)
    }

    /// Notes an answer, and expects that it is declared.
    mutating func note(
      _ answer: HTTPAnswer,
      to operation: APIDescription.Operation,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let problems = description.problems(in: answer, to: operation)
      #expect(problems == [], sourceLocation: sourceLocation)
      statuses[operation.name, default: []].insert(answer.status)
    }

    /// Asks for an operation and notes the answer.
    @discardableResult
    mutating func ask(
      _ name: String,
      at path: String? = nil,
      token: String?,
      type: String? = nil,
      body: String? = nil,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> HTTPAnswer {
      let operation = try description.operation(name)
      var fields: [(String, String)] = []
      if let token { fields.append(("Authorization", "Bearer \(token)")) }
      if let type { fields.append(("Content-Type", type)) }
      if let body { fields.append(("Content-Length", "\(body.utf8.count)")) }
      let answer = try await HTTPExchange.run(
        server.port,
        HTTPMethod(rawValue: operation.method),
        path ?? operation.path,
        fields,
        body: body.map { Array($0.utf8) }
      )
      note(answer, to: operation, sourceLocation: sourceLocation)
      return answer
    }

    /// Sends one byte of a body of ten, and notes the answer.
    mutating func askHalf(_ name: String, type: String) async throws {
      let operation = try description.operation(name)
      let fields = [
        ("Authorization", "Bearer \(server.token)"), ("Content-Type", type),
        ("Content-Length", "10"),
      ]
      let head = HTTPExchange.head(
        HTTPMethod(rawValue: operation.method),
        operation.path,
        fields,
        hasBody: true
      )
      let answer = try await HTTPExchange.connect(server.port) { inbound, outbound in
        try await outbound.write(.head(head))
        try await outbound.write(.body(.byteBuffer(ByteBuffer(string: "{"))))
        return try await HTTPExchange.answer(inbound)
      }
      note(answer, to: operation)
    }
  }

  private static func update(_ userID: String, _ number: String) -> String {
    #"{"payload":{"userId":"\#(userID)","rcExtension":"\#(number)"}}"#
  }

  @Test func `what is declared is routed, and what is routed is declared`() async throws {
    try await RunningServer.run(level: .debug) { server in
      let text = try await RawClient.ask(server.port, "GET", "/openapi.json").body
      let description = try APIDescription(parsing: text)
      let routes = try server.log.map { try JSONValue(parsing: $0) }
        .filter { $0["message"]?.text == "route" }
        .map { "\($0["method"]?.text ?? "") \($0["path"]?.text ?? "")" }
      #expect(routes.sorted() == description.operations.map(\.name))
    }
  }

  @Test func `other methods than those declared are 405 and told which ones are not`()
    async throws
  {
    try await RunningServer.run { server in
      let text = try await RawClient.ask(server.port, "GET", "/openapi.json").body
      let operations = try APIDescription(parsing: text).operations
      for (path, own) in Dictionary(grouping: operations, by: \.path) {
        let methods = Set(own.map(\.method))
        let allowed = methods.union(methods.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])
        for method in ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]
        where !methods.contains(method) {
          let answer = try await RawClient.ask(
            server.port,
            method,
            path.replacing("{id}", with: "1")
          )
          #expect(answer.status == (method == "OPTIONS" ? 204 : 405), "\(method) \(path)")
          let told = (answer.field("Allow") ?? "").split(separator: ", ").map(String.init)
          #expect(told.count == allowed.count && Set(told) == allowed, "\(method) \(path)")
        }
      }
    }
  }

  @Test func `references point at components, and every component is used`() async throws {
    try await RunningServer.run { server in
      let text = try await RawClient.ask(server.port, "GET", "/openapi.json").body
      let description = try APIDescription(parsing: text)
      #expect(description.references.filter { description.document.value(at: $0) == nil } == [])
      let kinds = description.document["components"]?.members ?? [:]
      let components = kinds.filter { $0.key != "securitySchemes" }
        .flatMap { kind, values in values.members.keys.map { "#/components/\(kind)/\($0)" } }
      #expect(Set(components) == Set(description.references))
    }
  }

  @Test func `every status that is declared comes with what is declared, and no other does`()
    async throws
  {
    var seen: [String: Set<Int>] = [:]
    var declared: [String: Set<Int>] = [:]
    try await ImportsServer.run({
      $0.maximumUploadByteCount = 10_000
      $0.maximumImportCount = 1
      $0.lingerTimeout = .milliseconds(300)
    }) { server in
      var hearing = try await Hearing(server)
      try await provoke(&hearing)
      seen = hearing.statuses
      for operation in hearing.description.operations {
        // A 500 takes a disk that fails.
        declared[operation.name] = Set(operation.responses.keys).subtracting([500])
      }
    }
    try await ImportsServer.run({ $0.bodyTimeout = .milliseconds(50) }) { server in
      var hearing = try await Hearing(server)
      try await hearing.askHalf("PUT \(Self.userPath)", type: "application/json")
      try await hearing.askHalf("POST \(Self.importPath)", type: "text/csv")
      seen.merge(hearing.statuses) { $0.union($1) }
    }
    #expect(seen == declared)
  }

  private func provoke(_ hearing: inout Hearing) async throws {
    let token = hearing.server.token
    for operation in hearing.description.operations {
      for wrong in [nil, "", "a.b.c", token + "x"] {
        let path = operation.path.replacing("{id}", with: "1")
        let answer = try await hearing.ask(operation.name, at: path, token: wrong)
        #expect((answer.status == 401) == operation.needsToken, "\(operation.name)")
      }
    }
    try await provokeImports(&hearing)
    try await provokeUpdates(&hearing)
    for id in ["1", "2", "99", "0", "-1", "x", "%31", "99999999999999999999"] {
      try await hearing.ask("GET /runs/{id}", at: "/runs/\(id)", token: token)
      try await hearing.ask("GET /runs/{id}/report", at: "/runs/\(id)/report", token: token)
    }
    for query in ["", "?limit=1", "?limit=0", "?limit=1001", "?limit", "?a=b", "?limit=%"] {
      try await hearing.ask("GET /runs", at: "/runs\(query)", token: token)
    }
    for path in ["/health", "/metrics", "/openapi.json"] {
      try await hearing.ask("GET \(path)", at: "\(path)?a=b", token: token)
    }
    try await whileImporting(hearing.server) {
      let list = String(decoding: SampleFiles.list(1), as: UTF8.self)
      try await hearing.ask("POST \(Self.importPath)", token: token, body: list)
    }
    try hearing.server.hideStore()
    try await hearing.ask("GET /health", token: nil)
  }

  private func provokeImports(_ hearing: inout Hearing) async throws {
    let name = "POST \(Self.importPath)"
    let token = hearing.server.token
    let list = String(decoding: SampleFiles.list(3), as: UTF8.self)
    for (query, type, body) in [
      ("?unknownUsers=create", "text/csv", list), ("?dryRun=true", "text/csv; charset=utf-8", list),
      ("?a=b", "text/csv", list), ("", "text/csv", ""), ("", "application/xml", "<users><user>"),
      ("", "image/png", list), ("", "application/json", "{}"),
      ("", "text/csv", String(repeating: list, count: 200)),
    ] {
      let path = Self.importPath + query
      try await hearing.ask(name, at: path, token: token, type: type, body: body)
    }
  }

  private func provokeUpdates(_ hearing: inout Hearing) async throws {
    let name = "PUT \(Self.userPath)"
    // The users of the list that was imported, and one that was not.
    let users = ["64b7f1a2e4b0a5d300000000", "64b7f1a2e4b0a5d300000001"]
    let schema = JSONSchema(
      try #require(hearing.description.document.value(at: "#/components/schemas/Update")),
      in: hearing.description.document
    )
    for body in [
      Self.update(users[0], "2000"), Self.update(users[0], "2000"), Self.update(users[1], "2000"),
      Self.update(users[0].uppercased(), "2001"), Self.update("64b7f1a2e4b0a5d3ffffffff", "2002"),
      Self.update("64b7", "2003"), Self.update("64b7f1a2e4b0a5d30000000g", "2003"),
      Self.update(users[0], "1"), Self.update(users[0], "12345678901"), Self.update(users[0], ""),
      Self.update(users[0], "12a"), Self.update(users[0], " 1234"), Self.update(users[0], "+123"),
      Self.update(users[0], "0123456789"), Self.update(users[0], "00"), Self.update("", "2004"),
      Self.update(users[0], "١٢٣٤"), "{}", "[]", "", "{", #"{"payload":[]}"#, #"{"payload":{}}"#,
      #"{"payload":{"userId":"\#(users[0])","rcExtension":1234}}"#,
      #"{"payload":{"userId":"\#(users[0])","rcExtension":"1234","more":1},"less":[]}"#,
      String(repeating: " ", count: 20_000),
    ] {
      let answer = try await hearing.ask(
        name,
        token: hearing.server.token,
        type: "application/json",
        body: body
      )
      let isDescribed = schema.problems(in: body).isEmpty
      #expect(isDescribed || [400, 413].contains(answer.status), "\(body.prefix(200))")
    }
    let good = Self.update(users[0], "2000")
    for type in [nil, "text/plain", "application/xml"] {
      try await hearing.ask(name, token: hearing.server.token, type: type, body: good)
    }
  }

  /// Keeps a place for imports taken as long as the work takes.
  private func whileImporting(
    _ server: ImportsServer,
    _ work: () async throws -> Void
  ) async throws {
    let fields = [
      ("Authorization", "Bearer \(server.token)"), ("Expect", "100-continue"),
      ("Content-Length", "10"),
    ]
    let head = HTTPExchange.head(.POST, Self.importPath, fields, hasBody: true)
    try await HTTPExchange.connect(server.port) { inbound, outbound in
      try await outbound.write(.head(head))
      var parts = inbound.makeAsyncIterator()
      // The server goes on: the import has its place.
      _ = try await parts.next()
      try await work()
    }
  }
}
