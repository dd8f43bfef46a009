/// Counts the attributes of a start tag that has not ended yet, going on where it stopped.
struct XMLPendingTag {
  /// Whether what was counted last is a start tag and not text, a comment or the like.
  private(set) var isTag = false

  private var start: UInt64 = .max
  private var scannedByteCount = 0
  private var quote: UInt8 = 0
  private var attributeCount = 0

  /// The number of attributes begun in the text, which stands at `offset` of the document.
  mutating func attributeCount(in bytes: Span<UInt8>, at offset: UInt64) -> Int {
    if offset != start {
      self = XMLPendingTag()
      start = offset
      isTag =
        bytes.count > 1 && bytes[0] == 0x3C && bytes[1] != 0x21 && bytes[1] != 0x3F
        && bytes[1] != 0x2F
    }
    guard isTag else { return 0 }
    while scannedByteCount < bytes.count {
      let byte = bytes[scannedByteCount]
      scannedByteCount += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
        attributeCount += 1
      }
    }
    return attributeCount
  }
}
