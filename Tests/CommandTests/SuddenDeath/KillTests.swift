import Glibc
import Support
import Testing

/// A run that is killed left all of itself in the store, or nothing.
@Suite(.blocking) struct KillTests {
  private static let count = 3000
  private static let before = list((1...count).map { ($0, "\(10_000 + $0)") })
  /// Every user gets the number of the next one.
  private static let after = list((1...count).map { ($0, "\(10_000 + $0 % count + 1)") })

  /// A store before the run that will be killed.
  private func place() throws -> Workspace {
    let place = try Workspace()
    try place.write(Self.before, to: "before.csv")
    try place.write(Self.after, to: "after.csv")
    let result = try place.run("apply", "before.csv", "--unknown-users", "create", "--quiet")
    #expect(result.code == 0)
    return place
  }

  /// Whether the store holds the whole run; fails when it holds a part.
  private func isWhole(_ place: Workspace) throws -> Bool {
    let assignments = try place.assignments()
    #expect(assignments.count == Self.count)
    let moved = (1...Self.count).count { assignments[id($0)] == "\(10_000 + $0 % Self.count + 1)" }
    let kept = (1...Self.count).count { assignments[id($0)] == "\(10_000 + $0)" }
    #expect(moved == Self.count && kept == 0 || kept == Self.count && moved == 0)
    return moved > 0
  }

  private func runCount(_ place: Workspace) throws -> Int {
    try place.run("runs", "--json").outputLines.count
  }

  private func finish(_ place: Workspace) throws {
    let wasWhole = try isWhole(place)
    #expect(try runCount(place) == (wasWhole ? 2 : 1))
    let result = try place.run("apply", "after.csv", "--report", "report.ndjson")
    #expect(result.code == 0, "\(result.err)")
    let outcomes = try Set(place.report(in: "report.ndjson").map(\.outcome))
    #expect(outcomes == [wasWhole ? "unchanged" : "applied"])
    let whole = try isWhole(place)
    #expect(whole)
  }

  /// Points of a run at which files of the store show how far it is.
  enum Point: String, CaseIterable {
    case locked, opened, writing, written, reported
  }

  @Test(arguments: Point.allCases, [SIGKILL, SIGTERM])
  func `a run that is stopped is whole or not there`(_ point: Point, _ signal: Int32) throws {
    let place = try place()
    let run = try place.start(["apply", "after.csv", "--report", "report.ndjson"])
    try poll(until: point.rawValue) {
      if run.process.isOver { return true }
      switch point {
      case .locked: return place.has("rcimport.sqlite.lock")
      case .opened: return place.has("rcimport.sqlite-shm")
      case .writing: return place.has("rcimport.sqlite-wal")
      case .written: return place.byteCount(of: "rcimport.sqlite-wal") > 4096
      case .reported: return place.byteCount(of: "report.ndjson") > 0
      }
    }
    run.process.send(signal)
    let end = try run.process.wait()
    #expect([.signal(SIGKILL), .exit(143), .exit(0)].contains(end))
    try finish(place)
  }

  @Test func `a run that is killed at any time is whole or not there`() throws {
    let place = try place()
    // How long the whole run takes on this machine tells where its parts are.
    let clock = ContinuousClock()
    let whole = try clock.measure { () throws in
      _ = try place.run("validate", "after.csv", "--quiet")
    }
    var hasEnded = false
    for part in 1...12 where !hasEnded {
      let run = try place.start(["apply", "after.csv", "--quiet"])
      let deadline = clock.now + whole * part / 6
      try poll(until: "a part of the run was done") { clock.now >= deadline || run.process.isOver }
      run.process.send(SIGKILL)
      _ = try run.process.wait()
      hasEnded = try isWhole(place)
    }
    try finish(place)
    #expect(try place.allNames().filter { $0.hasSuffix(".part") } == [])
  }
}
