import GRDB
package import ImportModel

extension SQLiteStore {
  package func begin(_ delivery: NewDelivery) throws(ImportError) -> RunID {
    try write { db in
      try Self.insert(delivery.run, state: .running, delivery: delivery, in: db)
    }
  }

  package func delivery(_ id: RunID) throws(ImportError) -> DeliveryRun? {
    try read { try Self.delivery(id, in: $0) }
  }

  package func openDelivery(
    to target: String,
    inputDigests: [String]
  ) throws(ImportError) -> DeliveryRun? {
    try read { db in
      let unfinished = try Int64.fetchCursor(
        db,
        sql: """
          SELECT id FROM run WHERE target IS NOT NULL AND state <> 'applied' AND target = ?
          ORDER BY id DESC
          """,
        arguments: [target]
      )
      while let id = try unfinished.next() {
        if let delivery = try Self.delivery(RunID(id), in: db),
          delivery.inputs.map(\.sha256) == inputDigests
        {
          return delivery
        }
      }
      return nil
    }
  }

  package func entries(of run: RunID) throws(ImportError) -> [DeliveryEntry] {
    try read { try DeliveryTable.entries(of: run, in: $0) }
  }

  package func record(_ records: [DeliveryRecord], of run: RunID) throws(ImportError) {
    if records.isEmpty { return }
    try write { db in
      let entries = try DeliveryTable(db, run: run)
      let numbers = try NumberTable(db)
      let history = try ChangeHistory(
        db,
        run: run,
        after: lastSequence(of: run, in: db),
        keepsStatement: true
      )
      for record in records {
        try entries.write(record.entry)
        if let confirmed = record.confirmed {
          try numbers.confirm(confirmed, history: history)
        }
      }
    }
  }

  package func reopen(_ run: RunID) throws(ImportError) {
    try write { db in
      _ = try lastSequence(of: run, in: db)
      try db.execute(
        sql: "UPDATE run SET state = 'running' WHERE id = ?",
        arguments: [run.number]
      )
    }
  }

  package func finish(
    _ run: RunID,
    state: RunState,
    counts: String,
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError) {
    precondition(state != .running, "a run that ended is not at work")
    try write { db in
      let sequence = try lastSequence(of: run, in: db)
      defer { BulkWriting.end(db) }
      let writer = try SQLiteWriter(db, run: run, after: sequence, location: location)
      try body(writer)
      try writer.close()
      try db.execute(
        sql: "UPDATE run SET state = ?, counts = ?, finished_at = ? WHERE id = ?",
        arguments: [state.rawValue, counts, UTCTime.now.description, run.number]
      )
    }
    try access(Self.emptyLog)
  }

  private static func delivery(_ id: RunID, in db: Database) throws -> DeliveryRun? {
    let sql = """
      SELECT state, started_at, target, arguments, directory, rules
      FROM run WHERE id = ? AND target IS NOT NULL
      """
    guard let row = try Row.fetchOne(db, sql: sql, arguments: [id.number]) else { return nil }
    return DeliveryRun(
      id: id,
      state: RunState(rawValue: row[0]) ?? .incomplete,
      startedAt: time(row[1]),
      target: row[2],
      arguments: row[3] ?? "{}",
      directory: row[4] ?? "",
      rules: row[5],
      inputs: try inputs(of: id, in: db)
    )
  }

  /// The place of the last change that a run to a target has made, 0 for none.
  ///
  /// Asked for in every transaction, so that the sequence goes on rightly whoever wrote to it last.
  /// - Throws: `tryAgainLater` when there is no such run.
  private func lastSequence(of run: RunID, in db: Database) throws -> Int64 {
    let statement = try RawStatement(
      db,
      cached: """
        SELECT (SELECT max(sequence) FROM change WHERE run = ?1)
        FROM run WHERE id = ?1 AND target IS NOT NULL
        """
    )
    try statement.bind(run.number, at: 1)
    defer { statement.reset() }
    guard try statement.step() else {
      throw StoreFailure.storeChanged("run \(run) to a target is gone", file: location)
    }
    // NULL reads as 0.
    return statement.integer(0)
  }
}
