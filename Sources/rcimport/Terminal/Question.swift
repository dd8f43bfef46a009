import Bytes
import Glibc
import SystemPackage

/// Asks the person at the terminal.
enum Question {
  /// Whether somebody is there to answer.
  static var canBeAsked: Bool {
    Terminal.isInteractive(.input) && Terminal.isInteractive(.error)
  }

  /// Asks, and reads one line; anything but `y` and `yes` means no, and so does the end of input.
  static func ask(_ text: String) -> Bool {
    StandardError.write("\(text) [y/N] ")
    guard let line = readLine() else {
      StandardError.write("\n")
      return false
    }
    let answer = Array(line[UTF8Text.trimmedRange(of: line.span)])
    return answer.span.equalsIgnoringCase("y") || answer.span.equalsIgnoringCase("yes")
  }

  /// A line, with its line feed; `nil` at the end of input and when a signal asks to stop.
  private static func readLine() -> [UInt8]? {
    var line = ByteBuffer()
    while line.isEmpty || line[line.count - 1] != 0x0A {
      // A signal ends the wait, but not a read, which is tried again.
      var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard Interruption.signal == nil, poll(&wait, 1, -1) > 0 else { return nil }
      // A terminal gives one line at most.
      let count = (try? line.read(from: .standardInput, atMost: 4096)) ?? 0
      if count == 0 { return nil }
    }
    return (0..<line.count).map { line[$0] }
  }
}
