package import Bytes
package import ImportModel

/// The UTF-8 text of one input, readable at any place and more than once.
///
/// Offsets count the bytes of the UTF-8 text from 0, a byte order mark included. Text that came
/// from a pipe or in another encoding is kept in a temporary file while it is read for the first
/// time, so that every source can be read again.
package protocol TextSource: AnyObject {
  /// The name the user gave.
  var name: String { get }

  /// Where the text begins: 3 after a UTF-8 byte order mark, else 0.
  var textStart: UInt64 { get }

  /// Adds up to `byteCount` bytes from `offset` to the buffer.
  ///
  /// - Returns: the number of bytes added, which may be fewer than asked for; 0 only at the end.
  /// - Throws: when the input cannot be read or decoded.
  func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost byteCount: Int
  ) throws(ImportError) -> Int
}

extension TextSource {
  /// Gives a stretch of the text in pieces of at most 64 KiB: a record may be huge.
  ///
  /// - Throws: `fileChanged` when the text ends before it, and what `body` throws.
  package func forEachChunk(
    at offset: UInt64,
    byteCount: UInt64,
    _ body: (Span<UInt8>) throws(ImportError) -> Void
  ) throws(ImportError) {
    var buffer = ByteBuffer()
    var done: UInt64 = 0
    while done < byteCount {
      buffer.removeAll()
      let count = try read(
        at: offset + done,
        into: &buffer,
        atMost: Int(min(byteCount - done, 1 << 16))
      )
      if count == 0 {
        throw ImportError(refusing: name, because: Finding(.fileChanged, .refusal))
      }
      try body(buffer.span)
      done += UInt64(count)
    }
  }
}
