import Support
import Testing

/// What the report says of a row does not depend on how many others have problems: there is room to keep
/// what was found in some thousand of them, and the others are read again.
@Suite(.blocking) struct ManyProblemsTests {
  /// Rows of every kind, with what only shows between rows.
  private static let records = [
    "\(id(1)),1001,Ann,a@b.c",
    "\(id(2)),1002,\"Ann\nLee\",a@b.c",
    "\(id(3)),01003,Ann,a@b.c",
    "\(id(4)),1004,Ann,\"a@b.c,\"\"d\"\"\"",
    "\(id(5).uppercased()),1005,Ann,",
    " \(id(6)) ,\"1,006\",Ann,a@b.c",
    "\"ObjectId(\"\"\(id(7))\"\")\",1007.0,Ann,a@b.c",
    "\(id(8)),,Ann,a@b.c",
    ",1009,\"Ann\r\nLee\",a@b.c",
    "\(id(10)),+1010,=Ann,a@b.c",
    "\(id(11).dropLast()),x1011,R&amp;D,a@b.c",
    "\(id(12)),1012",
    "\(id(13)),1013,Ann,a@b.c,more",
    "\(id(14)),10\u{7}14,B\u{FFFD}b,a b@c.d",
    "\(id(15)),１０１５,Zo\u{EB},a@b.c",
    // Rows that only others make wrong: of one user, of one extension, and with a word of their own.
    "\(id(16)),1016,Ann,a@b.c",
    "\(id(16)),1017,Ann,a@b.c",
    "\(id(16)),1017,Ann,a@b.c",
    "\(id(17)),1001,Ann,a@b.c",
    "\(id(18)),1001,\"Bob\nLee\",a@b.c",
    "\(id(19).uppercased()),01001,Bob,a@b.c",
    "\(id(19)),\"1020 \",Bob,a@b.c",
  ]
  private static let header = "userId,rcExtension,firstName,email\n"
  private static let fillerCount = 4000

  @Test(arguments: [
    [], ["--notes"], ["--on-duplicate", "keep-first"], ["--on-duplicate", "keep-last", "--strict"],
    ["--fix", "safe", "--on-blank", "clear"], ["--unknown-users", "reject"],
  ])
  func `rows are explained alike among few and among many others`(flags: [String]) throws {
    let place = try Workspace()
    let rows = Self.records.map { $0 + "\n" }.joined()
    let fillers = String(repeating: "none,none,Ann,a@b.c\n", count: Self.fillerCount)
    try place.write(Self.header + rows, to: "few.csv")
    try place.write(Self.header + fillers + rows, to: "many.csv")
    let few = try place.run(["validate", "few.csv"] + Self.always + flags)
    let many = try place.run(["validate", "many.csv"] + Self.always + flags)
    #expect(few.code == 2 && many.code == 2, "\(few.err)\(many.err)")
    let wanted = few.outputLines
    let told = many.outputLines.dropFirst(Self.fillerCount)
    #expect(wanted.count == Self.records.count && told.count == wanted.count)
    for (line, other) in zip(wanted, told) {
      #expect(Self.movedUp(other) == line)
    }
  }

  @Test(arguments: [[], ["--notes"], ["--on-duplicate", "keep-first"]])
  func `rows are explained alike with their records beside`(flags: [String]) throws {
    let place = try Workspace()
    let rows = Self.records.map { $0 + "\n" }.joined()
    try place.write(Self.header + rows, to: "few.csv")
    let alone = try place.run(["validate", "few.csv"] + Self.always + flags)
    let beside = ["--report", "report.ndjson", "--rejects", "rejects.csv"]
    try place.run(["validate", "few.csv"] + beside + Self.always + flags)
    #expect(try place.text(of: "report.ndjson") == alone.out)
    let rejects = try place.text(of: "rejects.csv")
    let rejected = try alone.report.filter { $0.outcome == "rejected" }.compactMap(\.row)
    #expect(rejected.count > 10)
    // The header is row 1.
    for row in rejected {
      #expect(rejects.contains(Self.records[row - 2]), "row \(row)")
    }
  }

  private static let always = ["--unknown-users", "create"]

  /// A line with the numbers of rows as they are without the fillers.
  private static func movedUp(_ line: String) -> String {
    line.replacing(/("row":|"line":|row |rows |, )(\d+)/) { match in
      guard let number = Int(match.2), number > fillerCount else { return String(match.0) }
      return "\(match.1)\(number - fillerCount)"
    }
  }
}
