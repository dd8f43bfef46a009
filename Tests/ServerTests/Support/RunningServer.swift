import Foundation
import ImportModel
import Logging
import Server
import Stores
import Synchronization

/// A server on a free port over a store of its own, for the time of a closure.
struct RunningServer: Sendable {
  let port: Int
  let store: any DirectoryStore
  let secret: String
  private let lines: Lines

  /// The lines of the log so far.
  var log: [String] { lines.all }

  /// A token that everything accepts.
  var token: String { get async throws { try await TestToken.make(secret) } }

  /// Runs a server with two users: `known(1)` has no extension, `known(2)` has 2000.
  static func run(
    limits: ServerLimits = ServerLimits(),
    rules: TokenRules = TokenRules(),
    key: TokenKeyFile? = nil,
    userCount: Int = 2,
    level: Logger.Level = .info,
    _ body: @Sendable (RunningServer) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rcimport-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let secret = TestToken.newSecret()
    let secretPath = folder.appending(path: "secret").path
    try Data((secret + "\n").utf8).write(to: URL(filePath: secretPath))
    let storePath = folder.appending(path: "store.sqlite").path
    let store = try StoreKind.sqlite.open(storePath, mode: .readWrite)
    defer { store.close() }
    try fill(store, userCount)
    var settings = ServerSettings(
      keyFile: key ?? .secret(path: secretPath),
      storePath: storePath,
      version: "1.2.3"
    )
    settings.port = 0
    settings.limits = limits
    settings.tokenRules = rules
    settings.stopsOnSignals = false
    let lines = Lines()
    let logger = Logger(label: "test") { _ in JSONLogHandler(level: level) { lines.add($0) } }
    let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
    let server = APIServer(settings, store: store, logger: logger) { continuation.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { continuation.finish() }
        try await server.run()
      }
      var iterator = addresses.makeAsyncIterator()
      guard let url = await iterator.next(), let port = Int(url.split(separator: ":").last ?? "")
      else {
        try await group.next()
        return
      }
      try await body(RunningServer(port: port, store: store, secret: secret, lines: lines))
      group.cancelAll()
      // A server that is cancelled has nothing more to say.
      _ = await group.nextResult()
    }
  }

  /// A user's id made of a small number.
  static func known(_ number: Int) -> String {
    ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: UInt32(number)).description
  }

  /// Who has an extension.
  func holder(_ number: String) throws -> String? {
    guard let number = ExtensionNumber(number) else { return nil }
    return try store.holders([number]).first??.description
  }

  private static func fill(_ store: any DirectoryStore, _ userCount: Int) throws(ImportError) {
    let run = NewRun(
      startedAt: UTCTime(secondsSince1970: 1_700_000_000),
      command: "apply",
      version: "1.0",
      rules: "{}",
      counts: "{}",
      inputs: []
    )
    _ = try store.apply(run) { (writer) throws(ImportError) in
      for number in 1...userCount {
        let change: NumberChange =
          if number == 2, let taken = ExtensionNumber("2000") { .set(taken) } else { .keep }
        try writer.begin(
          UserWrite(
            id: ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: UInt32(number)),
            isNew: true,
            number: change,
            before: nil,
            origin: ChangeOrigin(row: UInt32(number - 1), input: 0, inputRow: UInt32(number + 1))
          )
        )
        try writer.finish()
      }
    }
  }
}

/// Lines that come from any thread.
private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
