import Bytes
import GRDB
import ImportModel

/// Changes of the history that made users, gathered to be written many at a time.
///
/// A statement takes about as long to begin and end as one of its rows to be written.
struct NewUserHistory: ~Copyable {
  /// A change that waits.
  struct Change: BitwiseCopyable {
    var sequence: Int64
    var origin: ChangeOrigin
    /// Where the id's digits begin, and where those of the number, if there is one, begin and end.
    var keyStart: Int
    var numberStart: Int
    var end: Int
  }

  /// Rows of a statement.
  private static let rowCount = 16
  /// Parameters of a row.
  private static let parameterCount: Int32 = 6

  private let db: Database
  private let run: RunID
  private var many: RawStatement?
  private var one: RawStatement?
  private var changes = PackedArray<Change>(minimumCapacity: rowCount)
  private var bytes = ByteBuffer(minimumCapacity: 1 << 10)

  init(_ db: Database, run: RunID) {
    self.db = db
    self.run = run
  }

  /// Takes a change; `flush` must follow the last one.
  mutating func add(
    _ id: ObjectID,
    sequence: Int64,
    origin: ChangeOrigin,
    number: ExtensionNumber?
  ) throws {
    let keyStart = bytes.count
    bytes.append(id)
    let numberStart = bytes.count
    if let number { bytes.append(number) }
    changes.append(
      Change(
        sequence: sequence,
        origin: origin,
        keyStart: keyStart,
        numberStart: numberStart,
        end: bytes.count
      )
    )
    guard changes.count == Self.rowCount else { return }
    let statement = try many ?? statement(rowCount: Self.rowCount)
    many = statement
    for index in 0..<changes.count { try bind(changes[index], to: statement, row: index) }
    try statement.run()
    changes.removeAll()
    bytes.removeAll()
  }

  /// Writes the changes that wait.
  mutating func flush() throws {
    guard !changes.isEmpty else { return }
    let statement = try one ?? statement(rowCount: 1)
    one = statement
    for index in 0..<changes.count {
      try bind(changes[index], to: statement, row: 0)
      try statement.run()
    }
    changes.removeAll()
    bytes.removeAll()
  }

  private func statement(rowCount: Int) throws -> RawStatement {
    let action = ChangeRecord.Action.created.rawValue
    let kind = ChangeRecord.Subject.user.rawValue
    let row = "(\(run.number), ?, ?, ?, ?, '\(kind)', ?, NULL, ?, NULL, '\(action)')"
    let rows = [String](repeating: row, count: rowCount).joined(separator: ", ")
    return try RawStatement(
      db,
      """
      INSERT INTO change (run, sequence, "row", input, input_row, kind, key, before_extension,
        after_extension, before_record, action)
      VALUES \(rows)
      """
    )
  }

  private func bind(_ change: Change, to statement: RawStatement, row: Int) throws {
    let first = Int32(truncatingIfNeeded: row) * Self.parameterCount + 1
    try statement.bind(change.sequence, at: first)
    try statement.bind(Int64(change.origin.row), at: first + 1)
    try statement.bind(Int64(change.origin.input), at: first + 2)
    try statement.bind(Int64(change.origin.inputRow), at: first + 3)
    let (key, number) = (change.keyStart..<change.numberStart, change.numberStart..<change.end)
    try statement.bind(inPlace: key, of: bytes, at: first + 4)
    if number.isEmpty {
      try statement.bindNull(at: first + 5)
    } else {
      try statement.bind(inPlace: number, of: bytes, at: first + 5)
    }
  }
}
