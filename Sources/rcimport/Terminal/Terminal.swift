import Glibc
import Reports

/// What the program's three streams are connected with.
struct Terminal {
  /// One of the streams.
  enum Stream: Int32 {
    case input = 0
    case output = 1
    case error = 2
  }

  /// Whether a person sits at a stream.
  static func isInteractive(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Whether lines can be redrawn and coloured at all.
  static var canControl: Bool {
    guard let kind = environment("TERM") else { return false }
    return kind != "dumb"
  }

  /// How text on a stream is coloured (no-color.org).
  static func style(of stream: Stream, allowsColor: Bool) -> Style {
    let isColored =
      allowsColor && isInteractive(stream) && canControl && environment("NO_COLOR") == nil
    return isColored ? .colored : .plain
  }

  /// Columns of the terminal at standard error; 80 where it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(Stream.error.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// A variable of the environment; `nil` when it is missing or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
