/// The program's arguments as the system gave them.
///
/// The name of a file is bytes, of any encoding; text that is made of it shows U+FFFD where they are
/// no UTF-8, and no longer leads to the file.
package enum ArgumentBytes {
  /// The bytes of the argument, or of the part behind its `=`, that reads as `text`.
  ///
  /// - Returns: `nil` when nothing was repaired in the text, or no argument reads as it.
  package static func reading(_ text: String) -> [UInt8]? { reading(text, among: all) }

  /// The bytes of one of some arguments, or of the part behind its `=`, that reads as `text`.
  package static func reading(_ text: String, among arguments: [[UInt8]]) -> [UInt8]? {
    guard text.unicodeScalars.contains("\u{FFFD}") else { return nil }
    let values = arguments.compactMap { argument in
      argument.firstIndex(of: UInt8(ascii: "=")).map { Array(argument[($0 + 1)...]) }
    }
    return (arguments + values).first { String(decoding: $0, as: UTF8.self) == text }
  }

  private static var all: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { place in
      guard let argument = CommandLine.unsafeArgv[place] else { return nil }
      var bytes: [UInt8] = []
      var next = argument
      while next.pointee != 0 {
        bytes.append(UInt8(bitPattern: next.pointee))
        next += 1
      }
      return bytes
    }
  }
}
