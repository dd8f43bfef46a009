extension Span<UInt8> {
  /// The place of the first byte at or after `start` that is not printable ASCII, or is a quotation
  /// mark or a backslash; the number of bytes when there is none.
  ///
  /// Looks at 8 bytes a step. Each of the tests sets the high bit of a byte that fails it; a carry can
  /// only come from a byte that fails, so that the lowest high bit is that of the first one
  /// (graphics.stanford.edu/~seander/bithacks.html, "Determine if a word has a byte less than n").
  package func firstSpecial(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* 0x22
    let backslashes = ones &* 0x5C
    var index = start
    while index + 8 <= count {
      let word = UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let belowSpace = word &- ones &* 0x20
      let quote = (word ^ quotes) &- ones
      let backslash = (word ^ backslashes) &- ones
      let fromDelete = word &+ ones
      let failing = (belowSpace | quote | backslash | fromDelete | word) & highs
      if failing != 0 { return index + failing.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      let byte = self[index]
      if byte < 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C { break }
      index += 1
    }
    return index
  }

  /// The place of the first byte at or after `start` that is not printable ASCII, or is an ampersand;
  /// the number of bytes when there is none.
  ///
  /// Likewise.
  package func firstOdd(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 8 <= count {
      let word = UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let belowSpace = word &- ones &* 0x20
      let ampersand = (word ^ ones &* 0x26) &- ones
      let fromDelete = word &+ ones
      let failing = (belowSpace | ampersand | fromDelete | word) & highs
      if failing != 0 { return index + failing.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index] &- 0x20 <= 0x5E, self[index] != 0x26 { index += 1 }
    return index
  }

  /// The place of the first byte at or after `start` that is not ASCII, or the number of bytes.
  func firstBeyondASCII(from start: Int) -> Int {
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 8 <= count {
      let word = UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      if word & highs != 0 { return index + (word & highs).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index] < 0x80 { index += 1 }
    return index
  }
}
