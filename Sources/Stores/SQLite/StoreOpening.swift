import GRDB
import ImportModel

/// The ways in which a store's file is opened.
struct StoreOpening {
  let file: StoreFile
  /// The store's name for people.
  let name: String
  let busyTimeout: Duration

  /// Opens for writing; makes the file and its tables when needed.
  func forWriting() throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: file.path, configuration: configuration())
    try queue.inDatabase { db in
      // Looked at before anything is changed.
      _ = try SQLiteSchema.content(db, name: name)
      let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard journal == "wal" else {
        throw ImportError(
          .outputNotMade,
          "the store cannot be opened for writing",
          hint: "its folder must be writable and on a local disk",
          file: name
        )
      }
      try SQLiteSchema.migrate(db, name: name)
    }
    return queue
  }

  /// Opens for reading; what is not there is empty.
  func forReading() throws -> DatabaseQueue {
    // A log alone is left of a store that was deleted.
    guard file.exists, file.hasContent || file.hasLog else { return try empty() }
    let queue = try existing()
    switch try queue.inDatabase({ try SQLiteSchema.content($0, name: name) }) {
    case .nothing:
      return try empty()
    case .store(let version) where version < SQLiteSchema.version:
      throw ImportError(
        .configuration,
        "the store was made by an earlier version of rcimport",
        hint: "apply brings it to this version",
        file: name
      )
    case .store:
      return queue
    }
  }

  /// Opens the file so that it is not changed and, if possible, no other file stays behind.
  ///
  /// A reader of a write-ahead log needs the log and its index, and makes what is missing. Only a
  /// connection that may write removes them again; it changes nothing as long as the log is empty
  /// and queries are all it does. In a folder where nothing can be made, a store without a log is
  /// read as a file that nobody else has open (sqlite.org/wal.html#read_only_databases).
  private func existing() throws -> DatabaseQueue {
    if file.isWritable && !file.hasLog {
      var configuration = configuration()
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
      return try DatabaseQueue(path: file.path, configuration: configuration)
    }
    var configuration = configuration()
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: file.path, configuration: configuration)
    } catch let error as DatabaseError where !file.hasLog && error.isLackOfIndex {
      return try DatabaseQueue(path: file.immutableURI, configuration: configuration)
    }
  }

  /// An empty store in memory.
  private func empty() throws -> DatabaseQueue {
    let queue = try DatabaseQueue(configuration: configuration())
    try queue.inDatabase { try SQLiteSchema.migrate($0, name: name) }
    return queue
  }

  private func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "rcimport store"
    configuration.busyMode = .timeout(busyTimeout / .seconds(1))
    configuration.prepareDatabase { db in
      // 64 MB keep the index of a million numbers, which is written in random order.
      try db.execute(sql: "PRAGMA cache_size = -65536; PRAGMA secure_delete = OFF")
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    return configuration
  }
}

extension DatabaseError {
  /// Whether the index of a write-ahead log is not there and cannot be made.
  fileprivate var isLackOfIndex: Bool {
    resultCode == .SQLITE_CANTOPEN || resultCode == .SQLITE_READONLY
  }
}
