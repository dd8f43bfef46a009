import Crypto

/// The SHA-256 of bytes that pass in order, each once.
struct InputDigest {
  private var function = SHA256()
  /// Bytes that were taken in.
  private(set) var byteCount: UInt64 = 0

  /// Takes in the part of `bytes` that was not seen yet; they stand at `offset` of the whole.
  mutating func see(_ bytes: Span<UInt8>, at offset: UInt64) {
    let end = offset + UInt64(bytes.count)
    guard offset <= byteCount, end > byteCount else { return }
    let fresh = bytes.extracting(Int(byteCount - offset)..<bytes.count)
    fresh.withUnsafeBufferPointer { function.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    byteCount = end
  }

  /// The 32 bytes of the digest so far.
  var bytes: [UInt8] { Array(function.finalize()) }
}
