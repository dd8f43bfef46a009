import Bytes
package import ImportModel
package import Rows

/// A copy of one row of a batch, to compare and to print in tests.
package struct ReadRow: Equatable, Sendable {
  package var position: Position
  package var byteCount: UInt64
  package var lineCount: UInt32
  /// The fields' bytes; `nil` for a field that the record does not have.
  package var fields: [[UInt8]?]
  package var damage: ReasonCode?
  package var damageNumber: UInt32
  package var damageLimit: UInt32
  /// What the reader noticed.
  ///
  /// What it may say of the fields for speed's sake, or not, is left out where it is true.
  package var features: RowFeatures

  /// Copies a row.
  ///
  /// Absent fields at the end are left out: a reader whose columns grow may or may not give them.
  package init(_ index: Int, of batch: borrowing RowBatch) {
    let head = batch.rows[index]
    position = head.position
    byteCount = head.byteCount
    lineCount = head.lineCount
    damage = head.damage
    damageNumber = head.damageNumber
    damageLimit = head.damageLimit
    features = head.features
    fields = []
    for column in 0..<Int(head.fieldCount) {
      guard !batch.range(ofColumn: column, row: index).isAbsent else {
        fields.append(nil)
        continue
      }
      let value = batch.value(ofColumn: column, row: index)
      fields.append(value.indices.map { value[$0] })
    }
    while fields.last == .some(nil) { fields.removeLast() }
    removeTrueHints()
  }

  /// Removes from the features what is true of all fields.
  private mutating func removeTrueHints() {
    let present = fields.compactMap(\.self)
    if present.joined().allSatisfy({ 0x20..<0x7F ~= $0 }), !present.contains(where: Self.hasEntity)
    {
      features.remove(.isPlain)
    }
    if present.allSatisfy({ field in
      !" =#".utf8.contains(field.first ?? 0) && field.last != UInt8(ascii: " ")
    }) {
      features.remove(.hasCleanEdges)
    }
    if !present.joined().contains(UInt8(ascii: " ")) { features.remove(.hasNoSpaces) }
  }

  /// Whether some HTML entity may begin in a value.
  private static func hasEntity(_ value: [UInt8]) -> Bool {
    guard value.contains(UInt8(ascii: "&")) else { return false }
    return String(decoding: value, as: UTF8.self).contains(/&[A-Za-z0-9#]+;/)
  }

  /// The fields as text; absent ones as `nil`, invalid UTF-8 as U+FFFD.
  package var texts: [String?] {
    fields.map { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
  }
}
