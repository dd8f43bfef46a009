extension Span<UInt8> {
  /// The place after `start` up to which, in steps of 8 bytes, all bytes are printable ASCII without
  /// quotation marks and backslashes.
  func skippingPlainWords(from start: Int) -> Int {
    skippingPlainWords(from: start, without: 0x22, 0x5C)
  }

  /// The place after `start` up to which, in steps of 8 bytes, all bytes are printable ASCII other
  /// than two certain ones.
  ///
  /// Each of the tests sets the high bit of a byte that fails it; a carry can only come from a byte
  /// that fails, so that a word is passed if and only if all its bytes are
  /// (graphics.stanford.edu/~seander/bithacks.html, "Determine if a word has a byte less than n").
  @inline(__always)
  func skippingPlainWords(from start: Int, without first: UInt8, _ second: UInt8) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let firsts = ones &* UInt64(first)
    let seconds = ones &* UInt64(second)
    var index = start
    while index + 8 <= count {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let belowSpace = word &- ones &* 0x20
      let isFirst = (word ^ firsts) &- ones
      let isSecond = (word ^ seconds) &- ones
      let fromDelete = word &+ ones
      if (belowSpace | isFirst | isSecond | fromDelete | word) & highs != 0 { break }
      index += 8
    }
    return index
  }
}
