import Bytes

/// Base64 in the alphabet for URLs and without padding (RFC 4648, section 5; RFC 7515, section 2).
enum Base64URL {
  /// The bytes that a text stands for; `nil` for characters of other alphabets, padding, a length
  /// that no bytes give, and bits at the end that are not zero, so that each value has one text.
  static func decode(_ text: Span<UInt8>) -> ByteBuffer? {
    guard text.count % 4 != 1 else { return nil }
    var bytes = ByteBuffer(minimumCapacity: max(text.count / 4 * 3 + 3, 4))
    var bits: UInt32 = 0
    var bitCount = 0
    for index in text.indices {
      guard let digit = digit(text[index]) else { return nil }
      bits = (bits << 6 | digit) & 0xFFFF
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    guard bits & (1 << UInt32(bitCount) - 1) == 0 else { return nil }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
