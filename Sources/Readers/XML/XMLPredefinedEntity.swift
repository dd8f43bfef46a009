import Bytes

/// A reference to one of the five entities that need no declaration (XML 1.0, section 4.6).
struct XMLPredefinedEntity {
  /// What it stands for.
  let character: UInt8
  /// The length of the reference, from `&` to `;`.
  let byteCount: Int

  /// The length of the longest such reference.
  static let maximumByteCount = 6

  /// The reference that begins at a place; `nil` when none does.
  init?(in bytes: Span<UInt8>, at index: Int) {
    guard bytes[index] == 0x26 else { return nil }
    for (name, character) in Self.all {
      guard index + name.count < bytes.count, bytes.agrees(with: name.span, from: index + 1)
      else { continue }
      self.character = character
      byteCount = name.count + 1
      return
    }
    return nil
  }

  private static let all: [(name: [UInt8], character: UInt8)] = [
    (Array("amp;".utf8), 0x26),
    (Array("apos;".utf8), 0x27),
    (Array("quot;".utf8), 0x22),
    (Array("lt;".utf8), 0x3C),
    (Array("gt;".utf8), 0x3E),
  ]
}
