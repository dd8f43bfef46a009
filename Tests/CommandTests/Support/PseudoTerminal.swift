import Foundation
import Glibc

/// A terminal that a test sits at.
final class PseudoTerminal {
  /// The file that a program opens.
  let name: String
  private let descriptor: Int32
  /// All that was shown so far.
  private(set) var shown: [UInt8] = []

  init(columns: UInt16 = 100) throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // ioctl_tty(2): TIOCSPTLCK unlocks the other end, TIOCGPTN tells its number.
    var lock: Int32 = 0
    var number: Int32 = 0
    guard descriptor >= 0, ioctl(descriptor, 0x4004_5431, &lock) == 0,
      ioctl(descriptor, 0x8004_5430, &number) == 0
    else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    name = "/dev/pts/\(number)"
    var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// What was shown so far, as text.
  var text: String { String(decoding: shown, as: UTF8.self) }

  /// What was shown so far without colours and other control sequences.
  var plainText: String {
    text.replacing(#/\u{1B}\[[0-9;]*[A-Za-z]/#, with: "").replacing("\r\n", with: "\n")
  }

  /// Types text.
  func type(_ text: String) { _ = write(descriptor, text, text.utf8.count) }

  /// Takes what the program wrote since the last time.
  func take() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return }
      shown += bytes.prefix(count)
    }
  }

  /// Waits until the text holds something.
  func expect(_ part: String) throws {
    try poll(until: "the terminal showed \(part)") {
      take()
      return text.contains(part)
    }
  }

  /// Waits for a program's end, showing what it writes.
  func finish(_ process: ChildProcess) throws -> ChildProcess.End {
    try poll(until: "the program ended") {
      take()
      return process.isOver
    }
    take()
    return try process.wait()
  }
}
