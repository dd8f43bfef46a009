import CScan

/// A value in markup, as far as it is plain text.
package struct ValueRun: Equatable, Sendable {
  /// The place of the first byte that is the closing one, `<`, `&`, `]` or a control byte; the number of
  /// bytes when there is none.
  package var end: Int
  /// Whether all bytes before it are ASCII.
  package var isASCII: Bool
}

extension BlockScan {
  /// Goes over a value from `offset` to what ends it, with vector instructions.
  @inline(__always)
  package static func value(
    in bytes: Span<UInt8>,
    from offset: Int,
    closing: UInt8
  ) -> ValueRun {
    precondition(offset >= 0 && offset <= bytes.count, "a value outside the bytes")
    let run = bytes.withUnsafeBufferPointer { buffer -> scan_value_run in
      guard let base = buffer.baseAddress else { return scan_value_run() }
      return scan_value(base + offset, UInt64(buffer.count - offset), closing)
    }
    return ValueRun(end: offset + Int(run.end), isASCII: run.high == 0)
  }

  /// Goes over a value one byte after the other: the rule that the fast way must equal.
  package static func plainValue(
    in bytes: Span<UInt8>,
    from offset: Int,
    closing: UInt8
  ) -> ValueRun {
    var run = ValueRun(end: offset, isASCII: true)
    while run.end < bytes.count {
      let byte = bytes[run.end]
      if byte == closing || byte < 0x20 || byte == 0x7F { break }
      if byte == 0x3C || byte == 0x26 || byte == 0x5D { break }
      if byte >= 0x80 { run.isASCII = false }
      run.end += 1
    }
    return run
  }
}
