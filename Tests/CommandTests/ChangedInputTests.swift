import Foundation
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

  @Test func `an input that is cut is refused`() throws {
    let (result, place) = try change("apply") { place in
      try place.overwrite("users.csv", with: "")
    }
    #expect(result.code == 65)
    #expect(try place.storesNothing())
  }
}
