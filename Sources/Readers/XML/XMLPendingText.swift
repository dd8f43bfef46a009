/// Text at the end of a document that the parser has not taken.
enum XMLPendingText {
  /// Whether it looks like the beginning of something that the end of the document cut off, and not
  /// like something malformed.
  static func isCut(_ bytes: Span<UInt8>) -> Bool {
    guard let start = bytes.indices.first(where: { bytes[$0] == 0x3C || bytes[$0] == 0x26 }) else {
      return true
    }
    let rest = start + 1..<bytes.count
    if bytes[start] == 0x26 { return rest.allSatisfy { isNamePart(bytes[$0]) } }
    // A comment, CDATA or an instruction may hold a `<`, a tag may not.
    if let next = rest.first, bytes[next] == 0x21 || bytes[next] == 0x3F { return true }
    return !rest.contains { bytes[$0] == 0x3C }
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x80...: true
    case 0x23, 0x2D, 0x2E, 0x3A, 0x5F: true
    default: false
    }
  }
}
