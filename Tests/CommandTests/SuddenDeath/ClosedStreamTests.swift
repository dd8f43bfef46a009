import Support
import Testing

/// Streams that are closed before the program begins, or end where nobody expects it.
@Suite(.blocking) struct ClosedStreamTests {
  private static let create = ["--unknown-users", "create"]

  @Test(arguments: ["validate", "apply", "rows"])
  func `standard input that is closed cannot be read`(_ command: String) throws {
    let place = try Workspace()
    let result = try place.start([command, "-"], redirections: "<&-").finish()
    #expect(result.code == 66)
    #expect(result.isOneSentence, "\(result.err)")
    #expect(try place.allNames() == [])
  }

  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
  func `nothing takes the place of a stream that is closed`(_ redirections: String) throws {
    let place = try Workspace()
    let text = list((1, "1001"), (2, "x"))
    try place.write(text, to: "users.csv")
    let run = try place.start(
      ["apply", "users.csv", "--out-dir", "proof"] + Self.create,
      redirections: redirections
    )
    // Where a stream lacks, its text cannot be written, which is an error for results only.
    #expect(
      try run.finish().code == (redirections.contains(" >") || redirections.hasPrefix(">") ? 74 : 2)
    )
    #expect(try place.text(of: "users.csv") == text)
    #expect(try place.assignments() == [id(1): "1001"])
    #expect(try place.report(in: "proof/report.ndjson").map(\.outcome) == ["applied", "rejected"])
  }

  /// Texts that stop in the middle, as a pipe does whose writer died.
  static let cut: [(name: String, text: String)] = [
    ("an open quote", list((1...400).map { ($0, "\(1000 + $0)") }) + "\"\(id(500))"),
    ("an open element", "<users>\n<user><userId>\(id(1))</userId><rcExtension>10"),
    ("an open tag", "<users>\n<user><userId>\(id(1))</userId></user><us"),
    ("nothing", ""), ("half a header", "userId,rcEx"),
  ]

  @Test(arguments: cut)
  func `half a row at the end of a pipe is never taken for a whole one`(
    _ cut: (name: String, text: String)
  ) throws {
    let place = try Workspace()
    let result = try place.run(
      ["apply", "-", "--report", "report.ndjson"] + Self.create,
      input: .text(cut.text)
    )
    #expect([2, 65].contains(result.code), "\(cut.name): \(result.err)")
    if result.code == 65 {
      #expect(result.isOneSentence, "\(cut.name): \(result.err)")
      #expect(try place.allNames() == [])
    } else {
      #expect(try place.report(in: "report.ndjson").last?.codes == ["unterminated_quote"])
      #expect(try place.assignments()[id(500)] == nil)
    }
    #expect(try place.temporaryNames == [])
  }
}
