import ImportModel
import Stores
import Testing

/// What is kept of past runs.
@Suite struct RunHistory {
  let folder: TemporaryFolder
  let store: any DirectoryStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore.open(path: folder.file("store"), mode: .readWrite)
  }

  private func input(_ name: String, _ sha256: String) -> RunInput {
    RunInput(
      name: name,
      kind: .users,
      format: "csv",
      sha256: sha256,
      byteCount: 123,
      rowCount: 4
    )
  }

  @Test func `runs are listed newest first and found by an input's digest`() throws {
    let inputs = [input("a.csv", "aa"), input("b.xml", "bb")]
    let first = try store.apply(inputs: inputs) { (_) throws(ImportError) in }
    let second = try store.apply(inputs: [inputs[1]]) { (writer) throws(ImportError) in
      #expect(writer.run == RunID(2))
      try writer.write(user(1))
    }
    #expect([first, second] == [RunID(1), RunID(2)])
    #expect(try store.runs(limit: 10).map(\.id) == [second, first])
    #expect(try store.runs(limit: 1).map(\.id) == [second])
    #expect(try store.runs(withInputDigest: "bb") == [second, first])
    #expect(try store.runs(withInputDigest: "aa") == [first])
    #expect(try store.runs(withInputDigest: "cc").isEmpty)
    let detail = try #require(try store.run(first))
    #expect(detail.inputs == inputs)
    #expect(detail.rules == #"{"fix":"none"}"#)
    #expect(detail.changeCount == 0)
    #expect(detail.summary.startedAt.description == "2023-11-14T22:13:20Z")
    #expect(detail.summary.finishedAt > detail.summary.startedAt)
    #expect(detail.summary.state == "applied")
    #expect(detail.summary.counts == #"{"applied":1}"#)
    #expect(try store.run(second)?.changeCount == 1)
    #expect(try store.run(RunID(3)) == nil)
  }

  @Test func `each change says what it overwrote`() throws {
    let old = try #require(ExtensionNumber("0101"))
    let new = try #require(ExtensionNumber("102"))
    let first = try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.firstName, .email])
      try writer.write(user(1), .set(old), row: 5, texts: [.firstName: "Zoë \"Z\"", .email: "z@x"])
    }
    let second = try store.apply { (writer) throws(ImportError) in
      try writer.release(user(1))
      try writer.useProfile([.firstName])
      try writer.write(user(1), isNew: false, .set(new), before: old, texts: [.firstName: "Zoé"])
    }
    let third = try store.apply { (writer) throws(ImportError) in
      try writer.write(user(1), isNew: false, .clear, before: new)
    }
    func changes(_ run: RunID) throws -> [ChangeRecord] {
      var found: [ChangeRecord] = []
      try store.changes(of: run) { found.append($0) }
      return found
    }
    let created = ChangeRecord(
      origin: ChangeOrigin(row: 5, input: 0, inputRow: 7),
      subject: .user,
      action: .created,
      key: "64b7f1a2e4b0a5d300000001",
      before: nil,
      after: old,
      beforeRecord: nil
    )
    #expect(try changes(first) == [created])
    let overwritten = try changes(second)
    #expect(overwritten.map(\.beforeRecord) == [#"{"firstName":"Zoë \"Z\""}"#])
    #expect(overwritten.map(\.before) == [old])
    #expect(overwritten.map(\.after) == [new])
    #expect(overwritten.map(\.action) == [.changed])
    #expect(try changes(third).map(\.beforeRecord) == ["{}"])
    #expect(try changes(third).map(\.after) == [nil])
    let releases = try store.lastRelease(of: [old, new])
    #expect(releases.map { $0?.user } == [user(1), user(1)])
    #expect(
      try releases.map { $0?.time }
        == [store.run(second), store.run(third)].map {
          $0?.summary.finishedAt
        }
    )
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_735_689_599, "2024-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ]
  )
  func `times are written in UTC and read back`(seconds: Int64, text: String) {
    #expect(UTCTime(secondsSince1970: seconds).description == text)
    #expect(UTCTime(text)?.secondsSince1970 == seconds)
  }

  @Test(
    arguments: [
      "", "2025-02-30T00:00:00Z", "2025-01-01 00:00:00Z", "2025-01-01T25:00:00Z",
      "2025-01-01T00:00:00+", "2025-01-01T00:00:00ZZ",
    ]
  )
  func `what is no time is not read`(text: String) { #expect(UTCTime(text) == nil) }
}
