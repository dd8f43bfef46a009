/// A flat JSON object as the store keeps it of a run: `{"fix":"none","strict":false,"ranges":[]}`.
struct RecordedObject {
  /// Names and values in their order; a value of several is separated by commas.
  let pairs: [(name: String, value: String)]

  /// Takes an object apart; what is not one has no pairs.
  init(_ text: String) {
    var pairs: [(name: String, value: String)] = []
    for member in Self.split(text) {
      let sides = Self.split(member, at: UInt8(ascii: ":"))
      guard sides.count == 2 else { continue }
      pairs.append((Self.plain(sides[0]), Self.plain(sides[1])))
    }
    self.pairs = pairs
  }

  /// The value of a name, or `nil`.
  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// The members of an object between its braces.
  private static func split(_ text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return [] }
    return split(Array(bytes.dropFirst().dropLast()), at: UInt8(ascii: ","))
  }

  /// Parts between separators that stand neither in a string nor in brackets.
  private static func split(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == separator && depth == 0 {
        parts.append([])
        continue
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
      }
      parts[parts.count - 1].append(byte)
    }
    return parts
  }

  /// A value without quotes and brackets: the values are words and numbers of our own.
  private static func plain(_ bytes: [UInt8]) -> String {
    let kept = bytes.filter { !"\"[]{} \n".utf8.contains($0) }
    return String(decoding: kept, as: UTF8.self)
  }
}
