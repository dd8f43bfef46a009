import Foundation
import Glibc

/// A named pipe as an input: the test decides how far the program can read.
final class NamedPipe {
  private let path: String
  private var writer: Int32 = -1

  /// Makes the pipe in the working folder.
  init(_ name: String, in workspace: Workspace) throws {
    path = workspace.path(name)
    // A program that ends early must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    guard mkfifo(path, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  deinit { finish() }

  /// Gives text to the program, waiting until it opened the pipe and took the text.
  func write(_ text: String) throws {
    try connect()
    var rest = Array(text.utf8)[...]
    try poll(until: "the program took the input") {
      let count = rest.withUnsafeBytes { Glibc.write(writer, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      guard count >= 0 || errno == EAGAIN else {
        throw POSIXError(.init(rawValue: errno) ?? .EIO)
      }
      return rest.isEmpty
    }
  }

  /// Waits until the program took everything that was written.
  func drain() throws {
    try poll(until: "the program read the pipe") {
      var count: Int32 = 0
      return ioctl(writer, UInt(FIONREAD), &count) == 0 && count == 0
    }
  }

  /// Ends the input.
  func finish() {
    if writer >= 0 { close(writer) }
    writer = -1
  }

  /// Opening fails as long as nobody reads (fifo(7)).
  private func connect() throws {
    if writer >= 0 { return }
    try poll(until: "the program opened the pipe") {
      writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      return writer >= 0
    }
    // Small, so that what was written was also read but for the last page.
    ChildProcess.setCapacity(4096, ofPipe: writer)
  }
}
