import Bytes

/// A digest of what a user's or an extension's record says beside its key, to tell whether it
/// changed.
///
/// Values without text count for nothing, so that a column that is missing, or that turns up late in
/// XML, is the same as an empty one. Rows and stores digest the same fields in the order of
/// `Field.profile` or `Field.inventory`.
package struct RecordDigest: Sendable {
  private var hash = StableHash()

  /// Makes a digest of an empty record.
  package init() {}

  /// Adds a field's value without outer white space.
  package mutating func add(_ field: Field, _ value: Span<UInt8>) {
    var start = 0
    if field == .extensionID {
      // A number, which stores keep without leading zeros.
      while start + 1 < value.count && value[start] == 0x30 { start += 1 }
    }
    if value.isEmpty { return }
    hash.combine(tag: field.rawValue, value.extracting(start..<value.count))
  }

  /// The digest of all that was added.
  package var value: UInt64 { hash.value }
}
