import Glibc
import Support
import Testing

@Suite(.blocking) struct InterruptionTests {
  private static let signals: [(number: Int32, code: Int32)] = [
    (SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129),
  ]

  /// Rows enough that the program is past finding out what the input is.
  private static let beginning = list((1...4000).map { ($0, "\(10_000 + $0)") })

  private func expectNothingLeft(in place: Workspace, _ names: [String]) throws {
    #expect(try place.storesNothing())
    #expect(try place.names() == names)
    #expect(try place.temporaryNames == [])
  }

  @Test(arguments: signals)
  func `a signal stops a run that waits for its input`(_ signal: (number: Int32, code: Int32))
    throws
  {
    let place = try Workspace()
    let pipe = try NamedPipe("users.csv", in: place)
    let run = try place.start([
      "apply", "users.csv", "--unknown-users", "create", "--report", "report.ndjson",
      "--rejects", "rejects.csv",
    ])
    try pipe.write(Self.beginning)
    try pipe.drain()
    run.process.send(signal.number)
    // Ten seconds are promised, and for its input it would wait for ever; the machine may be busy.
    let end = try run.process.wait(seconds: 60)
    #expect(end == .exit(signal.code))
    try expectNothingLeft(in: place, ["users.csv"])
  }

  @Test(arguments: signals)
  func `a signal stops a run whose input goes on`(_ signal: (number: Int32, code: Int32)) throws {
    let place = try Workspace()
    let pipe = try NamedPipe("users.csv", in: place)
    let run = try place.start([
      "validate", "users.csv", "--unknown-users", "create", "--report", "report.ndjson",
    ])
    try pipe.write(Self.beginning)
    run.process.send(signal.number)
    try? pipe.write(String(repeating: "\(id(1)),1001\n", count: 20_000))
    pipe.finish()
    #expect(try run.process.wait() == .exit(signal.code))
    try expectNothingLeft(in: place, ["users.csv"])
  }

  @Test func `a signal leaves the report of before`() throws {
    let place = try Workspace()
    try place.write("of before", to: "report.ndjson")
    let pipe = try NamedPipe("users.csv", in: place)
    let run = try place.start(["validate", "users.csv", "--report", "report.ndjson"])
    try pipe.write(Self.beginning)
    run.process.send(SIGTERM)
    pipe.finish()
    #expect([.exit(143), .exit(2)].contains(try run.process.wait()))
    #expect(try place.names() == ["report.ndjson", "users.csv"])
    let text = try place.text(of: "report.ndjson")
    #expect(text == "of before" || text.split(separator: "\n").count == 4000)
  }

  @Test func `a second signal ends a run at once`() throws {
    let place = try Workspace()
    let pipe = try NamedPipe("users.csv", in: place)
    let run = try place.start(["validate", "users.csv"])
    try pipe.write(Self.beginning)
    try pipe.drain()
    run.process.send(SIGINT)
    try poll(until: "the program ended", seconds: 60) {
      run.process.send(SIGINT)
      return run.process.isOver
    }
    #expect([.exit(130), .signal(SIGINT)].contains(try run.process.wait()))
  }
}
