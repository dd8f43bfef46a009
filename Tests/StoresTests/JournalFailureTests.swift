import GRDB
import Glibc
import ImportModel
import Stores
import Testing

/// What a journal in a SQLite file does when it cannot be written.
@Suite struct JournalFailures {
  let folder: TemporaryFolder
  private var path: String { folder.file("store.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  @Test func `another writer is waited for and then reported, by every call that writes`() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite, busyTimeout: .milliseconds(1))
    let wanted = try number("101")
    try store.apply { (writer) throws(ImportError) in try writer.write(user(1)) }
    let run = try store.beginDelivery()
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      for call in 0..<5 {
        let thrown = failure { () throws(ImportError) in
          switch call {
          case 0: try store.record([taken(0, user(1), wanted)], of: run)
          case 1: _ = try store.assign(user(1), wanted)
          case 2: _ = try store.beginDelivery()
          case 3: try store.reopen(run)
          default: try store.finish(run)
          }
        }
        #expect(thrown?.kind == .tryAgainLater)
        #expect(thrown?.file == path)
      }
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try store.runs(limit: 5).map(\.state) == ["running", "applied"])
    #expect(try store.assign(user(1), wanted) == .applied(previous: nil))
  }

  @Test func `what a call recorded survives without the store being closed`() throws {
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    let run = try store.beginDelivery()
    let wanted = try number("101")
    try store.record([taken(3, user(1), wanted)], of: run)
    // Copies are what a kill leaves.
    try folder.write("copy.sqlite", folder.read("store.sqlite"))
    try folder.write("copy.sqlite-wal", folder.read("store.sqlite-wal"))
    let copy = try SQLiteStore.open(path: folder.file("copy.sqlite"), mode: .readWrite)
    #expect(try copy.entries(of: run).map(\.row) == [3])
    try copy.reopen(run)
    try copy.record([taken(4, user(2), wanted)], of: run)
    #expect(try copy.changeList(of: run).map(\.action) == [.created, .changed, .created])
  }

  @Test func `a full disk takes the call back and the journal goes on after it`() async {
    // The limit is the process's, so it is another process that runs into it.
    await #expect(processExitsWith: .success) { try fillDisk() }
  }
}

/// Records until there is no more room, and checks that no call is recorded by half.
private func fillDisk() throws {
  let folder = try TemporaryFolder()
  let path = folder.file("store.sqlite")
  let store = try SQLiteStore.open(path: path, mode: .readWrite)
  let run = try store.beginDelivery()
  // Writes past 256 KB fail.
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: 256 << 10, rlim_max: rlim_t.max)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  let text = String(repeating: "m", count: 1000)
  var row: UInt32 = 0
  var thrown: ImportError?
  while thrown == nil && row < 10_000 {
    thrown = failure { () throws(ImportError) in
      let records = (row..<row + 8).map { row in
        DeliveryRecord(DeliveryEntry(row: row, state: .open, attempts: 1, message: text))
      }
      try store.record(records, of: run)
      row += 8
    }
  }
  #expect(thrown?.kind == .outputNotWritten)
  #expect(thrown?.file == path)
  #expect(row > 0)
  #expect(try store.entries(of: run).map(\.row) == Array(0..<row))
  limit.rlim_cur = rlim_t.max
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  try store.record([DeliveryRecord(DeliveryEntry(row: row, state: .open, attempts: 1))], of: run)
  store.close()
  let again = try SQLiteStore.open(path: path, mode: .readOnly)
  #expect(try again.entries(of: run).map(\.row) == Array(0...row))
  again.close()
}
