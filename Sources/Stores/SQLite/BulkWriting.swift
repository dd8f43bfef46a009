import GRDB

/// What makes many writes of one transaction cheaper and leaves the same behind.
///
/// The checks of the tables' columns are left out: the types of what is written hold to them, and
/// with 1 M rows they take more time than all the rest. In a store without users the index of their
/// numbers is built from all of them at once, which finds equal numbers just as well.
struct BulkWriting {
  private let db: Database
  /// How the index is made that waits for its rows.
  private var index: String?

  private static let indexName = "user_extension"
  /// SQLite sorts as much at once as the page cache may hold, here in KiB: what lies in the
  /// processor's own cache is sorted in two thirds of the time, and merged from a temporary file.
  private static let sortingCacheSize = -2048

  /// Prepares a transaction for many writes; at its end `end` must follow, whatever happened.
  init(_ db: Database) throws {
    self.db = db
    try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
    let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM user)")
    guard isEmpty == true else { return }
    index = try String.fetchOne(
      db,
      sql: "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?",
      arguments: [Self.indexName]
    )
    if index != nil { try db.execute(sql: "DROP INDEX \(Self.indexName)") }
  }

  /// Builds what was left for later.
  ///
  /// - Throws: also when two users have one number.
  func finish() throws {
    guard let index else { return }
    let cacheSize = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
    try db.execute(sql: "PRAGMA cache_size = \(Self.sortingCacheSize)")
    // An assignment of a size does not fail.
    defer { try? db.execute(sql: "PRAGMA cache_size = \(cacheSize)") }
    try db.execute(sql: index)
  }

  /// Works without looking for the run of every change, which is there from the beginning.
  ///
  /// Only outside of a transaction can that be switched off.
  static func withoutForeignKeys<Value>(
    _ db: Database,
    _ work: () throws -> Value
  ) throws -> Value {
    try db.execute(sql: "PRAGMA foreign_keys = OFF")
    // An assignment of a flag does not fail.
    defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
    return try work()
  }

  /// Checks values again, which is the connection's matter and not that of the transaction.
  static func end(_ db: Database) {
    // An assignment of a flag does not fail.
    try? db.execute(sql: "PRAGMA ignore_check_constraints = OFF")
  }
}
