import Glibc

extension Span<UInt8> {
  /// The place of the first byte equal to `byte` at or after `start`, or `nil` (`memchr(3)`).
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    precondition(start >= 0 && start <= count, "a search outside the bytes")
    let length = count - start
    guard length > 0 else { return nil }
    return withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress, let found = memchr(base + start, Int32(byte), length)
      else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}
