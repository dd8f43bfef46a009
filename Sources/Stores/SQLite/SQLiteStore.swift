import GRDB
package import ImportModel
import Synchronization

/// A directory store in a SQLite file, which the sqlite3 shell can read too.
///
/// Write-ahead log, full synchronisation: a committed run survives a loss of power.
package final class SQLiteStore: DirectoryStore {
  package let location: String
  let mode: StoreMode
  private let queue: DatabaseQueue
  /// The open file; `nil` once it is closed, and for a store in memory.
  private let file: Mutex<OpenStores.Identity?>

  private init(
    queue: DatabaseQueue,
    file: OpenStores.Identity?,
    location: String,
    mode: StoreMode
  ) {
    self.queue = queue
    self.file = Mutex(file)
    self.location = location
    self.mode = mode
  }

  /// How long to wait for another program that is writing to the store.
  package static let defaultBusyTimeout = Duration.seconds(5)

  /// Opens the store at a path.
  ///
  /// For writing, it is made or brought to the present version when needed. For reading, nothing is
  /// made or changed, and a missing store is empty.
  /// - Throws: `configuration` for what is not a store or a newer one, `outputNotMade` when it cannot
  ///   be made or written, `tryAgainLater` when another program holds it for longer than the timeout.
  package static func open(
    path: String,
    mode: StoreMode,
    busyTimeout: Duration = defaultBusyTimeout
  ) throws(ImportError) -> SQLiteStore {
    do {
      let (queue, file) = try OpenStores.open(path) { isOpen in
        let file = try StoreFile(path, looksInside: !isOpen)
        let opening = StoreOpening(file: file, name: path, busyTimeout: busyTimeout)
        return switch mode {
        case .readOnly: try opening.forReading()
        case .readWrite: try opening.forWriting()
        }
      }
      return SQLiteStore(queue: queue, file: file, location: path, mode: mode)
    } catch {
      throw StoreFailure.describe(error, file: path, mode: mode)
    }
  }

  package func close() {
    // Everything is committed; what cannot be tidied now is tidied by the next one who opens it.
    try? queue.close()
    let open = file.withLock { file in
      defer { file = nil }
      return file
    }
    if let open { OpenStores.close(open) }
  }

  deinit { close() }

  package func holdings() throws(ImportError) -> StoreHoldings {
    try read { db in
      StoreHoldings(
        hasUsers: try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM user)") ?? false,
        hasExtensions: try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM extension)")
          ?? false
      )
    }
  }

  package func counts() throws(ImportError) -> StoreCounts {
    try read { db in
      func count(_ table: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
      }
      return StoreCounts(
        users: try count("user"),
        assignments: try count("user WHERE extension IS NOT NULL"),
        extensions: try count("extension"),
        runs: try count("run")
      )
    }
  }

  /// Reads in one transaction: all at one moment, and locked once and not for every statement.
  func read<Value>(
    _ work: (Database) throws -> Value
  ) throws(ImportError) -> Value {
    try access { db in
      if db.isInsideTransaction { return try work(db) }
      try db.beginTransaction(.deferred)
      // Nothing was written: either way of ending does.
      defer { try? db.rollback() }
      return try work(db)
    }
  }

  /// Writes in one transaction, of which nothing is left when the work throws.
  ///
  /// It begins as one that writes: only there does SQLite wait for other programs.
  func write<Value>(
    _ work: (Database) throws -> Value
  ) throws(ImportError) -> Value {
    precondition(mode == .readWrite, "a store opened for reading is written to")
    return try access { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try work(db)
        return .commit
      }
      guard let value else { preconditionFailure("a transaction without its work") }
      return value
    }
  }

  /// Works with the database; calls may be nested.
  func access<Value>(
    _ work: (Database) throws -> Value
  ) throws(ImportError) -> Value {
    do { return try queue.unsafeReentrantWrite(work) } catch {
      throw StoreFailure.describe(error, file: location, mode: mode)
    }
  }
}
