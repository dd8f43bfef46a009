import GRDB
import ImportModel

/// Writes users, with the same fields each.
struct UserTable {
  private let inserting: RawStatement
  /// Writes the fields and the number.
  private let updating: RawStatement
  /// Writes the fields alone; there may be none.
  private let keeping: RawStatement?
  private let reading: RawStatement
  private var user: UserWrite?
  var values: FieldValues

  init(_ db: Database, fields: [Field]) throws {
    let columns = fields.map(\.storeColumn)
    let parameters = fields.indices.map { "?\($0 + 3)" }
    let settings = zip(columns, parameters).map { "\($0) = \($1)" }
    inserting = try RawStatement(
      db,
      """
      INSERT INTO user (\((["id", "extension"] + columns).joined(separator: ", ")))
      VALUES (\((["?1", "?2"] + parameters).joined(separator: ", ")))
      """
    )
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
    values = FieldValues(fields, first: 3)
  }

  private func statement(for user: UserWrite) -> RawStatement? {
    if user.isNew { return inserting }
    return user.number == .keep ? keeping : updating
  }

  /// Begins to write a user.
  mutating func begin(_ user: UserWrite) throws {
    self.user = user
    values.begin(statement(for: user) ?? inserting)
  }

  /// Writes the user, and into the history what was there before.
  ///
  /// - Returns: why it is impossible, if it is.
  mutating func finish(history: ChangeHistory) throws -> String? {
    guard let user else { preconditionFailure("a user was not begun") }
    let after: ExtensionNumber? =
      switch user.number {
      case .keep, .clear: nil
      case .set(let number): number
      }
    try values.fillMissing()
    if user.isNew {
      try history.add(
        user: user.id,
        origin: user.origin,
        before: user.before,
        after: after,
        record: nil
      )
    } else {
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
    }
    guard let statement = statement(for: user) else { return nil }
    try statement.bind(user.id, at: 1)
    if user.isNew || user.number != .keep { try statement.bind(after, at: 2) }
    try statement.run()
    return nil
  }
}
