import CScan

/// Which bytes of a 64-byte block matter to a CSV reader; bit 0 is the block's first byte.
package struct BlockMasks: Equatable, Sendable {
  /// The delimiter, the quote, line feeds and carriage returns.
  package var structure: UInt64
  /// Other bytes that are not printable ASCII, and ampersands, which may begin an HTML entity: text
  /// in which they are absent holds nothing that is worth a second look.
  package var odd: UInt64
}

/// Finds the structural bytes of a block.
///
/// Both ways give the same masks; tests hold them together.
package enum BlockScan {
  /// Bytes in a block.
  package static let blockSize = 64

  /// Scans the 64 bytes from `offset` with vector instructions.
  @inline(__always)
  package static func masks(
    of bytes: Span<UInt8>,
    at offset: Int,
    delimiter: UInt8,
    quote: UInt8
  ) -> BlockMasks {
    precondition(offset >= 0 && offset + blockSize <= bytes.count, "a block outside the bytes")
    let masks = bytes.withUnsafeBufferPointer { buffer -> scan_block_masks in
      guard let base = buffer.baseAddress else { return scan_block_masks(structure: 0, odd: 0) }
      return scan_block64(base + offset, delimiter, quote)
    }
    return BlockMasks(structure: masks.structure, odd: masks.odd)
  }

  /// Scans up to 64 bytes from `offset`, one by one: the rule that the fast way must equal.
  package static func plainMasks(
    of bytes: Span<UInt8>,
    at offset: Int,
    delimiter: UInt8,
    quote: UInt8
  ) -> BlockMasks {
    var masks = BlockMasks(structure: 0, odd: 0)
    for place in 0..<min(blockSize, bytes.count - offset) {
      let byte = bytes[offset + place]
      let bit = UInt64(1) << UInt64(place)
      if byte == delimiter || byte == quote || byte == 0x0A || byte == 0x0D {
        masks.structure |= bit
      } else if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "&") {
        masks.odd |= bit
      }
    }
    return masks
  }
}
