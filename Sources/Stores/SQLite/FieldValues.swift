import Bytes
import ImportModel

/// The values of rows that are about to be written, and the parameters that take them.
///
/// A row is an id or none, a number or none, and the texts of some fields. All are copied once, into
/// a buffer that SQLite then reads in place; its own copies would take an allocation each.
struct FieldValues: ~Copyable {
  /// The bytes of a value; `start` is -1 for NULL.
  struct Value: BitwiseCopyable {
    var start: Int
    var end: Int

    static let null = Value(start: -1, end: -1)
    static let empty = Value(start: 0, end: 0)
  }

  /// Rows that were begun.
  private(set) var rowCount = 0

  private let fieldCount: Int
  /// The place of each field among the fields, by its raw value; -1 when it is not in use.
  private var places: InlineArray<16, Int>
  /// Of each row the id, the number and the texts of the fields.
  private var values = PackedArray<Value>(minimumCapacity: 256)
  private var bytes = ByteBuffer(minimumCapacity: 1 << 12)

  init(_ fields: [Field]) {
    fieldCount = fields.count
    places = InlineArray(repeating: -1)
    for (place, field) in fields.enumerated() { places[Int(field.rawValue)] = place }
  }

  /// Lets go of all rows.
  mutating func removeAll() {
    rowCount = 0
    values.removeAll()
    bytes.removeAll()
  }

  /// Begins another row; texts that are not given are empty.
  mutating func begin() {
    rowCount += 1
    values.append(.null, repetitions: 2)
    values.append(.empty, repetitions: fieldCount)
  }

  /// Takes the text of a field of the last row.
  mutating func set(_ field: Field, _ text: Span<UInt8>) {
    let place = places[Int(field.rawValue)]
    precondition(place >= 0, "a value of a field that is not in use")
    let start = bytes.count
    bytes.append(text)
    values[first(ofRow: rowCount - 1) + 2 + place] = Value(start: start, end: bytes.count)
  }

  /// Takes the 12 bytes of the last row's id.
  mutating func set(_ id: ObjectID) {
    let start = bytes.count
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: id.high >> shift))
    }
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: id.low >> shift))
    }
    values[first(ofRow: rowCount - 1)] = Value(start: start, end: bytes.count)
  }

  /// Takes the digits of the last row's number.
  mutating func set(_ number: ExtensionNumber) {
    let start = bytes.count
    bytes.append(number)
    values[first(ofRow: rowCount - 1) + 1] = Value(start: start, end: bytes.count)
  }

  /// Binds the id of a row; the rows must stay as they are until the statement has run.
  func bindID(ofRow row: Int, to statement: RawStatement, at parameter: Int32) throws {
    let value = values[first(ofRow: row)]
    try statement.bind(blobInPlace: value.start..<value.end, of: bytes, at: parameter)
  }

  /// Binds the number of a row; the rows must stay as they are until the statement has run.
  func bindNumber(ofRow row: Int, to statement: RawStatement, at parameter: Int32) throws {
    try bind(values[first(ofRow: row) + 1], to: statement, at: parameter)
  }

  /// Binds the texts of a row to parameters that follow one another; the rows must stay as they are
  /// until the statement has run.
  func bindTexts(ofRow row: Int, to statement: RawStatement, at parameter: Int32) throws {
    for place in 0..<fieldCount {
      let value = values[first(ofRow: row) + 2 + place]
      try bind(value, to: statement, at: parameter + Int32(truncatingIfNeeded: place))
    }
  }

  private func first(ofRow row: Int) -> Int { row * (2 + fieldCount) }

  private func bind(_ value: Value, to statement: RawStatement, at parameter: Int32) throws {
    if value.start < 0 {
      try statement.bindNull(at: parameter)
    } else {
      try statement.bind(inPlace: value.start..<value.end, of: bytes, at: parameter)
    }
  }
}
