private import CScan

/// What a reader of text has to know of a 64-byte block; bit 0 is the block's first byte.
package struct TextMasks: Equatable, Sendable {
  /// The line feeds.
  package var lineFeeds: UInt64
  /// Control bytes other than tabs, line feeds and carriage returns, and bytes beyond ASCII.
  package var odd: UInt64
}

extension BlockScan {
  /// Scans the 64 bytes from `offset` with vector instructions.
  package static func textMasks(of bytes: Span<UInt8>, at offset: Int) -> TextMasks {
    precondition(offset >= 0 && offset + blockSize <= bytes.count, "a block outside the bytes")
    let masks = bytes.withUnsafeBufferPointer { buffer -> scan_text_masks in
      guard let base = buffer.baseAddress else { return scan_text_masks(line_feeds: 0, odd: 0) }
      return scan_text64(base + offset)
    }
    return TextMasks(lineFeeds: masks.line_feeds, odd: masks.odd)
  }

  /// Scans up to 64 bytes from `offset`, one by one: the rule that the fast way must equal.
  package static func plainTextMasks(of bytes: Span<UInt8>, at offset: Int) -> TextMasks {
    var masks = TextMasks(lineFeeds: 0, odd: 0)
    for place in 0..<min(blockSize, bytes.count - offset) {
      let byte = bytes[offset + place]
      let bit = UInt64(1) << UInt64(place)
      if byte == 0x0A {
        masks.lineFeeds |= bit
      } else if byte < 0x20 && byte != 0x09 && byte != 0x0D || byte >= 0x80 {
        masks.odd |= bit
      }
    }
    return masks
  }
}
