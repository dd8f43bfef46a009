/// Powers of ten, and how many digits numbers have.
package enum DecimalDigits {
  /// Ten to the power of `exponent`, which must be 0 to 19.
  @inline(__always)
  package static func powerOfTen(_ exponent: Int) -> UInt64 {
    // Compiled into a table that needs no lock for its first use, as a static array would.
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    case 9: 1_000_000_000
    case 10: 10_000_000_000
    case 11: 100_000_000_000
    case 12: 1_000_000_000_000
    case 13: 10_000_000_000_000
    case 14: 100_000_000_000_000
    case 15: 1_000_000_000_000_000
    case 16: 10_000_000_000_000_000
    case 17: 100_000_000_000_000_000
    case 18: 1_000_000_000_000_000_000
    case 19: 10_000_000_000_000_000_000
    default: preconditionFailure("a power of ten that has more than 64 bits")
    }
  }

  /// The value of up to 10 ASCII digits; `nil` for any other text.
  @inline(__always)
  package static func value(of text: Span<UInt8>) -> UInt64? {
    let count = text.count
    guard count >= 4 && count <= 8 else { return plainValue(of: text) }
    let bytes = text.bytes
    func word(at offset: Int) -> UInt64 {
      UInt64(
        UInt32(
          littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
        )
      )
    }
    // The first four and the last four, which are partly the same, behind as many zeros as 8 lack.
    let missing = UInt64(8 * (8 - count))
    var word = word(at: 0) | word(at: count - 4) << UInt64(8 * (count - 4))
    word = word << missing | 0x3030_3030_3030_3030 & ((1 << missing) - 1)
    // The high half of a digit is 3, even 6 further on.
    let highs: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let threes: UInt64 = 0x3030_3030_3030_3030
    guard word & highs == threes, (word &+ 0x0606_0606_0606_0606) & highs == threes else {
      return nil
    }
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight
    // (kholdstare.github.io/technical/2020/05/26/faster-integer-parsing.html).
    word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    return ((word & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
  }

  /// The same value, read digit by digit: the rule that the fast way must equal.
  package static func plainValue(of text: Span<UInt8>) -> UInt64? {
    guard text.count > 0 && text.count <= 10 else { return nil }
    var value: UInt64 = 0
    for index in text.indices {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + UInt64(digit)
    }
    return value
  }

  /// How many decimal digits a number has; 1 for 0.
  @inline(__always)
  package static func count(of value: UInt64) -> Int {
    // 1233 / 4096 is nearly the decimal logarithm of 2: the guess is right or one too low.
    let guess = ((64 - (value | 1).leadingZeroBitCount) * 1233) >> 12
    return value >= powerOfTen(guess) ? guess + 1 : max(guess, 1)
  }
}
