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

  /// The place of the first occurrence of some bytes, at least one, at or after `start`, or `nil`.
  package func firstRange(of bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var place = start
    while let found = firstIndex(of: bytes[0], from: place), found + bytes.count <= count {
      if agrees(with: bytes, from: found) { return found..<found + bytes.count }
      place = found + 1
    }
    return nil
  }

  /// Whether the bytes from `start` on, as many of them as there are, are those that `bytes` begins
  /// with (`memcmp(3)`).
  @inline(__always)
  package func agrees(with bytes: Span<UInt8>, from start: Int) -> Bool {
    precondition(start >= 0 && start <= count, "a comparison outside the bytes")
    return withUnsafeBufferPointer { buffer -> Bool in
      bytes.withUnsafeBufferPointer { other -> Bool in
        guard let base = buffer.baseAddress, let first = other.baseAddress else { return true }
        return memcmp(base + start, first, min(buffer.count - start, other.count)) == 0
      }
    }
  }
}
