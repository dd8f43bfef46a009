import Bytes
import GRDB
import ImportModel

/// Writes users, with the same fields each; new ones many at a time.
///
/// A statement takes about half as long to begin and end as one of its rows to be written.
final class UserTable {
  private let db: Database
  private let columns: [String]
  private let inserting: RawStatement
  private var insertingMany: RawStatement?
  /// Writes the fields and the number.
  private let updating: RawStatement
  /// Writes the fields alone; there may be none.
  private let keeping: RawStatement?
  private let reading: RawStatement
  private var user: UserWrite?
  /// The user that is being written, and new ones before it that wait.
  private var values: FieldValues
  /// The ids of the new users that wait.
  private var waiting = PackedArray<ObjectID>(minimumCapacity: waitingCount)
  /// Whether the user that is being written was begun before, which must show at once.
  private var isRepeated = false

  /// New users that are written by one statement.
  private static let waitingCount = 16

  init(_ db: Database, fields: [Field]) throws {
    self.db = db
    columns = fields.map(\.storeColumn)
    let parameters = fields.indices.map { "?\($0 + 3)" }
    let settings = zip(columns, parameters).map { "\($0) = \($1)" }
    inserting = try RawStatement(db, Self.insertion(of: columns, rowCount: 1))
    updating = try RawStatement(
      db,
      """
      UPDATE user SET \((["extension = ?2"] + settings).joined(separator: ", ")) WHERE id = ?1
      """
    )
    keeping =
      fields.isEmpty
      ? nil
      : try RawStatement(
        db,
        "UPDATE user SET \(settings.joined(separator: ", ")) WHERE id = ?1"
      )
    reading = try RawStatement(
      db,
      "SELECT \(Field.storeJSON(fields)), extension FROM user WHERE id = ?1"
    )
    values = FieldValues(fields)
  }

  private static func insertion(of columns: [String], rowCount: Int) -> String {
    let columns = ["id", "extension"] + columns
    let row = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
    return """
      INSERT INTO user (\(columns.joined(separator: ", ")))
      VALUES \([String](repeating: row, count: rowCount).joined(separator: ", "))
      """
  }

  /// Begins to write a user.
  func begin(_ user: UserWrite) throws {
    self.user = user
    isRepeated = (0..<waiting.count).contains { waiting[$0] == user.id }
    if isRepeated || !user.isNew { try flush() }
    values.begin()
  }

  /// Takes the text of a field.
  func set(_ field: Field, _ value: Span<UInt8>) { values.set(field, value) }

  /// Writes the user, and into the history what was there before.
  ///
  /// - Returns: why it is impossible, if it is.
  func finish(history: ChangeHistory) throws -> String? {
    guard let user else { preconditionFailure("a user was not begun") }
    let after: ExtensionNumber? =
      switch user.number {
      case .keep, .clear: nil
      case .set(let number): number
      }
    values.set(user.id)
    if let after { values.set(after) }
    if user.isNew {
      try history.add(
        user: user.id,
        origin: user.origin,
        before: user.before,
        after: after,
        record: nil
      )
      waiting.append(user.id)
      if isRepeated || waiting.count == Self.waitingCount { try flush() }
      return nil
    }
    return try change(user, to: after, history: history)
  }

  private func change(
    _ user: UserWrite,
    to after: ExtensionNumber?,
    history: ChangeHistory
  ) throws -> String? {
    defer { values.removeAll() }
    reading.reset()
    try reading.bind(user.id, at: 1)
    guard try reading.step() else { return "user \(user.id) is gone" }
    try history.add(
      user: user.id,
      origin: user.origin,
      before: user.number == .keep ? reading.number(1) : user.before,
      after: user.number == .keep ? reading.number(1) : after,
      record: reading
    )
    reading.reset()
    guard let statement = user.number == .keep ? keeping : updating else { return nil }
    try values.bindID(ofRow: 0, to: statement, at: 1)
    if user.number != .keep { try values.bindNumber(ofRow: 0, to: statement, at: 2) }
    try values.bindTexts(ofRow: 0, to: statement, at: 3)
    try statement.run()
    return nil
  }

  /// Writes the new users that wait.
  func flush() throws {
    guard !waiting.isEmpty else { return }
    defer {
      waiting.removeAll()
      values.removeAll()
    }
    if waiting.count == Self.waitingCount {
      let sql = Self.insertion(of: columns, rowCount: Self.waitingCount)
      let statement = try insertingMany ?? RawStatement(db, sql)
      insertingMany = statement
      let rowWidth = Int32(truncatingIfNeeded: columns.count + 2)
      for row in 0..<waiting.count {
        try bind(row, to: statement, at: Int32(truncatingIfNeeded: row) * rowWidth + 1)
      }
      return try statement.run()
    }
    for row in 0..<waiting.count {
      try bind(row, to: inserting, at: 1)
      try inserting.run()
    }
  }

  private func bind(_ row: Int, to statement: RawStatement, at parameter: Int32) throws {
    try values.bindID(ofRow: row, to: statement, at: parameter)
    try values.bindNumber(ofRow: row, to: statement, at: parameter + 1)
    try values.bindTexts(ofRow: row, to: statement, at: parameter + 2)
  }
}
