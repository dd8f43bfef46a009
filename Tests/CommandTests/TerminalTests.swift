import Glibc
import Support
import Testing

@Suite(.blocking) struct TerminalTests {
  private static let escape = "\u{1B}"

  private func place() throws -> Workspace {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "10x2"), (3, "10x3")), to: "users.csv")
    return place
  }

  /// Runs the program on a terminal to its end.
  private func run(
    _ place: Workspace,
    _ arguments: [String],
    environment: [String] = []
  ) throws -> (end: ChildProcess.End, terminal: PseudoTerminal) {
    let terminal = try PseudoTerminal()
    let process = try place.start(on: terminal, arguments, environment: environment)
    return (try terminal.finish(process), terminal)
  }

  @Test func `a terminal shows counts and problems by reason`() throws {
    let (end, terminal) = try run(place(), ["validate", "users.csv", "--unknown-users", "create"])
    #expect(end == .exit(2))
    let text = terminal.plainText
    #expect(text.contains("extension_not_digits"))
    #expect(text.contains("3, 4"))
    #expect(!text.contains("\"outcome\""))
    #expect(
      terminal.text.contains("\(Self.escape)[3") || terminal.text.contains("\(Self.escape)[1")
    )
  }

  @Test(arguments: [["NO_COLOR=1"], ["TERM=dumb"]])
  func `colours are left out when the environment says so`(_ environment: [String]) throws {
    let (_, terminal) = try run(
      place(),
      ["validate", "users.csv", "--no-progress"],
      environment: environment
    )
    #expect(terminal.text.contains("user_not_found"))
    #expect(!terminal.text.contains(Self.escape))
  }

  @Test func `colours are left out when a flag says so`() throws {
    let (_, terminal) = try run(place(), ["validate", "users.csv", "--no-progress", "--no-color"])
    #expect(!terminal.text.contains(Self.escape))
  }

  @Test func `a terminal that cannot redraw gets no bar`() throws {
    let (_, terminal) = try run(place(), ["validate", "users.csv"], environment: ["TERM=dumb"])
    #expect(!terminal.text.contains(Self.escape))
    #expect(!terminal.text.replacing("\r\n", with: "\n").contains("\r"))
  }

  @Test func `a run shows at once that it is alive, and clears up`() throws {
    let place = try place()
    let pipe = try NamedPipe("slow.csv", in: place)
    let terminal = try PseudoTerminal()
    let process = try place.start(on: terminal, ["validate", "slow.csv"])
    try terminal.expect("slow.csv")
    try pipe.write(list((1, "1001")))
    pipe.finish()
    #expect(try terminal.finish(process) == .exit(2))
    // What was drawn is taken away before the summary.
    #expect(terminal.text.contains("\r\(Self.escape)[K"))
  }

  @Test func `the line about each input is said once`() throws {
    let (_, terminal) = try run(
      place(),
      ["validate", "users.csv", "--no-progress", "--report", "r"]
    )
    let lines = terminal.plainText.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("users.csv: ") && $0.contains("comma") })
  }

  // MARK: - The question

  private func answer(_ text: String, flags: [String] = []) throws -> (
    ChildProcess.End, PseudoTerminal, Workspace
  ) {
    let place = try place()
    let terminal = try PseudoTerminal()
    let process = try place.start(
      on: terminal,
      ["apply", "users.csv", "--unknown-users", "create"] + flags
    )
    try terminal.expect("[y/N]")
    terminal.type(text)
    return (try terminal.finish(process), terminal, place)
  }

  @Test(arguments: ["y\n", "yes\n", "Y\n"])
  func `apply asks and writes after a yes`(_ text: String) throws {
    let (end, terminal, place) = try answer(text)
    #expect(end == .exit(2))
    #expect(try place.assignments() == [id(1): "1001"])
    // The counts stand before the question.
    let shown = terminal.plainText
    let counts = try #require(shown.firstRange(of: "2 rejected"))
    let question = try #require(shown.firstRange(of: "[y/N]"))
    #expect(counts.lowerBound < question.lowerBound)
  }

  @Test(arguments: ["n\n", "\n", "no\n", "yess\n", "\u{4}"])
  func `apply writes nothing after anything else`(_ text: String) throws {
    let (end, _, place) = try answer(text)
    #expect(end == .exit(3))
    #expect(try place.storesNothing())
  }

  @Test func `a report is still written after a no`() throws {
    let (_, _, place) = try answer("n\n", flags: ["--report", "report.ndjson"])
    #expect(
      try place.report(in: "report.ndjson").map(\.outcome)
        == ["unprocessed", "rejected", "rejected"]
    )
  }

  @Test func `the interrupt key at the question stops the run`() throws {
    let (end, _, place) = try answer("\u{3}")
    #expect(end == .exit(130))
    #expect(try place.storesNothing())
  }

  @Test(arguments: ["--yes", "-y"])
  func `apply does not ask when the answer is given`(_ flag: String) throws {
    let place = try place()
    let (end, terminal) = try run(
      place,
      ["apply", "users.csv", "--unknown-users", "create", flag]
    )
    #expect(end == .exit(2))
    #expect(!terminal.text.contains("[y/N]"))
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `values cannot drive the terminal`() throws {
    let place = try Workspace()
    try place.write(
      "userId,rcExtension,\u{1B}[31mred\n\(id(1)),12\u{1B}]0;title\u{7}34,x\n",
      to: "users.csv"
    )
    let (_, terminal) = try run(
      place,
      ["validate", "users.csv", "--no-color", "--no-progress", "--unknown-users", "create"]
    )
    #expect(!terminal.text.contains(Self.escape))
    #expect(!terminal.text.contains("\u{7}"))
  }
}
