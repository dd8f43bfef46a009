import Bytes
import SystemPackage

/// Where everything goes that is not a result.
enum StandardError {
  /// Writes text as it stands; a failure has nowhere to be told.
  static func write(_ text: String) {
    var bytes = ByteBuffer(minimumCapacity: text.utf8.count)
    bytes.append(text: text)
    try? bytes.writeAll(to: .standardError)
  }

  /// Writes one line that names the program.
  static func writeLine(_ text: String) { write("\(Program.name): \(text)\n") }
}
