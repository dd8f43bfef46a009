import Bytes

/// A MongoDB ObjectId: 12 bytes, written as 24 hexadecimal digits.
///
/// Layout (mongodb.com/docs/manual/reference/bson-types/#objectid): a 4-byte time in seconds since
/// 1970, 5 random bytes, a 3-byte counter. Compared and sorted byte by byte.
package struct ObjectID: Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The first 8 bytes.
  package let high: UInt64
  /// The last 4 bytes.
  package let low: UInt32

  /// Makes an id of its 12 bytes.
  package init(high: UInt64, low: UInt32) {
    self.high = high
    self.low = low
  }

  /// Reads 24 hexadecimal digits of either case; `nil` for any other text.
  @inline(__always)
  package init?(_ text: Span<UInt8>) {
    guard let value = HexDigits.decode24(text) else { return nil }
    self.init(high: value.high, low: value.low)
  }

  /// Reads 24 hexadecimal digits without letters in upper case; `nil` for any other text.
  @inline(__always)
  package init?(lowerCase text: Span<UInt8>) {
    guard let value = HexDigits.decode24(text), !value.hasUpperCase else { return nil }
    self.init(high: value.high, low: value.low)
  }

  /// The moment the id encodes, in seconds since 1970.
  package var secondsSince1970: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }

  /// Whether a text is the id's 24 digits, those above 9 in lower case.
  package func isWritten(as text: Span<UInt8>) -> Bool {
    ObjectID(lowerCase: text) == self
  }

  /// Whether all 12 bytes are zero.
  package var isZero: Bool { high == 0 && low == 0 }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension ObjectID: CustomStringConvertible {
  /// 24 hexadecimal digits in lower case.
  package var description: String {
    var buffer = ByteBuffer(minimumCapacity: 24)
    buffer.append(self)
    return String(utf8: buffer.span)
  }
}

extension ByteBuffer {
  /// Adds an id as 24 hexadecimal digits in lower case.
  package mutating func append(_ id: ObjectID) {
    append(hex: id.high, id.low)
  }
}
