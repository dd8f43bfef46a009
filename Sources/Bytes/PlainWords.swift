extension Span<UInt8> {
  /// The place after `start` up to which, in steps of 8 bytes, all bytes are printable ASCII without
  /// quotation marks and backslashes.
  ///
  /// Each of the tests sets the high bit of a byte that fails it; a carry can only come from a byte
  /// that fails, so that a word is passed if and only if all its bytes are
  /// (graphics.stanford.edu/~seander/bithacks.html, "Determine if a word has a byte less than n").
  func skippingPlainWords(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* 0x22
    let backslashes = ones &* 0x5C
    var index = start
    while index + 8 <= count {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let belowSpace = word &- ones &* 0x20
      let quote = (word ^ quotes) &- ones
      let backslash = (word ^ backslashes) &- ones
      let fromDelete = word &+ ones
      if (belowSpace | quote | backslash | fromDelete | word) & highs != 0 { break }
      index += 8
    }
    return index
  }
}
