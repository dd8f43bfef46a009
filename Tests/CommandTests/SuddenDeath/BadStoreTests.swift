import GRDB
import Glibc
import Support
import Testing

/// A store that cannot be used is told in one sentence and left as it is.
@Suite(.blocking) struct BadStoreTests {
  private func place() throws -> Workspace {
    let place = try Workspace()
    try place.store((1...2000).map { ($0, "\(10_000 + $0)") })
    try place.write(list((1...2000).map { ($0, "\(20_000 + $0)") }), to: "users.csv")
    return place
  }

  private func run(_ place: Workspace, _ command: String, code: Int32, says word: String) throws {
    let before = try place.bytes(of: "rcimport.sqlite")
    let result = try place.run(command, "users.csv", "--report", "report.ndjson")
    #expect(result.code == code, "\(result.err)")
    #expect(result.isOneSentence, "\(result.err)")
    #expect(result.err.contains(word) && result.err.contains("rcimport.sqlite"), "\(result.err)")
    #expect(try place.bytes(of: "rcimport.sqlite") == before)
    #expect(try place.allNames() == ["rcimport.sqlite", "users.csv"])
  }

  @Test(arguments: ["validate", "apply"])
  func `a store of a newer version is not touched`(_ command: String) throws {
    let place = try place()
    try DatabaseQueue(path: place.path("rcimport.sqlite")).inDatabase { db in
      try db.execute(sql: "PRAGMA user_version = 99")
    }
    try run(place, command, code: 78, says: "newer version")
  }

  /// Pages of the store that are overwritten: one after the other, and all.
  @Test(arguments: ["validate", "apply"])
  func `a damaged store is told, or does not matter`(_ command: String) throws {
    let place = try place()
    let whole = try place.bytes(of: "rcimport.sqlite")
    let pageCount = whole.count / 4096
    var toldCount = 0
    for page in stride(from: 1, to: pageCount, by: runsFullTests ? 1 : max(1, pageCount / 12)) {
      var damaged = whole
      for byte in page * 4096..<(page + 1) * 4096 { damaged[byte] = 0xA5 }
      try place.write(damaged, to: "rcimport.sqlite")
      let result = try place.run(command, "users.csv", "--report", "report.ndjson")
      let comment = Comment("page \(page): \(result.end) \(result.err)")
      #expect([0, 78].contains(result.code), comment)
      if result.code == 78 {
        toldCount += 1
        #expect(result.isOneSentence && result.err.contains("damaged"), comment)
        #expect(!place.has("report.ndjson"), comment)
        #expect(try place.bytes(of: "rcimport.sqlite") == damaged, comment)
      }
      for name in try place.allNames() where name != "users.csv" { unlink(place.path(name)) }
    }
    #expect(toldCount > 0)
  }

  @Test func `a store that is cut off is told`() throws {
    let place = try place()
    let whole = try place.bytes(of: "rcimport.sqlite")
    for count in [50, 4096, whole.count / 2, whole.count - 4096] {
      try place.write(Array(whole[..<count]), to: "rcimport.sqlite")
      let result = try place.run("apply", "users.csv", "--quiet")
      #expect(result.code == 78, "\(count): \(result.err)")
      #expect(result.isOneSentence, "\(count): \(result.err)")
      #expect(try place.allNames() == ["rcimport.sqlite", "users.csv"])
    }
  }

  @Test func `a store that another program writes to is waited for, and then told`() throws {
    let place = try place()
    let other = try DatabaseQueue(path: place.path("rcimport.sqlite"))
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      let result = try place.run("apply", "users.csv", "--report", "report.ndjson")
      #expect(result.code == 75)
      #expect(result.isOneSentence, "\(result.err)")
      #expect(!place.has("report.ndjson"))
      // Reading needs no lock.
      #expect(try place.run("validate", "users.csv", "--quiet").code == 0)
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try place.run("apply", "users.csv", "--quiet").code == 0)
  }
}
