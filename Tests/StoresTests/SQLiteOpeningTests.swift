import GRDB
import Glibc
import ImportModel
import Stores
import Testing

/// Which files are taken for a store, and what opening does to them.
@Suite struct SQLiteOpening {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.file("store.sqlite") }

  private func makeStore() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    let wanted = try number("00")
    try store.apply { (writer) throws(ImportError) in
      try writer.write(user(1), .set(wanted))
    }
    store.close()
  }

  private func refusal(_ mode: StoreMode) -> ImportError? {
    failure { () throws(ImportError) in _ = try SQLiteStore.open(path: path, mode: mode) }
  }

  @Test func `opening again keeps what is there and migrates nothing`() throws {
    try makeStore()
    #expect(folder.names == ["store.sqlite"])
    let bytes = folder.read("store.sqlite")
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    #expect(try store.counts().users == 1)
    store.close()
    #expect(folder.read("store.sqlite") == bytes)
    #expect(folder.names == ["store.sqlite"])
  }

  @Test func `reading changes nothing and leaves no files behind`() throws {
    try makeStore()
    let bytes = folder.read("store.sqlite")
    let store = try SQLiteStore.open(path: path, mode: .readOnly)
    #expect(try store.users([user(1)], digestOf: [])[0]?.extensionNumber?.place == 1)
    store.close()
    #expect(folder.names == ["store.sqlite"])
    #expect(folder.read("store.sqlite") == bytes)
  }

  @Test func `a store is read while a run writes to it`() throws {
    try makeStore()
    let writing = try SQLiteStore.open(path: path, mode: .readWrite)
    let reading = try SQLiteStore.open(path: path, mode: .readOnly)
    try writing.apply { (writer) throws(ImportError) in
      try writer.write(user(2))
      #expect(try reading.counts().users == 1)
    }
    #expect(try reading.counts().users == 2)
    #expect(try SQLiteStore.open(path: path, mode: .readOnly).counts().users == 2)
  }

  @Test func `the log of a killed run is read without being taken in`() throws {
    try makeStore()
    let writing = try SQLiteStore.open(path: path, mode: .readWrite)
    // A reader holds the log, so that it outlives the commit; copies are what a kill leaves.
    let holding = try DatabaseQueue(path: path)
    try holding.inDatabase { db in
      try db.execute(sql: "BEGIN")
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM user")
      try writing.apply { (writer) throws(ImportError) in try writer.write(user(2)) }
      try folder.write("copy.sqlite", folder.read("store.sqlite"))
      try folder.write("copy.sqlite-wal", folder.read("store.sqlite-wal"))
      try db.execute(sql: "COMMIT")
    }
    let log = folder.read("copy.sqlite-wal")
    #expect(!log.isEmpty)
    let bytes = folder.read("copy.sqlite")
    let store = try SQLiteStore.open(path: folder.file("copy.sqlite"), mode: .readOnly)
    #expect(try store.counts().users == 2)
    store.close()
    #expect(folder.read("copy.sqlite") == bytes)
    #expect(folder.read("copy.sqlite-wal") == log)
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func `a store in a folder that cannot be written is read`() throws {
    try makeStore()
    chmod(folder.path, 0o500)
    defer { chmod(folder.path, 0o700) }
    let store = try SQLiteStore.open(path: path, mode: .readOnly)
    #expect(try store.counts().users == 1)
    #expect(folder.names == ["store.sqlite"])
    #expect(refusal(.readWrite)?.kind == .outputNotMade)
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite])
  func `files that are no SQLite files are refused and left alone`(mode: StoreMode) throws {
    for bytes in [Array("userId,rcExtension\n".utf8), Array(repeating: 7, count: 5000)] {
      unlink(path)
      try folder.write("store.sqlite", bytes)
      let refusal = refusal(mode)
      #expect(refusal?.kind == .configuration)
      #expect(refusal?.message.hasPrefix("this is not an rcimport store") == true)
      #expect(refusal?.file == path)
      #expect(refusal?.hint != nil)
      #expect(folder.read("store.sqlite") == bytes)
      #expect(folder.names == ["store.sqlite"])
    }
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite], [0, 42])
  func `a SQLite file of another program is refused and left alone`(
    mode: StoreMode,
    application: Int
  ) throws {
    try DatabaseQueue(path: path).inDatabase { db in
      try db.execute(sql: "CREATE TABLE user (id); PRAGMA application_id = \(application)")
    }
    let bytes = folder.read("store.sqlite")
    let refusal = refusal(mode)
    #expect(refusal?.kind == .configuration)
    #expect(refusal?.message.hasPrefix("this is not an rcimport store") == true)
    #expect(folder.read("store.sqlite") == bytes)
    #expect(folder.names == ["store.sqlite"])
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite])
  func `a store of a newer version is refused`(mode: StoreMode) throws {
    try makeStore()
    try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: "PRAGMA user_version = 99") }
    let refusal = refusal(mode)
    #expect(refusal?.kind == .configuration)
    #expect(refusal?.message.contains("made by a newer version of rcimport") == true)
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite])
  func `a damaged store is an error and never a crash`(mode: StoreMode) throws {
    try makeStore()
    let noise = [UInt8](repeating: 0xA5, count: 4096)
    for page in 1..<folder.read("store.sqlite").count / 4096 {
      try folder.write("store.sqlite", noise, at: page * 4096)
    }
    let thrown = failure { () throws(ImportError) in
      let store = try SQLiteStore.open(path: path, mode: mode)
      _ = try store.users([user(1)], digestOf: [])
    }
    #expect(thrown?.kind == .configuration)
    #expect(thrown?.message.hasPrefix("the store is damaged") == true)
    #expect(thrown?.file == path)
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite])
  func `a folder is no store`(mode: StoreMode) throws {
    mkdir(path, 0o700)
    #expect(refusal(mode)?.kind == .configuration)
    #expect(refusal(mode)?.message == "the store cannot be opened: it is a folder")
  }

  @Test func `a store whose folder is missing is empty for reading and cannot be made`() throws {
    let path = folder.file("missing/store.sqlite")
    #expect(try SQLiteStore.open(path: path, mode: .readOnly).counts().users == 0)
    let refusal = failure { () throws(ImportError) in
      _ = try SQLiteStore.open(path: path, mode: .readWrite)
    }
    #expect(refusal?.kind == .outputNotMade)
    #expect(folder.names.isEmpty)
  }

  @Test func `an empty file becomes a store, but not by reading`() throws {
    try folder.write("store.sqlite", [])
    #expect(try SQLiteStore.open(path: path, mode: .readOnly).counts().users == 0)
    #expect(folder.read("store.sqlite").isEmpty)
    try makeStore()
    #expect(try SQLiteStore.open(path: path, mode: .readOnly).counts().users == 1)
  }

  @Test(arguments: ["with space.sqlite", "file:odd?mode=memory#%41", "ümlaut", "-"])
  func `any file name will do`(name: String) throws {
    let store = try SQLiteStore.open(path: folder.file(name), mode: .readWrite)
    store.close()
    #expect(folder.names == [name])
    try SQLiteStore.open(path: folder.file(name), mode: .readOnly).close()
    #expect(folder.names == [name])
  }

  @Test func `another writer is waited for and then reported`() throws {
    try makeStore()
    let store = try SQLiteStore.open(path: path, mode: .readWrite, busyTimeout: .milliseconds(1))
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      let thrown = failure { () throws(ImportError) in
        try store.apply { (writer) throws(ImportError) in try writer.write(user(2)) }
      }
      #expect(thrown?.kind == .tryAgainLater)
      #expect(thrown?.file == path)
      try db.execute(sql: "ROLLBACK")
    }
    try store.apply { (writer) throws(ImportError) in try writer.write(user(2)) }
    #expect(try store.counts().users == 2)
  }

  @Test func `the schema itself keeps numbers unique and well formed`() throws {
    try makeStore()
    let refused = [
      "INSERT INTO user (id, extension) VALUES (x'000000000000000000000002', '00')",
      "INSERT INTO user (id) VALUES (x'0002')",
      "INSERT INTO user (id, extension) VALUES (x'000000000000000000000002', '1')",
      "INSERT INTO user (id, extension) VALUES (x'000000000000000000000002', '12345678901')",
      "INSERT INTO user (id, extension) VALUES (x'000000000000000000000002', '12a')",
      "INSERT INTO extension (number) VALUES (NULL)",
      "INSERT INTO run_input VALUES (99, 0, '', 'users', 'csv', '', 0, 0)",
    ]
    try DatabaseQueue(path: path).inDatabase { db in
      for sql in refused {
        #expect(throws: DatabaseError.self, "\(sql)") { try db.execute(sql: sql) }
      }
    }
  }

  @Test func `a big run leaves no big log`() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    try store.apply { (writer) throws(ImportError) in
      for place in 0..<20_000 { try writer.write(user(place)) }
    }
    #expect(folder.read("store.sqlite-wal").isEmpty)
    #expect(try store.counts().users == 20_000)
  }

  @Test func `a full disk takes the run back`() async {
    // The limit is the process's, so it is another process that runs into it.
    await #expect(processExitsWith: .success) { try fillDisk() }
  }
}

/// Applies a run that needs more room than there is, and checks that nothing of it is kept.
private func fillDisk() throws {
  let folder = try TemporaryFolder()
  let path = folder.file("store.sqlite")
  let store = try SQLiteStore.open(path: path, mode: .readWrite)
  try store.apply { (writer) throws(ImportError) in try writer.write(user(1)) }
  // Writes past 256 KB fail.
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: 256 << 10, rlim_max: rlim_t.max)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  let thrown = failure { () throws(ImportError) in
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.name])
      let name = String(repeating: "n", count: 1000)
      for place in 2..<100_000 { try writer.write(user(place), texts: [.name: name]) }
    }
  }
  #expect(thrown?.kind == .outputNotWritten)
  #expect(thrown?.file == path)
  let counts = StoreCounts(users: 1, assignments: 0, extensions: 0, runs: 1)
  #expect(try store.counts() == counts)
  store.close()
  let again = try SQLiteStore.open(path: path, mode: .readOnly)
  #expect(try again.counts() == counts)
  again.close()
}
