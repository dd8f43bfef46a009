import Bytes

/// A digest of an e-mail address that does not regard ASCII case and outer spaces.
///
/// RingCentral takes addresses that differ only in case for the same person.
package enum EmailDigest {
  /// The digest of an address, or 0 when there is none.
  package static func of(_ address: Span<UInt8>) -> UInt64 {
    var start = 0
    var end = address.count
    while start < end && address[start] <= 0x20 { start += 1 }
    while end > start && address[end - 1] <= 0x20 { end -= 1 }
    guard start < end else { return 0 }
    var folded = ByteBuffer(minimumCapacity: end - start)
    for index in start..<end {
      let byte = address[index]
      folded.append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
    }
    var hash = StableHash()
    hash.combine(folded.span)
    return hash.value
  }

  /// The digest of an address, or 0 when there is none.
  package static func of(_ address: String) -> UInt64 { of(Array(address.utf8).span) }
}
