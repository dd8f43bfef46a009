import GRDB
import ImportModel

/// Writes the entries of one run's journal.
///
/// Its statement is kept with the connection.
struct DeliveryTable {
  private let writing: RawStatement

  init(_ db: Database, run: RunID) throws {
    writing = try RawStatement(
      db,
      cached: """
        INSERT INTO delivery
          (run, "row", state, attempts, reason, status, error, message, extension_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (run, "row") DO UPDATE SET state = excluded.state,
          attempts = excluded.attempts, reason = excluded.reason, status = excluded.status,
          error = excluded.error, message = excluded.message,
          extension_id = coalesce(excluded.extension_id, extension_id)
        """
    )
    try writing.bind(run.number, at: 1)
  }

  /// Writes an entry in place of the one of its row.
  func write(_ entry: DeliveryEntry) throws {
    try writing.bind(Int64(entry.row), at: 2)
    try writing.bind(entry.state.rawValue, at: 3)
    try writing.bind(Int64(entry.attempts), at: 4)
    try bind(entry.reason?.entry.name, at: 5)
    if let status = entry.status {
      try writing.bind(Int64(status), at: 6)
    } else {
      try writing.bindNull(at: 6)
    }
    try bind(entry.error?.rawValue, at: 7)
    try writing.bind(entry.message, at: 8)
    if let id = entry.extensionID {
      try writing.bind(Int64(bitPattern: id), at: 9)
    } else {
      try writing.bindNull(at: 9)
    }
    try writing.run()
  }

  private func bind(_ text: String?, at parameter: Int32) throws {
    if let text {
      try writing.bind(text, at: parameter)
    } else {
      try writing.bindNull(at: parameter)
    }
  }

  /// The entries of a run by row.
  static func entries(of run: RunID, in db: Database) throws -> [DeliveryEntry] {
    let statement = try RawStatement(
      db,
      """
      SELECT "row", state, attempts, reason, status, error, message, extension_id
      FROM delivery WHERE run = ?1 ORDER BY "row"
      """
    )
    try statement.bind(run.number, at: 1)
    var entries: [DeliveryEntry] = []
    while try statement.step() {
      entries.append(
        DeliveryEntry(
          row: UInt32(truncatingIfNeeded: statement.integer(0)),
          // The check of the table knows no other states.
          state: DeliveryState(rawValue: statement.string(1)) ?? .open,
          attempts: Int(statement.integer(2)),
          reason: statement.isNull(3) ? nil : ReasonCode(named: statement.string(3)),
          status: statement.isNull(4) ? nil : Int(statement.integer(4)),
          error: statement.isNull(5) ? nil : APIError(rawValue: statement.string(5)),
          message: statement.string(6),
          extensionID: statement.isNull(7) ? nil : UInt64(bitPattern: statement.integer(7))
        )
      )
    }
    return entries
  }
}
