import Rows
import ImportModel

/// A row at work: its index in the batch and what was found out about it as a whole.
struct RowView {
  var row: Int
  var head: RowHead
  var spoiled: SpoiledFields

  /// Whether a column begins with a byte order mark that belongs at the start of a file.
  func startsWithMark(_ column: Int) -> Bool { spoiled.hasLeadingMark && column == 0 }
}

/// Fields whose cells are already known to be bad, so that looking into them says nothing new.
struct SpoiledFields {
  private var bits: UInt16 = 0
  /// Whether the record begins with a byte order mark.
  var hasLeadingMark = false

  mutating func insert(_ field: Field) { bits |= 1 << UInt16(field.rawValue) }

  func contains(_ field: Field) -> Bool { bits & 1 << UInt16(field.rawValue) != 0 }
}
