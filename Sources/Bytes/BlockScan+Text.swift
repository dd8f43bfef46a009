import CScan

/// What a reader of text has to know of the blocks that hold nothing strange.
package struct TextRun: Equatable, Sendable {
  /// Bytes in whole blocks without control bytes, other than tabs, line feeds and carriage returns,
  /// and without bytes beyond ASCII.
  package var byteCount = 0
  /// Line feeds among them.
  package var lineFeedCount = 0
  /// The place after the last of these, from the run's first byte; 0 when there is none.
  package var lineStart = 0
}

extension BlockScan {
  /// Goes over the text from `offset`, up to the first block with a strange byte, with vector
  /// instructions.
  package static func textRun(of bytes: Span<UInt8>, from offset: Int) -> TextRun {
    precondition(offset >= 0 && offset <= bytes.count, "a run outside the bytes")
    let run = bytes.withUnsafeBufferPointer { buffer -> scan_text_run in
      guard let base = buffer.baseAddress else { return scan_text_run() }
      return scan_text(base + offset, UInt64(buffer.count - offset))
    }
    return TextRun(
      byteCount: Int(run.byte_count),
      lineFeedCount: Int(run.line_feed_count),
      lineStart: Int(run.line_start)
    )
  }

  /// Goes over the text one byte after the other: the rule that the fast way must equal.
  package static func plainTextRun(of bytes: Span<UInt8>, from offset: Int) -> TextRun {
    var run = TextRun()
    while offset + run.byteCount + blockSize <= bytes.count {
      var next = run
      for place in run.byteCount..<run.byteCount + blockSize {
        let byte = bytes[offset + place]
        if byte == 0x0A {
          next.lineFeedCount += 1
          next.lineStart = place + 1
        } else if byte < 0x20 && byte != 0x09 && byte != 0x0D || byte >= 0x80 {
          return run
        }
      }
      next.byteCount += blockSize
      run = next
    }
    return run
  }
}
