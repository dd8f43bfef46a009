import Bytes
import ImportModel

/// What a reader noticed about a row that is not damage.
package struct RowFeatures: OptionSet, BitwiseCopyable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Some byte of the record is not ASCII.
  package static let hasHighBytes = RowFeatures(rawValue: 1 << 0)
  /// The record reads like a total below the data; it counts as one only at the end of the input.
  package static let looksLikeFooter = RowFeatures(rawValue: 1 << 1)
  /// The input ends with the record and without a line end.
  package static let endsWithoutLineEnd = RowFeatures(rawValue: 1 << 2)
  /// Empty fields beyond the header's width were left out.
  package static let hadTrailingDelimiters = RowFeatures(rawValue: 1 << 3)
  /// Some byte of the record is a NUL.
  package static let hasNUL = RowFeatures(rawValue: 1 << 4)
  /// All fields are printable ASCII, and no HTML entity begins with an ampersand in them.
  ///
  /// A record that is not said to be plain may still be.
  package static let isPlain = RowFeatures(rawValue: 1 << 5)
  /// No field begins with a space, an equals sign or a number sign, and none ends with a space.
  ///
  /// Here too, and below, a record of which it is not said may still be like that.
  package static let hasCleanEdges = RowFeatures(rawValue: 1 << 6)
  /// No field has a space.
  package static let hasNoSpaces = RowFeatures(rawValue: 1 << 7)

  /// Whether some feature of a set is there; `SetAlgebra` asks this far slower.
  package func hasAny(of features: RowFeatures) -> Bool {
    rawValue & features.rawValue != 0
  }
}

/// One record of a batch.
package struct RowHead: BitwiseCopyable, Sendable {
  /// Where the record stands in the input.
  package var position: Position
  /// Bytes of the record in the input's UTF-8 text, from `position.offset`, without its line end.
  package var byteCount: UInt64
  /// The record's first field, as an index into the batch's fields.
  package var firstField: UInt32
  /// Number of the record's fields.
  package var fieldCount: UInt32
  /// Physical lines the record spans.
  package var lineCount: UInt32
  /// Why the record as a whole cannot be trusted; its fields are then what could be made out.
  package var damage: ReasonCode?
  package var features: RowFeatures
  /// The number and the limit that the damage's sentence needs.
  package var damageNumber: UInt32
  package var damageLimit: UInt32

  /// Makes an undamaged record.
  package init(
    position: Position,
    byteCount: UInt64,
    firstField: UInt32,
    fieldCount: UInt32,
    lineCount: UInt32
  ) {
    self.position = position
    self.byteCount = byteCount
    self.firstField = firstField
    self.fieldCount = fieldCount
    self.lineCount = lineCount
    damage = nil
    features = []
    damageNumber = 0
    damageLimit = 0
  }
}

/// Records read together: their bytes, and where each field lies in them.
///
/// One batch is refilled again and again, so that reading a row allocates nothing. A field's bytes
/// are its value: quotes are taken off and doubled ones undone, entities are resolved. Bytes are
/// UTF-8 unless the input was not; then they are what stood there.
package struct RowBatch: ~Copyable {
  package var bytes: ByteBuffer
  package var fields: PackedArray<ByteRange>
  package var rows: PackedArray<RowHead>
  /// Records that are in none of these, of a reader that was told what sound ones are like.
  package var sound = SoundRows()

  /// Makes an empty batch.
  package init() {
    bytes = ByteBuffer(minimumCapacity: 1 << 18)
    fields = PackedArray(minimumCapacity: 1 << 12)
    rows = PackedArray(minimumCapacity: 1 << 9)
  }

  /// Number of records that have a head and fields.
  package var count: Int { rows.count }

  /// Number of all records.
  package var totalCount: Int { rows.count + sound.count }

  /// Where the last record begins; `nil` without any.
  package var lastOffset: UInt64? {
    guard let run = sound.runs.last, run.precedingCount == rows.count, let keys = sound.keys.last
    else { return rows.last?.position.offset }
    return run.position.offset + UInt64(keys.distance)
  }

  /// Removes everything and keeps the memory.
  package mutating func removeAll() {
    bytes.removeAll()
    fields.removeAll()
    rows.removeAll()
    sound.removeAll()
  }

  /// Where the value of a column lies; absent when the record has no such field.
  @inline(__always)
  package func range(ofColumn column: Int, row: Int) -> ByteRange {
    let head = rows[row]
    guard column >= 0 && column < Int(head.fieldCount) else { return .absent }
    return fields[Int(head.firstField) + column]
  }

  /// The value of a column; empty when the record has no such field.
  @inline(__always)
  @_lifetime(borrow self)
  package func value(ofColumn column: Int, row: Int) -> Span<UInt8> {
    bytes.span(range(ofColumn: column, row: row).range)
  }
}
