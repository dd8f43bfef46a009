import JSON
import NIOCore
import NIOHTTP1
import Server
import Foundation
import Logging
import Stores
import Testing

/// A server that runs as long as a test needs it, over a store of its own.
struct ImportsServer: Sendable {
  let port: Int
  let token: String
  /// The store's file.
  let storePath: String

  /// Runs a server on a free port.
  static func run(
    _ adjust: (inout ServerLimits) -> Void = { _ in },
    _ body: (ImportsServer) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rcimport-server-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let secretPath = "\(folder)/secret"
    try Data("for tests only, and of no use elsewhere".utf8).write(to: URL(filePath: secretPath))
    let storePath = "\(folder)/store.sqlite"
    var settings = ServerSettings(
      keyFile: .secret(path: secretPath),
      storePath: storePath,
      version: "0"
    )
    settings.port = 0
    settings.stopsOnSignals = false
    adjust(&settings.limits)
    let now = Int64(Date.now.timeIntervalSince1970)
    let token = try await TokenIssuer.token(
      TokenRequest(subject: "tester", issueTime: now, expiry: now + 3600),
      secretPath: secretPath
    )
    let store = try StoreKind.sqlite.open(storePath, mode: .readWrite)
    defer { store.close() }
    let (urls, source) = AsyncStream<String>.makeStream()
    let server = APIServer(
      settings,
      store: store,
      logger: Logger(label: "test") { _ in JSONLogHandler(level: .critical) { _ in } }
    ) { source.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { source.finish() }
        try await server.run()
      }
      var iterator = urls.makeAsyncIterator()
      let url = try #require(await iterator.next())
      let port = try #require(URL(string: url)?.port)
      try await body(ImportsServer(port: port, token: token, storePath: storePath))
      group.cancelAll()
      while let result = await group.nextResult() { _ = result }
    }
  }

  /// Asks for something with the administrator's token.
  func get(_ path: String) async throws -> HTTPAnswer {
    try await HTTPExchange.run(port, .GET, path, [("Authorization", "Bearer \(token)")])
  }

  /// Imports a file.
  func importing(
    _ body: [UInt8],
    _ query: String = "dryRun=true",
    headers: [(String, String)] = [],
    pieceByteCount: Int = 1 << 16
  ) async throws -> HTTPAnswer {
    try await HTTPExchange.run(
      port,
      .POST,
      Self.path(query),
      [("Authorization", "Bearer \(token)")] + headers,
      body: body,
      pieceByteCount: pieceByteCount
    )
  }

  /// Imports a file again and again until there is a place for it.
  func importingWhenFree(_ body: [UInt8], _ query: String) async throws -> HTTPAnswer {
    while true {
      let answer = try await importing(body, query)
      if answer.status != 503 { return answer }
      await Task.yield()
    }
  }

  /// Takes the store away from where the server looks for it.
  func hideStore() throws {
    try FileManager.default.moveItem(atPath: storePath, toPath: "\(storePath).hidden")
  }

  static func path(_ query: String) -> String { "/user/rcextension-imports?\(query)" }
}

/// The files of `samples`.
enum SampleFiles {
  private static let folder = URL(filePath: #filePath).appending(path: "../../../samples")
    .standardized

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  /// An assignment list with users of its own.
  static func list(_ count: Int, from first: Int = 0) -> [UInt8] {
    var text = "userId,rcExtension\n"
    for index in first..<first + count {
      let digits = String(index, radix: 16)
      text += "64b7f1a2e4b0a5d3" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      text += ",\(1_000_000 + index)\n"
    }
    return Array(text.utf8)
  }
}
