import Bytes

/// An extension: 2 to 10 ASCII digits, a text and not a number (`0123` is not `123`).
///
/// Packed as the place of the text among all extensions, ordered by length and then by digits:
/// `00` is 1, `99` is 100, `000` is 101 and so on, which needs 34 bits. Place 0 stands for none.
package struct ExtensionNumber: Hashable, Comparable, BitwiseCopyable, Sendable {
  /// Digits an extension may have.
  package static let digitCounts = 2...10
  /// Bits that hold any `place`.
  package static let bitWidth: UInt64 = 34

  // What is private here is not inlined into other modules, nor is what uses it.

  /// The place of `9999999999`.
  @inline(__always)
  static var lastPlace: UInt64 { 11_111_111_100 }

  /// The place among all extensions, from 1.
  package let place: UInt64

  /// Makes the extension at a place; `nil` for place 0 and for places past `9999999999`.
  package init?(place: UInt64) {
    guard place > 0 && place <= Self.lastPlace else { return nil }
    self.place = place
  }

  /// Reads 2 to 10 ASCII digits; `nil` for any other text.
  @inline(__always)
  package init?(_ text: Span<UInt8>) {
    guard Self.digitCounts.contains(text.count), let value = DecimalDigits.value(of: text) else {
      return nil
    }
    place = Self.place(of: value, digitCount: text.count)
  }

  /// Reads 2 to 10 ASCII digits; `nil` for any other text.
  package init?(_ text: String) { self.init(Array(text.utf8).span) }

  /// Number of digits.
  @inline(__always)
  package var digitCount: Int {
    // The first place of n digits is (10^n - 91) / 9.
    DecimalDigits.count(of: 9 * place + 91) - 1
  }

  /// The digits read as a number, without leading zeros.
  package var value: UInt64 { place - Self.firstPlace(ofLength: digitCount) }

  /// Whether the first digit is 0.
  package var hasLeadingZero: Bool {
    // For n digits of value v this is 10^n + 9v, a number of n + 1 digits.
    let scaled = 9 * place + 91
    return scaled < 19 * DecimalDigits.powerOfTen(DecimalDigits.count(of: scaled) - 2)
  }

  /// The extension of another length that differs only by leading zeros, or `nil` when there is none.
  package func withDigitCount(_ digitCount: Int) -> Self? {
    guard Self.digitCounts.contains(digitCount), value < DecimalDigits.powerOfTen(digitCount) else {
      return nil
    }
    return Self(place: Self.firstPlace(ofLength: digitCount) + value)
  }

  package static func < (left: Self, right: Self) -> Bool { left.place < right.place }

  /// The place of an extension that was read as a number.
  @inline(__always)
  static func place(of value: UInt64, digitCount: Int) -> UInt64 {
    firstPlace(ofLength: digitCount) + value
  }

  /// The place of the extension of `length` zeros: 1 for two digits, 101 for three.
  @inline(__always)
  static func firstPlace(ofLength length: Int) -> UInt64 {
    // 1 + 100 + 1000 + ... + 10^(length - 1), a geometric series.
    (DecimalDigits.powerOfTen(length) - 91) / 9
  }
}

extension ExtensionNumber: CustomStringConvertible {
  /// The digits.
  package var description: String {
    var buffer = ByteBuffer(minimumCapacity: 10)
    buffer.append(self)
    return String(utf8: buffer.span)
  }
}

extension ByteBuffer {
  /// Adds an extension's digits.
  package mutating func append(_ number: ExtensionNumber) {
    let digitCount = number.digitCount
    append(
      decimal: number.place - ExtensionNumber.firstPlace(ofLength: digitCount),
      width: digitCount
    )
  }
}
