import Foundation
import ImportModel
import Reports
import Support
import Testing

/// The schemas that are shipped, read from where they stand.
enum ReportSchema {
  static var line: JSONSchema { get throws { try schema("report-line") } }
  static var summary: JSONSchema { get throws { try schema("summary") } }

  private static func schema(_ name: String) throws -> JSONSchema {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let file = root.appending(path: "Sources/Reports/Schema/\(name).schema.json")
    return try JSONSchema(parsing: String(contentsOf: file, encoding: .utf8))
  }
}

struct SchemaTests {
  private static let good =
    #"{"row":2,"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234","outcome":"applied","status":200,"message":"ok","data":{}}"#
  private static let bad =
    #"{"row":2,"userId":"x","rcExtension":null,"outcome":"rejected","status":400,"error":{"code":"VALIDATION_ERROR","message":"m"},"reasons":[{"code":"objectid_not_hex","severity":"error","field":"userId","message":"m"}],"line":2}"#

  /// A right line with one part replaced, so that it is wrong.
  struct Edit: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: String
    var part: String
    var replacement: String

    init(_ name: String, of line: String, _ part: String, _ replacement: String) {
      testDescription = name
      self.line = line
      self.part = part
      self.replacement = replacement
    }
  }

  static let wrongLines: [Edit] = [
    Edit("cut off", of: good, #"}}"#, #"}"#),
    Edit("no row", of: good, #""row":2,"#, ""),
    Edit("row 0", of: good, #""row":2"#, #""row":0"#),
    Edit("a fraction of a row", of: good, #""row":2"#, #""row":2.5"#),
    Edit("row as text", of: good, #""row":2"#, #""row":"2""#),
    Edit("row as truth", of: good, #""row":2"#, #""row":true"#),
    Edit(
      "upper case id on a good row",
      of: good,
      "64b7f1a2e4b0a5d3f9c12345",
      "64B7F1A2E4B0A5D3F9C12345"
    ),
    Edit("letters in a good extension", of: good, #""1234""#, #""12a4""#),
    Edit("an extension as a number", of: good, #""1234""#, "1234"),
    Edit("an outcome that is none", of: good, "applied", "undecided"),
    Edit("success with status 400", of: good, "200", "400"),
    Edit("success without data", of: good, #","data":{}"#, ""),
    Edit("something in data", of: good, #"{}}"#, #"{"a":1}}"#),
    Edit("a key too many", of: good, #""data""#, #""extra":1,"data""#),
    Edit(
      "success with an error",
      of: good,
      #""data""#,
      #""error":{"code":"SERVER_ERROR","message":"m"},"data""#
    ),
    Edit("line without reasons", of: good, #""data":{}"#, #""data":{},"line":2"#),
    Edit("previous as a number", of: good, #""data":{}"#, #""data":{},"previous":12"#),
    Edit(
      "rejected without reasons",
      of: bad,
      #""reasons":[{"code":"objectid_not_hex","severity":"error","field":"userId","message":"m"}],"line":2"#,
      #""file":"f""#
    ),
    Edit(
      "no reason in reasons",
      of: bad,
      #"{"code":"objectid_not_hex","severity":"error","field":"userId","message":"m"}"#,
      ""
    ),
    Edit("reasons without line", of: bad, #","line":2"#, ""),
    Edit("a code that nobody knows", of: bad, "objectid_not_hex", "objectid_odd"),
    Edit("a severity that is none", of: bad, #""severity":"error""#, #""severity":"fatal""#),
    Edit("a field that is none", of: bad, #""field":"userId""#, #""field":"id""#),
    Edit("an error without its code", of: bad, #""code":"VALIDATION_ERROR","#, ""),
    Edit("404 with the code of 400", of: bad, "400", "404"),
    Edit("an empty message", of: bad, #""message":"m"}]"#, #""message":""}]"#),
  ]

  @Test func `both schemas know every code`() throws {
    let names = ReasonCode.allCases.map(\.entry.name)
    for schema in [try ReportSchema.line, try ReportSchema.summary] {
      #expect(schema.schema["$defs"]?["code"]?["enum"]?.elements.compactMap(\.text) == names)
    }
  }

  @Test func `the schema of a line knows every field and outcome`() throws {
    let schema = try ReportSchema.line.schema
    #expect(
      schema["$defs"]?["field"]?["enum"]?.elements.compactMap(\.text)
        == Field.allCases.map(\.name)
    )
    #expect(
      schema["properties"]?["outcome"]?["enum"]?.elements.compactMap(\.text)
        == Outcome.allCases.filter { $0 != .undecided }.map(\.name)
    )
  }

  @Test(arguments: [good, bad])
  func `a right line is valid`(_ line: String) throws {
    #expect(try ReportSchema.line.problems(in: line) == [])
  }

  @Test(arguments: wrongLines)
  func `a wrong line is found out`(_ edit: Edit) throws {
    let wrong = edit.line.replacing(edit.part, with: edit.replacement, maxReplacements: 1)
    #expect(wrong != edit.line, "nothing was replaced")
    #expect(try !ReportSchema.line.problems(in: wrong).isEmpty)
  }
}
