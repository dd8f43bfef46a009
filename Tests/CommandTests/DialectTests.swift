import Support
import Testing

@Suite(.blocking) struct DialectTests {
  /// The header and rows of the text as the reader sees them.
  private func rows(_ text: String, _ flags: String...) throws -> [JSONValue] {
    let place = try Workspace()
    let result = try place.run(["rows", "-"] + flags, input: .text(text))
    #expect(result.code == 0, "\(result.err)")
    return try result.outputLines.map { try JSONValue(parsing: $0) }
  }

  /// The report of the text.
  private func report(_ text: String, _ flags: String...) throws -> [ReportLine] {
    let place = try Workspace()
    let arguments = ["validate", "-", "--unknown-users", "create"]
    return try place.run(arguments + flags, input: .text(text)).report
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func `the delimiter is found`(_ delimiter: String) throws {
    let lines = ["userId,firstName,rcExtension", "\(id(1)),Ada,1001", "\(id(2)),Bob,1002"]
    let text = lines.map { $0.replacing(",", with: delimiter) + "\n" }.joined()
    #expect(try report(text).map(\.rcExtension) == ["1001", "1002"])
  }

  @Test func `a delimiter inside quotes does not mislead`() throws {
    let text = "userId;name;rcExtension\n\(id(1));\"A, B, C, D\";1001\n\(id(2));\"E, F\";1002\n"
    #expect(try report(text).map(\.outcome) == ["would_apply", "would_apply"])
  }

  @Test func `the delimiter can be said`() throws {
    let text = "userId:rcExtension\n\(id(1)):1001\n"
    #expect(try report(text, "--delimiter", ":").map(\.outcome) == ["would_apply"])
    let named = "userId|rcExtension\n\(id(1))|1001\n"
    #expect(try report(named, "--delimiter", "pipe").map(\.outcome) == ["would_apply"])
  }

  @Test(arguments: ["sep=;\n", "sep=;\r\n", "\"sep=;\"\n", "SEP=;\n"])
  func `the line with which Excel names the delimiter is no row`(_ directive: String) throws {
    let report = try report(directive + "userId;rcExtension\n\(id(1));1001\n")
    #expect(report.map(\.outcome) == ["would_apply"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `every line end is taken, also without the last one`(_ end: String) throws {
    let lines = ["userId,rcExtension", "\(id(1)),1001", "\(id(2)),x", "\(id(3)),1003"]
    for text in [lines.joined(separator: end), lines.map { $0 + end }.joined()] {
      let report = try report(text)
      #expect(report.map(\.outcome) == ["would_apply", "rejected", "would_apply"])
      #expect(report.map(\.row) == [2, 3, 4])
      #expect(report[1].line == 3)
    }
  }

  @Test func `line ends may be mixed`() throws {
    let report = try report(
      "userId,rcExtension\r\n\(id(1)),1001\n\(id(2)),1002\r\(id(3)),x\r\n\(id(4)),1004\n"
    )
    #expect(report.map(\.row) == [2, 3, 4, 5])
    #expect(report[2].line == 4)
  }

  @Test func `quotes may hold delimiters, quotes and line breaks`() throws {
    let text = "userId,name,rcExtension\n\(id(1)),\"a,\"\"b\"\"\nc\",1001\n\(id(2)),d,x\n"
    #expect(
      try rows(text) == [
        JSONValue(parsing: #"{"header":["userId","name","rcExtension"]}"#),
        JSONValue(parsing: #"{"row":2,"line":2,"fields":["\#(id(1))","a,\"b\"\nc","1001"]}"#),
        JSONValue(parsing: #"{"row":3,"line":4,"fields":["\#(id(2))","d","x"]}"#),
      ]
    )
    // A spreadsheet shows the second record in row 3, whatever the line breaks in quotes are.
    let report = try report(text)
    #expect(report.map(\.row) == [2, 3])
    #expect(report.last?.line == 4)
  }

  @Test func `blank lines are no rows, but count as a spreadsheet counts them`() throws {
    let report = try report(
      "userId,rcExtension\n\n\(id(1)),1001\n\n\n,\n\(id(2)),x\n\n"
    )
    #expect(report.map(\.row) == [3, 7])
    #expect(report.last?.line == 7)
  }

  @Test func `title lines above the header are skipped`() throws {
    let report = try report(
      "Phone list of the Paris office\nPrinted 2026-01-05,,\n\nuserId,name,rcExtension\n"
        + "\(id(1)),Ada,1001\n\(id(2)),Bob,x\n"
    )
    #expect(report.map(\.row) == [5, 6])
    #expect(report.map(\.outcome) == ["would_apply", "rejected"])
  }

  @Test(arguments: ["Total,2\n", "Total: 2 users,\n", "Grand total,,2\n", "Sum,2\n"])
  func `a total at the end is no row`(_ footer: String) throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      "--report",
      "-",
      "--summary",
      "summary.json",
      input: .text(list((1, "1001"), (2, "1002")) + footer)
    )
    #expect(try result.report.map(\.outcome) == ["would_apply", "would_apply"])
    #expect(result.code == 0)
    #expect(try place.text(of: "summary.json").contains("footer_row"))
  }

  @Test func `a total does not count among the rows that lack an extension`() throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      "--report",
      "-",
      input: .text(list((1, "1001"), (2, ""), (3, "")) + "Total,\n")
    )
    #expect(try result.report.map(\.outcome) == ["would_apply", "rejected", "rejected"])
    #expect(result.code == 2)
  }

  @Test func `input without a header begins with row 1`() throws {
    let text = "\(id(1)),1001\n\(id(2)),x\n"
    #expect(
      try rows(text, "--no-header") == [
        JSONValue(parsing: #"{"row":1,"line":1,"fields":["\#(id(1))","1001"]}"#),
        JSONValue(parsing: #"{"row":2,"line":2,"fields":["\#(id(2))","x"]}"#),
      ]
    )
    let report = try report(text, "--no-header", "--map", "userId=1,rcExtension=2")
    #expect(report.map(\.row) == [1, 2])
    #expect(report.map(\.outcome) == ["would_apply", "rejected"])
  }

  @Test func `a repeated header is no row`() throws {
    let text = list((1, "1001")) + list((2, "1002"))
    let report = try report(text)
    #expect(report.map(\.row) == [2, 4])
    #expect(report.allSatisfy { $0.outcome == "would_apply" })
  }

  @Test func `files that were joined with their marks have no extra rows`() throws {
    let report = try report(list((1, "1001")) + "\u{FEFF}" + list((2, "1002")))
    #expect(report.map(\.row) == [2, 4])
    #expect(report.allSatisfy { $0.outcome == "would_apply" })
  }
}
