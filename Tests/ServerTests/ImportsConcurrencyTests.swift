import JSON
import NIOCore
import NIOHTTP1
import Server
import Testing

/// Imports over HTTP beside each other, and clients that do not keep to the rules.
struct ImportsConcurrencyTests {
  /// Sends the beginning of an import that is received, and keeps it open as long as the work takes.
  private func holding(
    _ server: ImportsServer,
    _ query: String,
    sending beginning: [UInt8],
    of byteCount: Int,
    while work: () async throws -> Void
  ) async throws {
    try await HTTPExchange.connect(server.port) { inbound, outbound in
      try await outbound.write(
        .head(
          HTTPExchange.head(
            .POST,
            ImportsServer.path(query),
            [
              ("Authorization", "Bearer \(server.token)"), ("Expect", "100-continue"),
              ("Content-Length", "\(byteCount)"),
            ],
            hasBody: true
          )
        )
      )
      var parts = inbound.makeAsyncIterator()
      // The server goes on: the import has its place.
      _ = try await parts.next()
      try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: beginning))))
      try await work()
    }
  }

  @Test func `several imports run at once, and not more than may`() async throws {
    try await ImportsServer.run({ $0.maximumImportCount = 2 }) { server in
      try await holding(server, "dryRun=true", sending: [], of: 10) {
        #expect(try await server.importing(SampleFiles.list(3)).status == 200)
        try await holding(server, "dryRun=true", sending: [], of: 10) {
          let third = try await server.importing(SampleFiles.list(3))
          #expect(third.status == 503)
          #expect(third.headers["Retry-After"].count == 1)
        }
      }
      #expect(try await server.importingWhenFree(SampleFiles.list(3), "dryRun").status == 200)
    }
  }

  @Test func `imports that are applied at once end one after the other`() async throws {
    try await ImportsServer.run({ $0.maximumImportCount = 3 }) { server in
      let list = SampleFiles.list(500)
      let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
        for _ in 1...3 {
          group.addTask { try await server.importing(list, "unknownUsers=create") }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      // Who waits too long on a busy machine is told so.
      #expect(answers.allSatisfy { [200, 503].contains($0.status) })
      let done = answers.filter { $0.status == 200 }
      let applied = try done.filter { try $0.summary?["outcomes"]?["applied"]?.integer == 500 }
      let unchanged = try done.filter { try $0.summary?["outcomes"]?["unchanged"]?.integer == 500 }
      #expect(applied.count == 1)
      #expect(applied.count + unchanged.count == done.count)
    }
  }

  @Test(arguments: [true, false])
  func `half an import is none`(_ tellsLength: Bool) async throws {
    try await ImportsServer.run({ $0.maximumImportCount = 1 }) { server in
      let list = SampleFiles.list(1000)
      if tellsLength {
        try await holding(
          server,
          "unknownUsers=create",
          sending: Array(list.prefix(20_000)),
          of: list.count
        ) {}
      } else {
        try await HTTPExchange.connect(server.port) { _, outbound in
          let path = ImportsServer.path("unknownUsers=create")
          let headers = [("Authorization", "Bearer \(server.token)")]
          try await outbound.write(.head(HTTPExchange.head(.POST, path, headers, hasBody: true)))
          try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: list.prefix(20_000)))))
        }
      }
      let other = SampleFiles.list(1, from: 5000)
      let answer = try await server.importingWhenFree(other, "unknownUsers=create")
      #expect(answer.status == 200)
      #expect(try answer.summary?["run"]?.string == "1")
    }
  }

  /// Sends an import and goes away, or waits without reading, once its answer begins.
  private func importingWithoutReading(
    _ server: ImportsServer,
    _ query: String,
    while work: () async throws -> Void
  ) async throws {
    let list = SampleFiles.list(100_000)
    try await HTTPExchange.connect(server.port) { inbound, outbound in
      let headers = [("Authorization", "Bearer \(server.token)")]
      let head = HTTPExchange.head(.POST, ImportsServer.path(query), headers, hasBody: true)
      try await outbound.write(.head(head))
      try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: list))))
      try await outbound.write(.end(nil))
      var parts = inbound.makeAsyncIterator()
      guard case .head(let answer) = try await parts.next(), answer.status.code == 200 else {
        throw HTTPExchange.Incomplete()
      }
      try await work()
    }
  }

  @Test func `a client that goes away ends its dry run`() async throws {
    try await ImportsServer.run({ $0.maximumImportCount = 1 }) { server in
      try await importingWithoutReading(server, "dryRun&unknownUsers=create") {}
      let answer = try await server.importingWhenFree(SampleFiles.list(1), "dryRun")
      #expect(answer.status == 200)
    }
  }

  @Test func `a client that goes away leaves the report of what was applied`() async throws {
    try await ImportsServer.run({ $0.maximumImportCount = 1 }) { server in
      try await importingWithoutReading(server, "unknownUsers=create") {}
      _ = try await server.importingWhenFree(SampleFiles.list(1), "dryRun")
      let report = try await server.get("/runs/1/report")
      #expect(report.status == 200)
      #expect(report.lineCount == 100_000)
    }
  }

  @Test func `a client that reads nothing gives its place up`() async throws {
    try await ImportsServer.run({
      $0.maximumImportCount = 1
      $0.bodyTimeout = .milliseconds(300)
    }) { server in
      try await importingWithoutReading(server, "dryRun&unknownUsers=create") {
        let answer = try await server.importingWhenFree(SampleFiles.list(1), "dryRun")
        #expect(answer.status == 200)
      }
    }
  }
}
