import Foundation
import Glibc
import Support
import Testing

@Suite(.blocking) struct ChangedInputTests {
  private static let beginning = list((100...4000).map { ($0, "\(10_000 + $0)") })

  /// Changes `users.csv` while a run that read it waits for a second input.
  private func change(_ command: String, _ change: (Workspace) throws -> Void) throws -> (
    RunResult, Workspace
  ) {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "1002")), to: "users.csv")
    let pipe = try NamedPipe("slow.csv", in: place)
    let run = try place.start([
      command, "users.csv", "slow.csv", "--unknown-users", "create", "--report", "report.ndjson",
    ])
    try pipe.write(Self.beginning)
    try pipe.drain()
    try change(place)
    pipe.finish()
    return (try run.finish(), place)
  }

  @Test(arguments: ["validate", "apply"])
  func `an input that grows while it is read is refused`(_ command: String) throws {
    let (result, place) = try change(command) { place in
      try place.append("\(id(3)),1003\n", to: "users.csv")
    }
    #expect(result.code == 65)
    #expect(result.err.contains("users.csv"))
    #expect(result.err.contains("changed"))
    #expect(try place.storesNothing())
    #expect(try place.names() == ["slow.csv", "users.csv"])
  }

  @Test func `an input that gets other content of the same size is refused`() throws {
    let (result, place) = try change("apply") { place in
      let other = list((1, "1001"), (2, "1003"))
      try place.overwrite("users.csv", with: other)
    }
    #expect(result.code == 65)
    #expect(try place.storesNothing())
  }

  /// Changes `users.csv` between the look at its beginning and the reading of its rows.
  @Test(arguments: ["shrunk", "grown", "gone", "replaced"], ["csv", "xml"])
  func `an input that changes before its rows are read is refused or read as it was`(
    _ how: String,
    _ format: String
  ) throws {
    let place = try Workspace()
    let name = "users.\(format)"
    // Longer than what is read to find out what it is.
    let rows = (1...3000).map { (user: $0, number: "\(30_000 + $0)") }
    let record = { (row: (user: Int, number: String)) in
      "<user><userId>\(id(row.user))</userId><rcExtension>\(row.number)</rcExtension></user>\n"
    }
    let text = format == "csv" ? list(rows) : "<users>\n\(rows.map(record).joined())</users>\n"
    try place.write(text, to: name)
    let pipe = try NamedPipe("slow.csv", in: place)
    let run = try place.start([
      "apply", "slow.csv", name, "--unknown-users", "create", "--report", "report.ndjson",
    ])
    try pipe.write(list((5000...8000).map { ($0, "\(10_000 + $0)") }))
    try pipe.drain()
    switch how {
    case "shrunk": try place.overwrite(name, with: String(text.prefix(40_000)))
    case "grown": try place.append("more", to: name)
    case "gone": unlink(place.path(name))
    default:
      try place.write("userId,rcExtension\n\(id(1)),99\n", to: "other")
      rename(place.path("other"), place.path(name))
    }
    pipe.finish()
    let result = try run.finish()
    // A file that has no name any more, or whose name is another file's now, is still what it was.
    let isRead = how == "gone" || how == "replaced"
    #expect(result.code == 65 || isRead && result.code == 0, "\(result.err)")
    if result.code == 0 {
      #expect(try place.assignments().count == 6001)
    } else {
      #expect(result.isOneSentence && result.err.contains("changed"), "\(result.err)")
      #expect(try place.storesNothing())
      #expect(!place.has("report.ndjson"))
    }
  }

  @Test func `an input that is cut is refused`() throws {
    let (result, place) = try change("apply") { place in
      try place.overwrite("users.csv", with: "")
    }
    #expect(result.code == 65)
    #expect(try place.storesNothing())
  }
}
