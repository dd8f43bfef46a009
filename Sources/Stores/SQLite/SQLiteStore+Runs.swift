import GRDB
package import ImportModel

extension SQLiteStore {
  package func runs(limit: Int) throws(ImportError) -> [RunSummary] {
    try read { db in
      let sql = "SELECT \(Self.summaryColumns) FROM run ORDER BY id DESC LIMIT ?"
      return try Row.fetchAll(db, sql: sql, arguments: [limit]).map(Self.summary)
    }
  }

  package func runs(withInputDigest sha256: String) throws(ImportError) -> [RunID] {
    try read { db in
      let sql = "SELECT DISTINCT run FROM run_input WHERE sha256 = ? ORDER BY run DESC"
      return try Int64.fetchAll(db, sql: sql, arguments: [sha256]).map { RunID($0) }
    }
  }

  package func run(_ id: RunID) throws(ImportError) -> RunDetail? {
    try read { db in
      let sql = "SELECT \(Self.summaryColumns) FROM run WHERE id = ?"
      guard let row = try Row.fetchOne(db, sql: sql, arguments: [id.number]) else { return nil }
      let changeCount = try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM change WHERE run = ?",
        arguments: [id.number]
      )
      return RunDetail(
        summary: Self.summary(row),
        rules: row[8],
        inputs: try Self.inputs(of: id, in: db),
        changeCount: changeCount ?? 0,
        deliveries: try Self.deliveries(of: id, in: db)
      )
    }
  }

  package func changes(
    of run: RunID,
    _ body: (ChangeRecord) throws(ImportError) -> Void
  ) throws(ImportError) {
    try read { db in
      let statement = try RawStatement(
        db,
        """
        SELECT "row", input, input_row, kind, action, key, before_extension, after_extension,
          before_record
        FROM change WHERE run = ? ORDER BY sequence
        """
      )
      try statement.bind(run.number, at: 1)
      defer { statement.reset() }
      while try statement.step() { try body(Self.change(statement)) }
    }
  }

  private static let summaryColumns = """
    id, started_at, finished_at, command, version, state, counts, target, rules
    """

  private static func summary(_ row: Row) -> RunSummary {
    RunSummary(
      id: RunID(row[0]),
      startedAt: time(row[1]),
      finishedAt: time(row[2]),
      command: row[3],
      version: row[4],
      state: row[5],
      counts: row[6],
      target: row[7]
    )
  }

  /// How many rows of a run have come how far.
  private static func deliveries(
    of run: RunID,
    in db: Database
  ) throws -> [DeliveryState: Int] {
    let counts = try Row.fetchAll(
      db,
      sql: "SELECT state, count(*) FROM delivery WHERE run = ? GROUP BY state",
      arguments: [run.number]
    )
    return counts.reduce(into: [:]) { found, row in
      if let state = DeliveryState(rawValue: row[0]) { found[state] = row[1] }
    }
  }

  /// A time that was changed by hand into something else shows as 1970.
  static func time(_ text: String) -> UTCTime {
    UTCTime(text) ?? UTCTime(secondsSince1970: 0)
  }

  /// The inputs of a run, in their order.
  static func inputs(of run: RunID, in db: Database) throws -> [RunInput] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT name, kind, format, sha256, byte_count, row_count
        FROM run_input WHERE run = ? ORDER BY position
        """,
      arguments: [run.number]
    ).map(input)
  }

  private static func input(_ row: Row) -> RunInput {
    RunInput(
      name: row[0],
      kind: InputKind(rawValue: row[1]) ?? .users,
      format: row[2],
      sha256: row[3],
      byteCount: UInt64(bitPattern: row[4] as Int64),
      rowCount: row[5]
    )
  }

  private static func change(_ row: RawStatement) -> ChangeRecord {
    ChangeRecord(
      origin: ChangeOrigin(
        row: UInt32(truncatingIfNeeded: row.integer(0)),
        input: UInt32(truncatingIfNeeded: row.integer(1)),
        inputRow: UInt32(truncatingIfNeeded: row.integer(2))
      ),
      subject: ChangeRecord.Subject(rawValue: row.string(3)) ?? .user,
      action: ChangeRecord.Action(rawValue: row.string(4)) ?? .changed,
      key: row.string(5),
      before: row.number(6),
      after: row.number(7),
      beforeRecord: row.isNull(8) ? nil : row.string(8)
    )
  }
}
