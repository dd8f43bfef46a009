import Foundation
import GRDB
import Support
import Testing

/// A store of 300 users, and a run that gives every user another number, to be stopped at any place.
struct StoppedPlace {
  let place: Workspace
  /// The store before the run.
  private let store: [UInt8]

  private static let count = 300
  private static let folder = "proof"
  /// What the run is asked to do.
  static let arguments = ["apply", "after.csv", "--quiet", "--out-dir", folder]
  private static let reports = ["rejects.csv", "report.ndjson", "summary.json"]

  /// The number of a user before the run, and after it.
  private static func number(_ user: Int, isAfter: Bool) -> String {
    "\(10_000 + (isAfter ? user % count + 1 : user))"
  }

  init() throws {
    place = try Workspace()
    let rows = { (isAfter: Bool) in
      list((1...Self.count).map { (user: $0, number: Self.number($0, isAfter: isAfter)) })
    }
    try place.write(rows(false), to: "before.csv")
    try place.write(rows(true) + "\(id(9000)),10a0\n", to: "after.csv")
    let result = try place.run("apply", "before.csv", "--unknown-users", "create", "--quiet")
    #expect(result.code == 0)
    store = try place.bytes(of: "rcimport.sqlite")
  }

  /// Makes everything as it was before the run.
  func restore() throws {
    let files = FileManager.default
    for name in try place.allNames() where name != "before.csv" && name != "after.csv" {
      try files.removeItem(atPath: place.path(name))
    }
    for name in try place.temporaryNames {
      try files.removeItem(atPath: place.temporaryPath(name))
    }
    try place.write(store, to: "rcimport.sqlite")
  }

  /// Checks what a stopped run left, goes on, and checks that all is done.
  ///
  /// A run that could clear up behind itself is in order. Says whether the store held it already.
  func finish(isInOrder: Bool, _ comment: Comment) throws -> Bool {
    #expect(try storeProblems() == [], comment)
    let names = try place.allNames(in: place.has(Self.folder) ? Self.folder : ".")
    for name in names where Self.reports.contains(name) { try expectComplete(name, comment) }
    if isInOrder {
      #expect(try place.temporaryNames == [], comment)
      let left = try place.allNames() + names
      #expect(!left.contains { $0.hasSuffix(".part") || $0.hasSuffix(".lock") }, comment)
    }
    let wasWhole = try isWhole(comment)
    #expect(try place.run("runs", "--json").outputLines.count == (wasWhole ? 2 : 1), comment)
    let result = try place.run(Self.arguments)
    #expect(result.code == 2, "\(comment) \(result.err)")
    for name in Self.reports { try expectComplete(name, comment) }
    let outcomes = try Set(place.report(in: "\(Self.folder)/report.ndjson").map(\.outcome))
    #expect(outcomes == [wasWhole ? "unchanged" : "applied", "rejected"], comment)
    #expect(try isWhole(comment), comment)
    #expect(try storeProblems() == [], comment)
    return wasWhole
  }

  /// Whether the store holds the whole run; fails when it holds a part.
  private func isWhole(_ comment: Comment) throws -> Bool {
    let assignments = try place.assignments()
    let users = 1...Self.count
    let newCount = users.count { assignments[id($0)] == Self.number($0, isAfter: true) }
    let oldCount = users.count { assignments[id($0)] == Self.number($0, isAfter: false) }
    let isClean = newCount == Self.count && oldCount == 0 || oldCount == Self.count && newCount == 0
    #expect(isClean && assignments.count == Self.count, comment)
    return newCount > 0
  }

  private func expectComplete(_ name: String, _ comment: Comment) throws {
    let text = try place.text(of: "\(Self.folder)/\(name)")
    switch name {
    case "report.ndjson": #expect(text.split(separator: "\n").count == Self.count + 1, comment)
    case "rejects.csv": #expect(text.split(separator: "\n").count == 2, comment)
    default: #expect((try? JSONValue(parsing: text)) != nil, comment)
    }
  }

  /// What SQLite finds wrong with the store and its log, in a copy, which it may take the log into.
  private func storeProblems() throws -> [String] {
    let folder = place.temporaryPath("copy")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for suffix in ["", "-wal", "-journal"] where place.has("rcimport.sqlite\(suffix)") {
      try FileManager.default.copyItem(
        atPath: place.path("rcimport.sqlite\(suffix)"),
        toPath: "\(folder)/rcimport.sqlite\(suffix)"
      )
    }
    let copy = try DatabaseQueue(path: "\(folder)/rcimport.sqlite")
    return try copy.inDatabase { db in
      let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check")
      let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
      return integrity.filter { $0 != "ok" } + references.map { "\($0)" }
    }
  }
}
