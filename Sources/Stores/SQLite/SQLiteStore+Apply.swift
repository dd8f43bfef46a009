import GRDB
package import ImportModel

extension SQLiteStore {
  package func apply(
    _ run: NewRun,
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError) -> RunID {
    let id = try access { db in
      try BulkWriting.withoutForeignKeys(db) { try add(run, body) }
    }
    try access(Self.emptyLog)
    return id
  }

  /// Adds a run with its changes, in one transaction.
  private func add(
    _ run: NewRun,
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError) -> RunID {
    try write { db in
      let id = try Self.insert(run, state: .applied, in: db)
      defer { BulkWriting.end(db) }
      let writer = try SQLiteWriter(db, run: id, location: location)
      // Whatever goes wrong inside, even if the caller swallows it, takes all back.
      try body(writer)
      try writer.close()
      try db.execute(
        sql: "UPDATE run SET finished_at = ? WHERE id = ?",
        arguments: [UTCTime.now.description, id.number]
      )
      return id
    }
  }

  /// Takes the log into the file, so that none of a big run's size stays.
  ///
  /// The run is safe already: what cannot be done because others still read the log is done by the
  /// next run, so nobody is waited for.
  static func emptyLog(_ db: Database) {
    guard let timeout = try? Int.fetchOne(db, sql: "PRAGMA busy_timeout") else { return }
    try? db.execute(sql: "PRAGMA busy_timeout = 0")
    _ = try? Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    try? db.execute(sql: "PRAGMA busy_timeout = \(timeout)")
  }

  /// Adds a run with its inputs; `delivery` is what it records of its target, if it has one.
  static func insert(
    _ run: NewRun,
    state: RunState,
    delivery: NewDelivery? = nil,
    in db: Database
  ) throws -> RunID {
    let startedAt = run.startedAt.description
    try db.execute(
      sql: """
        INSERT INTO run (started_at, finished_at, command, version, state, rules, counts, target,
          arguments, directory)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        startedAt, startedAt, run.command, run.version, state.rawValue, run.rules, run.counts,
        delivery?.target, delivery?.arguments, delivery?.directory,
      ]
    )
    let id = RunID(db.lastInsertedRowID)
    for (position, input) in run.inputs.enumerated() {
      try db.execute(
        sql: """
          INSERT INTO run_input
            (run, position, name, kind, format, sha256, byte_count, row_count)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id.number, position, input.name, input.kind.rawValue, input.format, input.sha256,
          Int64(bitPattern: input.byteCount), input.rowCount,
        ]
      )
    }
    return id
  }
}
