import CScan

extension BlockScan {
  /// Where a value ends that stands in markup, found with vector instructions: the place of the first
  /// byte from `offset` on that is `closing`, `<`, `&`, `]` or a control byte, or the number of bytes.
  @inline(__always)
  package static func valueEnd(of bytes: Span<UInt8>, from offset: Int, closing: UInt8) -> Int {
    precondition(offset >= 0 && offset <= bytes.count, "a value outside the bytes")
    return bytes.withUnsafeBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return 0 }
      let count = UInt64(buffer.count - offset)
      return offset + Int(scan_value_end(base + offset, count, closing))
    }
  }

  /// Where a value ends, found one byte after the other: the rule that the fast way must equal.
  package static func plainValueEnd(
    of bytes: Span<UInt8>,
    from offset: Int,
    closing: UInt8
  ) -> Int {
    var place = offset
    while place < bytes.count {
      let byte = bytes[place]
      if byte == closing || byte < 0x20 { break }
      if byte == 0x3C || byte == 0x26 || byte == 0x5D { break }
      place += 1
    }
    return place
  }
}
