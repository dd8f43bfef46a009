import Bytes
import Glibc
package import ImportModel
import Synchronization
import SystemPackage

/// Keeps a second run from writing to a store while one is at it.
///
/// A lock of flock(2) on the file `STORE.lock`: the kernel gives it up when the process ends, however
/// that happens, so that a killed run blocks nobody. The file says who holds the lock and is removed
/// with it.
package final class RunLock: Sendable {
  private let file: Mutex<FileDescriptor?>
  private let path: String

  /// How long a waiting run sleeps between two tries.
  private static let step = Duration.milliseconds(50)

  private init(file: FileDescriptor, path: String) {
    self.file = Mutex(file)
    self.path = path
  }

  deinit { release() }

  /// Gives the lock up; once is enough.
  package func release() {
    file.withLock { file in
      guard let held = file else { return }
      // Removed while still held: whoever opened the file in between finds it gone and tries again.
      unlink(path)
      try? held.close()
      file = nil
    }
  }

  /// Takes the lock of a store, which need not exist yet.
  ///
  /// - Parameters:
  ///   - store: the store's file; any name of it leads to the same lock.
  ///   - command: what the run does, for those who wait.
  ///   - limit: how long to wait for another run.
  /// - Returns: the lock, held until `release`.
  /// - Throws: `tryAgainLater` when another run holds the lock, `outputNotMade` when there cannot be
  ///   a lock file.
  package static func acquire(
    for store: String,
    command: String,
    waiting limit: Duration = .zero
  ) throws(ImportError) -> RunLock {
    let path = StoreFile.resolve(store) + ".lock"
    let deadline = ContinuousClock.now + limit
    while true {
      if let file = try open(path, store: store) {
        write(command: command, to: file)
        return RunLock(file: file, path: path)
      }
      if ContinuousClock.now >= deadline { throw held(path, store: store) }
      usleep(useconds_t(Self.step / .microseconds(1)))
    }
  }

  /// The lock file, locked, or `nil` when somebody else has it locked.
  private static func open(_ path: String, store: String) throws(ImportError) -> FileDescriptor? {
    while true {
      let file: FileDescriptor
      do {
        file = try FileDescriptor.open(
          FilePath(path),
          .readWrite,
          options: [.create, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead]
        )
      } catch {
        throw ImportError(
          .outputNotMade,
          "the lock file \(path) cannot be opened: \(error)",
          hint: "the store's folder must be there and writable",
          file: store
        )
      }
      if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 {
        if leads(path, to: file) { return file }
        // The holder before removed it between our open and our lock.
        try? file.close()
        continue
      }
      let error = Errno(rawValue: errno)
      try? file.close()
      if error == .interrupted { continue }
      if error == .wouldBlock { return nil }
      throw ImportError(.outputNotMade, "\(path) cannot be locked: \(error)", file: store)
    }
  }

  private static func leads(_ path: String, to file: FileDescriptor) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(file.rawValue, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  private static func write(command: String, to file: FileDescriptor) {
    // The text only serves people; the lock holds without it.
    _ = ftruncate(file.rawValue, 0)
    var text = ByteBuffer()
    text.append(text: "pid \(getpid())\nsince \(UTCTime.now)\ncommand \(command)\n")
    try? text.writeAll(to: file)
  }

  private static func held(_ path: String, store: String) -> ImportError {
    var values: [Substring: Substring] = [:]
    for line in text(of: path).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    var message = "another run holds the store"
    if let command = values["command"] { message = "another run (\(command)) holds the store" }
    if let since = values["since"] { message += " since \(since)" }
    if let pid = values["pid"] { message += " (pid \(pid))" }
    return ImportError(
      .tryAgainLater,
      message,
      hint: "wait until it is done, or stop it, and run again",
      file: store
    )
  }

  private static func text(of path: String) -> String {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else { return "" }
    defer { try? file.close() }
    var text = ByteBuffer()
    _ = try? text.read(from: file, atMost: 4096)
    return String(utf8: text.span)
  }
}
