/// Questions about bytes that should be UTF-8.
package enum UTF8Text {
  /// The place of the first byte that is not part of valid UTF-8 (RFC 3629), or `nil`.
  package static func firstInvalid(in bytes: Span<UInt8>) -> Int? {
    var index = bytes.firstBeyondASCII(from: 0)
    while index < bytes.count {
      let length = sequenceLength(in: bytes, at: index)
      if length == 0 { return index }
      index = bytes.firstBeyondASCII(from: index + length)
    }
    return nil
  }

  /// Whether all bytes are ASCII.
  package static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    bytes.firstBeyondASCII(from: 0) == bytes.count
  }

  /// Whether all bytes are printable ASCII without ampersands, looked at 8 at a time.
  package static func isPlain(_ text: Span<UInt8>) -> Bool {
    text.firstOdd(from: 0) == text.count
  }

  /// Whether a byte is printable ASCII and no ampersand.
  package static func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x20 <= 0x5E && byte != UInt8(ascii: "&")
  }

  /// The length of the valid sequence of two to four bytes at `index`, or 0 when it is not valid.
  package static func sequenceLength(in bytes: Span<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    func continues(_ offset: Int) -> Bool {
      index + offset < bytes.count && bytes[index + offset] & 0xC0 == 0x80
    }
    switch lead {
    case 0xC2...0xDF:
      return continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard continues(1), continues(2) else { return 0 }
      let second = bytes[index + 1]
      // Overlong forms and surrogates are not characters.
      if lead == 0xE0 && second < 0xA0 { return 0 }
      if lead == 0xED && second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard continues(1), continues(2), continues(3) else { return 0 }
      let second = bytes[index + 1]
      if lead == 0xF0 && second < 0x90 { return 0 }
      if lead == 0xF4 && second > 0x8F { return 0 }
      return 4
    default:
      return 0
    }
  }

  /// The character at `index` and how many bytes it takes; a byte that is not UTF-8 is a U+FFFD.
  package static func character(
    in bytes: Span<UInt8>,
    at index: Int
  ) -> (scalar: Unicode.Scalar, byteCount: Int) {
    let lead = bytes[index]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = sequenceLength(in: bytes, at: index)
    func low(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
    let value: UInt32 =
      switch length {
      case 2: UInt32(lead & 0x1F) << 6 | low(1)
      case 3: UInt32(lead & 0x0F) << 12 | low(1) << 6 | low(2)
      case 4: UInt32(lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3)
      default: 0xFFFD
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", max(length, 1))
  }
}

extension String {
  /// Makes text of UTF-8 bytes; invalid ones become U+FFFD.
  package init(utf8 bytes: Span<UInt8>) {
    self = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
