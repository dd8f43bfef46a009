/// Where bytes lie in a buffer, packed into 8 bytes, or that there are none to be found there.
package struct ByteRange: BitwiseCopyable, Sendable {
  /// The first byte, as an index into the buffer.
  package var start: UInt32
  /// Number of bytes; `UInt32.max` for what is not there, such as a field that a record of XML lacks.
  package var count: UInt32

  /// Makes a range.
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  /// Makes a range of places below 4 GiB.
  package init(_ range: Range<Int>) {
    start = UInt32(range.lowerBound)
    count = UInt32(range.count)
  }

  /// Of what is not there.
  package static let absent = ByteRange(start: 0, count: .max)

  /// Whether there is nothing, not even an empty run of bytes.
  package var isAbsent: Bool { count == .max }

  /// The places of the bytes; empty for what is not there.
  @inline(__always)
  package var range: Range<Int> {
    isAbsent ? 0..<0 : Int(start)..<Int(start) + Int(count)
  }
}
