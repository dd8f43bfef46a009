import GRDB
import ImportModel
import Stores
import Testing

/// That many writes of one run leave behind what the same writes leave behind one by one.
@Suite struct BulkWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A write of a run.
  private struct Step {
    var user: Int
    var isNew: Bool
    var number: NumberChange
    var before: ExtensionNumber?
    var name: String?
    var isExtension = false
  }

  /// Writes that go well together: new users, changes of earlier ones, extensions in between.
  private func steps(_ random: inout SeededGenerator) throws -> [Step] {
    var steps: [Step] = []
    var held: [Int: ExtensionNumber] = [:]
    // Mostly some more than one statement takes, and at times exactly that many.
    let count = [1, 15, 16, 17, 32, 33, 80].randomElement(using: &random) ?? 1
    var users = Array(0..<count).shuffled(using: &random)
    var nextNumber = 100
    while let id = users.popLast() {
      nextNumber += Int.random(in: 1..<9000, using: &random)
      let wanted = try number(String(nextNumber))
      let name = ["Zoë", "", nil].randomElement(using: &random) ?? nil
      if Int.random(in: 0..<4, using: &random) == 0 {
        steps.append(Step(user: id, isNew: true, number: .keep, name: name))
      } else {
        steps.append(Step(user: id, isNew: true, number: .set(wanted), name: name))
        held[id] = wanted
      }
      switch Int.random(in: 0..<12, using: &random) {
      case 0:
        steps.append(
          Step(user: id, isNew: false, number: .clear, before: held[id], name: "again")
        )
      case 1:
        steps.append(
          Step(user: id, isNew: true, number: .set(wanted), name: name, isExtension: true)
        )
      default: break
      }
    }
    return steps
  }

  private func write(_ step: Step, row: Int, to writer: any StoreWriter) throws(ImportError) {
    let texts = step.name.map { [Field.name: $0] } ?? [:]
    if step.isExtension, case .set(let number) = step.number {
      try writer.write(extension: number, id: UInt64(step.user), row: UInt32(row), texts: texts)
    } else {
      try writer.write(
        user(step.user),
        isNew: step.isNew,
        step.number,
        before: step.before,
        row: UInt32(row),
        texts: texts
      )
    }
  }

  /// All that a store holds, without what its runs are.
  private func contents(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { db in
      try [
        "SELECT * FROM user ORDER BY id", "SELECT * FROM extension ORDER BY number",
        """
        SELECT "row", input, input_row, kind, key, before_extension, after_extension, before_record,
          action
        FROM change ORDER BY run, sequence
        """,
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
        "PRAGMA integrity_check", "PRAGMA foreign_key_check",
      ].flatMap { sql in try Row.fetchAll(db, sql: sql).map(\.description) }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `one run of many writes is like many runs of one write`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let steps = try steps(&random)
    let (together, apart) = (folder.file("together.sqlite"), folder.file("apart.sqlite"))
    let bulk = try SQLiteStore.open(path: together, mode: .readWrite)
    try bulk.apply { (writer) throws(ImportError) in
      try writer.useProfile([.name])
      try writer.useInventory([.name])
      for (row, step) in steps.enumerated() { try write(step, row: row, to: writer) }
    }
    bulk.close()
    let plain = try SQLiteStore.open(path: apart, mode: .readWrite)
    for (row, step) in steps.enumerated() {
      try plain.apply { (writer) throws(ImportError) in
        try writer.useProfile([.name])
        try writer.useInventory([.name])
        try write(step, row: row, to: writer)
      }
    }
    plain.close()
    #expect(try contents(together) == contents(apart))
  }

  @Test func `the changes of a run are numbered in the order of its rows`() throws {
    let path = folder.file("store.sqlite")
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    try store.apply { (writer) throws(ImportError) in
      for id in 0..<40 {
        try writer.write(user(id), row: UInt32(id))
        if id == 20 { try writer.write(user(3), isNew: false, .clear, row: 99) }
      }
    }
    store.close()
    let rows = try DatabaseQueue(path: path).read { db in
      try Int.fetchAll(db, sql: #"SELECT "row" FROM change ORDER BY sequence"#)
    }
    #expect(rows == Array(0...20) + [99] + Array(21..<40))
  }

  @Test func `a store has its index and its checks after a run that failed`() throws {
    let path = folder.file("store.sqlite")
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    let schema = try contents(path)
    let wanted = try number("101")
    for _ in 0..<2 {
      let thrown = failure { () throws(ImportError) in
        try store.apply { (writer) throws(ImportError) in
          for id in 0..<20 { try writer.write(user(id), .set(wanted)) }
        }
      }
      #expect(thrown?.kind == .tryAgainLater)
      #expect(try contents(path) == schema)
    }
    // The check of a run's rules holds for the next run on the same connection.
    let broken = NewRun(
      startedAt: UTCTime(secondsSince1970: 1_700_000_000),
      command: "apply",
      version: "1.0",
      rules: "no JSON",
      counts: "{}",
      inputs: []
    )
    #expect(failure { () throws(ImportError) in _ = try store.apply(broken) { _ in } } != nil)
    #expect(try store.counts().runs == 0)
  }
}
