/// The command line as a person could type it again, for the record of runs.
///
/// It holds no secrets: no option takes one.
enum CommandLineText {
  /// The arguments of this process.
  static var current: String { text(of: CommandLine.arguments.dropFirst()) }

  /// Arguments with quotes around those that a shell would take apart.
  static func text(of arguments: some Sequence<String>) -> String {
    arguments.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"): true
      case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "%"): true
      case UInt8(ascii: "+"), UInt8(ascii: "@"): true
      default: false
      }
    }
    if isPlain && !argument.isEmpty { return argument }
    return "'"
      + argument.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
