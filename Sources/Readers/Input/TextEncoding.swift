import Bytes

/// How an input's text is encoded.
package struct TextEncoding: Equatable, Sendable {
  /// The name, which iconv(3) knows: `UTF-8`, `UTF-16LE`, `WINDOWS-1252`.
  package let name: String
  /// The byte order mark that the input begins with, if any.
  package let byteOrderMark: [UInt8]

  /// UTF-8 without a byte order mark.
  package static let utf8 = TextEncoding("UTF-8")

  init(_ name: String, byteOrderMark: [UInt8] = []) {
    self.name = name
    self.byteOrderMark = byteOrderMark
  }

  /// Whether the input's bytes are the text.
  package var isUTF8: Bool { name == "UTF-8" }

  /// The name for an XML declaration, which leaves the order of bytes to a byte order mark (XML 4.3.3).
  var declaredName: String { isWide ? String(name.prefix(6)) : name }

  /// Whether a character takes two or four bytes at least, so that a file can end in the middle.
  var isWide: Bool { name.hasPrefix("UTF-16") || name.hasPrefix("UTF-32") }

  /// The encoding that a byte order mark at the beginning tells.
  static func marked(_ head: Span<UInt8>) -> TextEncoding? {
    let marks: [(String, [UInt8])] = [
      ("UTF-8", [0xEF, 0xBB, 0xBF]), ("UTF-32LE", [0xFF, 0xFE, 0, 0]),
      ("UTF-32BE", [0, 0, 0xFE, 0xFF]), ("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]),
    ]
    for (name, mark) in marks where head.count >= mark.count {
      if mark.indices.allSatisfy({ head[$0] == mark[$0] }) {
        return TextEncoding(name, byteOrderMark: mark)
      }
    }
    return nil
  }

  /// The encoding that the zeros in mostly ASCII text tell.
  static func patterned(_ head: Span<UInt8>) -> TextEncoding? {
    let pairCount = min(head.count, 512) / 2
    guard pairCount >= 2 else { return nil }
    var low = 0
    var high = 0
    for pair in 0..<pairCount {
      let first = head[2 * pair]
      let second = head[2 * pair + 1]
      if first != 0 && second == 0 { low += 1 }
      if first == 0 && second != 0 { high += 1 }
    }
    if low * 10 >= pairCount * 7 && high == 0 { return TextEncoding("UTF-16LE") }
    if high * 10 >= pairCount * 7 && low == 0 { return TextEncoding("UTF-16BE") }
    return nil
  }

  /// The name that `<?xml ... encoding="..."?>` at the beginning gives, in UTF-8 or a superset of
  /// ASCII.
  static func declared(_ text: Span<UInt8>) -> String? {
    let head = String(utf8: text.extracting(0..<min(text.count, 512)))
    guard head.hasPrefix("<?xml"), let end = head.utf8.firstIndex(of: UInt8(ascii: ">")),
      let name = value(of: "encoding", in: head[..<end])
    else { return nil }
    return name.uppercased()
  }

  /// Whether text in an encoding of this name, whatever way it is written, can be read.
  package static func isKnown(_ name: String) -> Bool {
    let canonical = canonicalName(name)
    return canonical == "UTF-8" || Transcoder(from: canonical, to: "UTF-8") != nil
  }

  /// The name of an encoding as iconv has it, whatever way it was written.
  static func canonicalName(_ name: String) -> String {
    let upper = name.uppercased()
    switch upper.filter({ $0 != "-" && $0 != "_" }) {
    // ASCII is UTF-8 too, and where it is not, the bytes are reported as such.
    case "UTF8", "ASCII", "USASCII": return "UTF-8"
    case "UTF16", "UCS2", "UNICODE": return "UTF-16"
    case "UTF16LE", "UCS2LE": return "UTF-16LE"
    case "UTF16BE", "UCS2BE": return "UTF-16BE"
    case "UTF32", "UCS4": return "UTF-32"
    case "UTF32LE": return "UTF-32LE"
    case "UTF32BE": return "UTF-32BE"
    case "LATIN1": return "ISO-8859-1"
    case "CP1252", "ANSI": return "WINDOWS-1252"
    default: return unicodeName(upper) ?? upper
    }
  }

  /// The usual name of an encoding of Unicode that iconv also knows by this one.
  ///
  /// What it does tells: iconv has dozens of names for these encodings, and leaves out of a name
  /// what it takes for punctuation, so that `UTF)16` is UTF-16 to it.
  private static func unicodeName(_ name: String) -> String? {
    guard let transcoder = Transcoder(from: "UTF-8", to: name) else { return nil }
    switch bytes(of: "A", transcoder) {
    case [0x41, 0]: return "UTF-16LE"
    case [0, 0x41]: return "UTF-16BE"
    case [0x41, 0, 0, 0]: return "UTF-32LE"
    case [0, 0, 0, 0x41]: return "UTF-32BE"
    // Those that write a byte order mark take either order.
    case [0xFF, 0xFE, 0x41, 0], [0xFE, 0xFF, 0, 0x41]: return "UTF-16"
    case [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0], [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x41]: return "UTF-32"
    default: return bytes(of: "€𝄞", transcoder) == Array("€𝄞".utf8) ? "UTF-8" : nil
    }
  }

  private static func bytes(of text: String, _ transcoder: Transcoder) -> [UInt8] {
    var encoded = ByteBuffer()
    _ = transcoder.convert(Array(text.utf8).span, into: &encoded)
    return (0..<encoded.count).map { encoded[$0] }
  }

  private static func value(of attribute: String, in declaration: Substring) -> String? {
    let bytes = Array(declaration.utf8)
    let name = Array(attribute.utf8)
    guard bytes.count > name.count else { return nil }
    for start in 0..<bytes.count - name.count where bytes[start...].starts(with: name) {
      let rest = bytes[(start + name.count)...].drop { $0 == 0x20 || $0 == 0x09 }
      guard rest.first == UInt8(ascii: "=") else { continue }
      let quoted = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      guard let quote = quoted.first, quote == 0x22 || quote == 0x27 else { continue }
      let value = quoted.dropFirst().prefix { $0 != quote }
      return String(decoding: value, as: UTF8.self)
    }
    return nil
  }
}
