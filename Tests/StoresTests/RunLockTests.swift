import Glibc
import ImportModel
import Stores
import Support
import Testing

/// One run at a time.
@Suite(.blocking) struct RunLocking {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a second run is refused and told who is at it`() throws {
    let store = folder.file("store")
    let lock = try RunLock.acquire(for: store, command: "apply people.csv")
    let thrown = failure { () throws(ImportError) in
      _ = try RunLock.acquire(for: store, command: "undo 3")
    }
    #expect(thrown?.kind == .tryAgainLater)
    #expect(thrown?.file == store)
    let message = thrown?.message ?? ""
    #expect(message.hasPrefix("another run (apply people.csv) holds the store since 20"))
    #expect(message.hasSuffix("(pid \(getpid()))"))
    lock.release()
    #expect(folder.names.isEmpty)
    try RunLock.acquire(for: store, command: "undo 3").release()
  }

  @Test func `two names of one store are one lock`() throws {
    try folder.write("store", [])
    symlink(folder.file("store"), folder.file("link"))
    let lock = try RunLock.acquire(for: folder.file("link"), command: "apply")
    let other = folder.path + "/./store"
    let thrown = failure { () throws(ImportError) in
      _ = try RunLock.acquire(for: other, command: "apply")
    }
    #expect(thrown?.kind == .tryAgainLater)
    lock.release()
    #expect(folder.names == ["link", "store"])
  }

  @Test func `a run that waits goes on when the other is done`() async throws {
    let store = folder.file("store")
    let lock = try RunLock.acquire(for: store, command: "apply")
    async let second = Self.waitForLock(of: store)
    lock.release()
    try await second
    #expect(folder.names.isEmpty)
  }

  @concurrent private static func waitForLock(of store: String) async throws {
    try RunLock.acquire(for: store, command: "apply", waiting: .seconds(30)).release()
  }

  @Test func `a store in a folder that is not there has no lock`() {
    let thrown = failure { () throws(ImportError) in
      _ = try RunLock.acquire(for: folder.file("missing/store"), command: "apply")
    }
    #expect(thrown?.kind == .outputNotMade)
  }

  @Test func `a killed process leaves nothing locked`() throws {
    let store = folder.file("store")
    // flock(1) holds the lock itself and says so, as a run of another process would.
    let child = try Child([
      "/usr/bin/flock", "--no-fork", store + ".lock", "/bin/sh", "-c", "echo held; exec sleep 600",
    ])
    #expect(child.firstOutput() == "held\n")
    let thrown = failure { () throws(ImportError) in
      _ = try RunLock.acquire(for: store, command: "apply")
    }
    #expect(thrown?.kind == .tryAgainLater)
    #expect(thrown?.message == "another run holds the store")
    child.kill()
    #expect(folder.names == ["store.lock"])
    try RunLock.acquire(for: store, command: "apply").release()
    #expect(folder.names.isEmpty)
  }
}

/// Another process.
final class Child {
  private var process: pid_t = 0
  private var output: [Int32] = [-1, -1]

  struct Failure: Error { var code: Int32 }

  init(_ arguments: [String]) throws {
    guard pipe(&output) == 0 else { throw Failure(code: errno) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let code = posix_spawn(&process, arguments[0], &actions, nil, &words, environ)
    close(output[1])
    guard code == 0 else { throw Failure(code: code) }
  }

  deinit {
    kill()
    close(output[0])
  }

  /// What the process writes first; waits for it.
  func firstOutput() -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(output[0], &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  /// Ends the process without asking it (SIGKILL).
  func kill() {
    guard process > 0 else { return }
    Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
    process = 0
  }
}
