/// A run of bytes in a buffer: the value of a field.
package struct FieldRange: BitwiseCopyable, Sendable {
  /// The first byte, as an index into the buffer.
  package var start: UInt32
  /// Number of bytes; `UInt32.max` for a field that the record does not have (XML).
  package var count: UInt32

  /// Makes a range.
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  /// A field that the record does not have.
  package static let absent = FieldRange(start: 0, count: .max)

  /// Whether the record lacks the field.
  package var isAbsent: Bool { count == .max }
}
