/// Stands in for swift-crypto's type, whose C library would be built and watched for nothing here:
/// a digest has no branch that depends on the input.
///
/// It sums bytes (FNV-1a); nothing that is fuzzed looks at the result.
public struct SHA256 {
  private var sum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes nothing in yet.
  public init() {}

  /// Takes bytes in.
  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    for byte in bufferPointer { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// Bytes that depend on what was taken in.
  public func finalize() -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: sum >> UInt64($0 % 8 * 8)) }
  }
}
