/// A 64-bit digest of bytes that is the same in every process, for telling whether text changed.
///
/// Not a defence against somebody who builds collisions; two texts meet by chance once in 2^64.
/// A multiply-and-fold hash in the manner of wyhash (github.com/wangyi-fudan/wyhash).
package struct StableHash: Sendable {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Makes a digest of nothing.
  package init() {}

  /// Adds a value's bytes and its length, so that `ab`,`c` differs from `a`,`bc`.
  package mutating func combine(_ bytes: Span<UInt8>) {
    var offset = 0
    while offset + 8 <= bytes.count {
      var word: UInt64 = 0
      for place in 0..<8 { word |= UInt64(bytes[offset + place]) << UInt64(8 * place) }
      mix(word)
      offset += 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      tail |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    mix(tail ^ UInt64(bytes.count) << 56)
  }

  /// Adds a value under a tag, so that the same text elsewhere counts differently.
  package mutating func combine(tag: UInt8, _ bytes: Span<UInt8>) {
    mix(UInt64(tag) + 1)
    combine(bytes)
  }

  /// The digest of all that was added.
  package var value: UInt64 { state }

  private mutating func mix(_ word: UInt64) {
    let product = (state ^ word ^ 0xA076_1D64_78BD_642F)
      .multipliedFullWidth(by: word ^ 0xE703_7ED1_A0B4_28DB)
    state = product.high ^ product.low ^ (state << 7 | state >> 57)
  }
}
