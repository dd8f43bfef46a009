/// Characters that act instead of being seen: they end lines, drive terminals or turn text round.
enum HiddenCharacter {
  /// The character at `index` if it must be written as an escape, with the bytes it takes.
  ///
  /// Control characters (C0, DEL, C1), line and paragraph separators, marks of text direction and
  /// the byte order mark. The bytes must be valid UTF-8.
  static func at(_ index: Int, of bytes: Span<UInt8>) -> (scalar: UInt32, byteCount: Int)? {
    let lead = bytes[index]
    if lead < 0x20 || lead == 0x7F { return (UInt32(lead), 1) }
    guard lead >= 0xC2, index + 1 < bytes.count else { return nil }
    let second = bytes[index + 1]
    if lead == 0xC2 { return second < 0xA0 ? (UInt32(second), 2) : nil }
    if lead == 0xD8 { return second == 0x9C ? (0x061C, 2) : nil }
    guard lead == 0xE2 || lead == 0xEF, index + 2 < bytes.count else { return nil }
    let third = bytes[index + 2]
    switch (lead, second, third) {
    case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xA8...0xAE): return (0x1F80 + UInt32(third), 3)
    case (0xE2, 0x81, 0xA6...0xA9): return (0x1FC0 + UInt32(third), 3)
    case (0xEF, 0xBB, 0xBF): return (0xFEFF, 3)
    default: return nil
    }
  }
}

extension ByteBuffer {
  /// Adds a JSON string with its quotes (RFC 8259, section 7); hidden characters as `\u001b`.
  package mutating func append(json text: String) { append(validJSON: text.utf8.span) }

  /// Adds bytes as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
  package mutating func append(json bytes: Span<UInt8>) {
    if UTF8Text.firstInvalid(in: bytes) == nil {
      append(validJSON: bytes)
    } else {
      append(json: String(utf8: bytes))
    }
  }

  /// Adds a JSON string, or `null`.
  package mutating func append(jsonOrNull text: String?) {
    if let text { append(json: text) } else { append("null") }
  }

  /// Adds text for people; hidden characters as `\u001b`, so that one text stays on one line.
  package mutating func append(shown text: String) { append(shown: text.utf8.span) }

  /// Adds valid UTF-8 for people, likewise.
  package mutating func append(shown bytes: Span<UInt8>) {
    append(escaping: bytes, escapingQuotes: false)
  }

  /// Text for people; hidden characters as `\u001b`.
  package static func shown(_ text: String) -> String {
    var shown = ByteBuffer()
    shown.append(shown: text)
    return String(utf8: shown.span)
  }

  /// Adds valid UTF-8 as a JSON string with its quotes.
  package mutating func append(validJSON text: borrowing ByteBuffer) {
    append(validJSON: text.span)
  }

  /// Adds the bytes of a range of another buffer, likewise.
  package mutating func append(validJSON range: Range<Int>, of other: borrowing ByteBuffer) {
    append(validJSON: other.span(range))
  }

  private mutating func append(validJSON bytes: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    append(escaping: bytes, escapingQuotes: true)
    append(UInt8(ascii: "\""))
  }

  /// Adds valid UTF-8.
  private mutating func append(escaping bytes: Span<UInt8>, escapingQuotes: Bool) {
    var index = 0
    while true {
      index += append(plainPrefixOf: bytes.extracting(index...))
      guard index < bytes.count else { break }
      let byte = bytes[index]
      if let hidden = HiddenCharacter.at(index, of: bytes) {
        append("\\u")
        append(hex: UInt64(hidden.scalar), digitCount: 4)
        index += hidden.byteCount
      } else {
        if escapingQuotes && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")) {
          append(UInt8(ascii: "\\"))
        }
        append(byte)
        index += 1
      }
    }
  }
}
