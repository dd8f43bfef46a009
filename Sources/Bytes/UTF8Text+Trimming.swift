extension UTF8Text {
  /// The bytes without spaces, tabs and line breaks at both ends, as a range of places.
  ///
  /// This is the white space that every reader of a cell takes off before it looks at the value.
  package static func trimmedRange(of bytes: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = bytes.count
    while start < end && isWhiteSpace(bytes[start]) { start += 1 }
    while end > start && isWhiteSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Whether a byte is a space, a tab, a line feed or a carriage return.
  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte <= 0x20 && (byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D)
  }
}
