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

  /// How many decimal digits a number has; 1 for 0.
  @inline(__always)
  package static func count(of value: UInt64) -> Int {
    // 1233 / 4096 is nearly the decimal logarithm of 2: the guess is right or one too low.
    let guess = ((64 - (value | 1).leadingZeroBitCount) * 1233) >> 12
    return value >= powerOfTen(guess) ? guess + 1 : max(guess, 1)
  }
}
