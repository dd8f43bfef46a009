import GRDB
import ImportModel
import Stores
import Testing

/// What becomes of the stores of earlier versions.
@Suite struct SchemaMigration {
  let folder: TemporaryFolder
  private var path: String { folder.file("store.sqlite") }

  init() throws {
    folder = try TemporaryFolder()
    try VersionOneStore.make(folder.file("store.sqlite"))
  }

  private func schema(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { db in
      try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql <> '' ORDER BY name")
    }
  }

  @Test func `a store of version 1 keeps everything and becomes as one made today`() throws {
    let before = try VersionOneStore.lines(path)
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    #expect(try store.run(RunID(1))?.inputs.map(\.sha256) == ["aa", "bb"])
    #expect(try store.runs(limit: 5).map(\.target) == [nil, nil])
    #expect(try store.delivery(RunID(1)) == nil)
    let released = try number("102")
    #expect(try store.lastRelease(of: [released])[0]?.time.description == "2024-01-02T00:00:01Z")
    store.close()
    #expect(try VersionOneStore.lines(path) == before)
    #expect(before.count == 12)
    try SQLiteStore.open(path: folder.file("new.sqlite"), mode: .readWrite).close()
    #expect(try schema(path) == schema(folder.file("new.sqlite")))
    try DatabaseQueue(path: path).read { db in
      try #expect(Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      try #expect(String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
    }
  }

  @Test func `ids of runs go on, also after runs that were deleted`() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    let run = try store.beginDelivery()
    #expect(run == RunID(4))
    let wanted = try number("0101")
    try store.record([taken(0, user(2), wanted)], of: run)
    #expect(try store.holders([wanted]) == [user(2)])
  }

  @Test func `references are kept to after the migration`() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    store.close()
    for table in ["run_input", "change", "delivery"] {
      let target = try DatabaseQueue(path: path).read { db in
        try String.fetchOne(db, sql: "SELECT \"table\" FROM pragma_foreign_key_list('\(table)')")
      }
      #expect(target == "run")
    }
    try DatabaseQueue(path: path).inDatabase { db in
      for sql in [
        "DELETE FROM run WHERE id = 1",
        "INSERT INTO delivery (run, \"row\", state, attempts) VALUES (9, 0, 'open', 1)",
        "INSERT INTO delivery (run, \"row\", state, attempts) VALUES (1, 0, 'odd', 1)",
        "UPDATE run SET state = 'odd'", "UPDATE run SET arguments = '{'",
      ] {
        #expect(throws: DatabaseError.self, "\(sql)") { try db.execute(sql: sql) }
      }
    }
  }

  @Test func `a damaged store of version 1 is refused and stays as it is`() throws {
    try DatabaseQueue(path: path).inDatabase { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = OFF;
          INSERT INTO run_input VALUES (99, 0, 'x.csv', 'users', 'csv', 'xx', 1, 1);
          """
      )
    }
    let before = try VersionOneStore.lines(path)
    let refusal = failure { () throws(ImportError) in
      _ = try SQLiteStore.open(path: path, mode: .readWrite)
    }
    #expect(refusal?.kind == .configuration)
    #expect(
      refusal?.message
        == "the store is damaged: a row of the table run_input refers to nothing"
    )
    #expect(try VersionOneStore.lines(path) == before)
    let version = try DatabaseQueue(path: path).read { db in
      try Int.fetchOne(db, sql: "PRAGMA user_version")
    }
    #expect(version == 1)
  }

  @Test func `a store of version 1 is not read but left for apply to bring up to date`() throws {
    let bytes = folder.read("store.sqlite")
    let refusal = failure { () throws(ImportError) in
      _ = try SQLiteStore.open(path: path, mode: .readOnly)
    }
    #expect(refusal?.kind == .configuration)
    #expect(refusal?.hint == "apply brings it to this version")
    #expect(folder.read("store.sqlite") == bytes)
    #expect(folder.names == ["store.sqlite"])
  }
}
