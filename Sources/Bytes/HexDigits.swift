import CScan

/// Reads hexadecimal text into numbers.
package enum HexDigits {
  /// The value of 24 hexadecimal digits of either case, as 8 and 4 bytes, and whether some are letters
  /// in upper case; `nil` for anything else.
  @inline(__always)
  package static func decode24(
    _ text: Span<UInt8>
  ) -> (high: UInt64, low: UInt32, hasUpperCase: Bool)? {
    guard text.count == 24 else { return nil }
    var value: (high: UInt64, low: UInt32) = (0, 0)
    var hasUpperCase: Int32 = 0
    let isValid = text.withUnsafeBufferPointer { digits in
      digits.baseAddress.map { scan_read_hex24($0, &value.high, &value.low, &hasUpperCase) != 0 }
        ?? false
    }
    return isValid ? (value.high, value.low, hasUpperCase != 0) : nil
  }

  /// The same value, read digit by digit: the rule that the fast way must equal.
  package static func plainDecode24(
    _ text: Span<UInt8>
  ) -> (high: UInt64, low: UInt32, hasUpperCase: Bool)? {
    guard text.count == 24 else { return nil }
    var invalid: UInt8 = 0
    var high: UInt64 = 0
    var low: UInt32 = 0
    var hasUpperCase = false
    for place in 0..<24 {
      let nibble = values[Int(text[place])]
      invalid |= nibble
      hasUpperCase = hasUpperCase || UInt8(ascii: "A")...UInt8(ascii: "F") ~= text[place]
      if place < 16 {
        high = high << 4 | UInt64(nibble & 15)
      } else {
        low = low << 4 | UInt32(nibble & 15)
      }
    }
    return invalid < 16 ? (high, low, hasUpperCase) : nil
  }

  /// The value of one hexadecimal digit of either case, or `nil`.
  package static func value(of byte: UInt8) -> UInt8? {
    let nibble = values[Int(byte)]
    return nibble < 16 ? nibble : nil
  }

  /// 0 to 15 for a hexadecimal digit, 16 for any other byte.
  private static let values: InlineArray<256, UInt8> = {
    var values = InlineArray<256, UInt8>(repeating: 16)
    for digit in 0..<10 { values[0x30 + digit] = UInt8(digit) }
    for letter in 0..<6 {
      values[0x41 + letter] = UInt8(10 + letter)
      values[0x61 + letter] = UInt8(10 + letter)
    }
    return values
  }()
}
