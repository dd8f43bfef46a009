import Glibc
import Support
import Testing

@Suite(.blocking) struct LockTests {
  private static let beginning = list((1...4000).map { ($0, "\(10_000 + $0)") })

  /// A run that holds the store and waits for the rest of its input.
  private func holder(_ place: Workspace) throws -> (run: Run, pipe: NamedPipe) {
    let pipe = try NamedPipe("slow.csv", in: place)
    let run = try place.start(["apply", "slow.csv", "--unknown-users", "create", "--quiet"])
    try pipe.write(Self.beginning)
    try poll(until: "the first run held the store") { place.has("rcimport.sqlite.lock") }
    return (run, pipe)
  }

  @Test func `a second run waits a moment and says who holds the store`() throws {
    let place = try Workspace()
    let (first, pipe) = try holder(place)
    try place.write(list((9000, "9000")), to: "users.csv")
    let second = try place.run("apply", "users.csv", "--unknown-users", "create")
    #expect(second.code == 75)
    #expect(second.isOneSentence, "\(second.err)")
    #expect(second.err.contains("\(first.process.id)"))
    #expect(second.err.contains("apply slow.csv"))
    #expect(second.out.isEmpty)
    // A dry run and listings need no lock.
    #expect(try place.run("validate", "users.csv", "--unknown-users", "create").code == 0)
    pipe.finish()
    #expect(try first.finish().code == 0)
    #expect(try place.assignments().count == 4000)
    #expect(try place.run("apply", "users.csv", "--unknown-users", "create").code == 0)
  }

  @Test func `a run that was killed blocks nobody`() throws {
    let place = try Workspace()
    let (first, pipe) = try holder(place)
    first.process.send(SIGKILL)
    _ = try first.process.wait()
    pipe.finish()
    try place.write(list((9000, "9000")), to: "users.csv")
    #expect(try place.run("apply", "users.csv", "--unknown-users", "create").code == 0)
    #expect(try place.assignments() == [id(9000): "9000"])
    #expect(!place.has("rcimport.sqlite.lock"))
  }

  @Test func `another store is free`() throws {
    let place = try Workspace()
    let (first, pipe) = try holder(place)
    try place.write(list((9000, "9000")), to: "users.csv")
    let second = try place.run(
      "apply",
      "users.csv",
      "--unknown-users",
      "create",
      "--store",
      "other.sqlite"
    )
    #expect(second.code == 0)
    pipe.finish()
    #expect(try first.finish().code == 0)
  }

  @Test func `runs that start together end one after the other`() throws {
    let place = try Workspace()
    try place.write(list((1...200).map { ($0, "\(5000 + $0)") }), to: "users.csv")
    let runs = try (1...3).map { _ in
      try place.start(["apply", "users.csv", "--unknown-users", "create"])
    }
    let results = try runs.map { try $0.finish() }
    // Who waits too long on a busy machine gives up; that is told by its code.
    #expect(results.allSatisfy { [0, 75].contains($0.code) })
    let outcomes = try results.filter { $0.code == 0 }.map { try Set($0.report.map(\.outcome)) }
    #expect(outcomes.count { $0 == ["applied"] } == 1)
    #expect(outcomes.allSatisfy { $0 == ["applied"] || $0 == ["unchanged"] })
    #expect(try place.assignments().count == 200)
  }
}
