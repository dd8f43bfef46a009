/// The names of the bytes that stand between fields.
enum DelimiterNames {
  /// The delimiters that are tried, the most usual one first.
  static let candidates: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// A word for a delimiter.
  static func name(of delimiter: UInt8) -> String {
    switch delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "pipe"
    case UInt8(ascii: " "): "space"
    case 0x21...0x7E: "\"\(Character(UnicodeScalar(delimiter)))\""
    default: "byte \(delimiter)"
    }
  }
}
