import Foundation
import Glibc
import Support
import Synchronization

/// A running program; it is ended at the latest when nobody holds this object any more.
final class ChildProcess {
  /// What the child's three streams are; each descriptor stays the caller's.
  struct Streams {
    var input: Int32
    var output: Int32
    var error: Int32
  }

  /// How a process came to its end.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// What goes wrong around a process.
  enum Failure: Error {
    case notStarted(Int32)
    /// The process took too long, or something did that was waited for.
    case timeLimit(String)
    /// The test lacks the trait `.blocking`.
    case blocksTasks
  }

  let id: pid_t
  private var end: End?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: the program.
  ///   - arguments: without the program's name.
  ///   - environment: all of it, each `NAME=value`.
  ///   - folder: the working folder.
  ///   - streams: its standard input, output and error.
  /// - Throws: `notStarted` with the error number.
  init(
    _ path: String,
    _ arguments: [String],
    environment: [String],
    folder: String,
    streams: Streams
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, streams.input, 0)
    posix_spawn_file_actions_adddup2(&actions, streams.output, 1)
    posix_spawn_file_actions_adddup2(&actions, streams.error, 2)
    id = try Self.spawn(path, arguments, environment, folder, &actions, flags: 0)
  }

  /// Starts a program whose three streams are a terminal that controls it.
  init(
    _ path: String,
    _ arguments: [String],
    environment: [String],
    folder: String,
    terminal: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    // The leader of a session makes the first terminal that it opens its own (credentials(7)).
    id = try Self.spawn(path, arguments, environment, folder, &actions, flags: 0x80)
  }

  deinit {
    guard end == nil else { return }
    kill(id, SIGKILL)
    _ = waitpid(id, nil, 0)
  }

  /// Sends a signal.
  func send(_ signal: Int32) {
    if end == nil { kill(id, signal) }
  }

  /// Whether its end was seen; looks for it no further.
  var isKnownToBeOver: Bool { end != nil }

  /// Whether the process ended.
  var isOver: Bool {
    if end != nil { return true }
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) == id else { return false }
    noteEnd(status)
    return true
  }

  /// Takes over what waitpid(2) said at the end, which it says only once.
  func noteEnd(_ status: Int32) {
    // The macros of wait(2): the low seven bits are the signal, the next eight the exit code.
    let signal = status & 0x7F
    end = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Waits for the end.
  ///
  /// - Throws: `timeLimit`; the process is then ended.
  func wait(seconds: Double = 180) throws -> End {
    do {
      try poll(until: "the program ended", seconds: seconds) { isOver }
    } catch {
      send(SIGKILL)
      while !isOver { usleep(1000) }
      throw error
    }
    guard let end else { preconditionFailure("a process that is over has an end") }
    return end
  }

  private static func spawn(
    _ path: String,
    _ arguments: [String],
    _ environment: [String],
    _ folder: String,
    _ actions: inout posix_spawn_file_actions_t,
    flags: Int32
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals that whoever runs the tests ignores or blocks are none of the program's business.
    var defaults = sigset_t()
    sigfillset(&defaults)
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &mask)
    let all = flags | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(all))
    // The C library shows posix_spawn_file_actions_addchdir_np only under _GNU_SOURCE.
    let shell = "/bin/sh"
    let command = [shell, "-c", "cd \"$0\" && exec \"$@\"", folder, path] + arguments
    var argv = command.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var id: pid_t = 0
    let error = making.withLock { _ in
      posix_spawn(&id, shell, &actions, &attributes, &argv, &envp)
    }
    guard error == 0 else { throw Failure.notStarted(error) }
    return id
  }

  // MARK: - Pipes

  /// Held while a child is made and while a pipe is not yet hidden from children: one that inherits
  /// the end of another test's pipe would keep it open.
  private static let making = Mutex(())

  /// A pipe that children do not inherit.
  static func makePipe() throws -> (reader: Int32, writer: Int32) {
    try making.withLock { _ in
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0, fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0,
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0
      else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      return (ends[0], ends[1])
    }
  }

  /// Makes a descriptor that children do not inherit; it is negative when it could not be made.
  static func makeDescriptor(_ make: () -> Int32) -> Int32 {
    making.withLock { _ in
      let descriptor = make()
      if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      return descriptor
    }
  }

  /// Sets how many bytes a pipe holds.
  static func setCapacity(_ byteCount: Int32, ofPipe end: Int32) {
    // F_SETPIPE_SZ of fcntl(2), which the C library only shows under _GNU_SOURCE.
    _ = fcntl(end, 1031, byteCount)
  }
}

/// Looks again and again until something is so.
///
/// - Throws: `timeLimit` when it is not so in time; `blocksTasks`.
func poll(until what: String, seconds: Double = 180, _ isSo: () throws -> Bool) throws {
  guard BlockingThreads.shared.isCurrent else { throw ChildProcess.Failure.blocksTasks }
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try !isSo() {
    guard ContinuousClock.now < deadline else { throw ChildProcess.Failure.timeLimit(what) }
    usleep(1000)
  }
}
