import Foundation
import Support
import Testing

@Suite(.blocking) struct RejectsTests {
  private static let arguments = ["--unknown-users", "create", "--rejects"]
  private static let added = ["_row", "_line", "_codes", "_message", "_hint", "_suggested"]

  /// Inputs with bad rows: the text, what is wrong in the rejected rows and how it is mended.
  static let inputs: [(name: String, text: String, mends: [(String, String)])] = [
    ("commas.csv", list((1, "1001"), (2, "10x2"), (3, "1003"), (4, "")), [("10x2", "1002")]),
    (
      "semicolons.csv",
      "userId;name;rcExtension\n\(id(1));\"a;b\";1001\n\(id(2));\"c\"\"d\";10x2\n"
        + "\(id(3));\"e\nf\";bad\n",
      [("10x2", "1002"), ("bad", "1003")]
    ),
    (
      "tabs.csv", "userId\trcExtension\r\n\(id(1))\t1001\r\n\(id(2))\t10x2\r\n",
      [("10x2", "1002")]
    ),
    (
      "sep.csv", "sep=;\nuserId;rcExtension\n\(id(1));1001\n\(id(2));10x2\n", [("10x2", "1002")]
    ),
    (
      "title.csv",
      "Phone list\n\nuserId,name,rcExtension\n\(id(1)),a,1001\n\(id(2)),b,10x2\nTotal,,2\n",
      [("10x2", "1002")]
    ),
    (
      "users.xml",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <export xmlns:x="urn:x"><people>
        <person x:n="1"><userId>\(id(1))</userId><rcExtension>1001</rcExtension></person>
        <person><userId>\(id(2))</userId><rcExtension>10x2</rcExtension><!-- kept --></person>
        <person><userId><![CDATA[\(id(3))]]></userId><rcExtension>b&amp;d</rcExtension></person>
      </people></export>
      """,
      [("10x2", "1002"), ("b&amp;d", "1003")]
    ),
  ]

  @Test(arguments: inputs)
  func `rejected rows come back as they are and can be mended`(
    _ input: (name: String, text: String, mends: [(String, String)])
  ) throws {
    let place = try Workspace()
    try place.write(input.text, to: input.name)
    let ending = String(input.name.suffix(3))
    let file = "rejects.\(ending)"
    let first = try place.run(
      ["validate", input.name, "--report", "first.ndjson"] + Self.arguments + [file]
    )
    #expect(first.code == 2)
    let rejected = try place.report(in: "first.ndjson").filter { $0.outcome == "rejected" }
    #expect(rejected.count >= input.mends.count)

    // As they are, the rejected rows are rejected again for the same reasons.
    let again = try place.run(
      ["validate", file, "--report", "again.ndjson"] + Self.arguments + ["two.\(ending)"]
    )
    #expect(again.code == 2, "\(again.err)")
    let second = try place.report(in: "again.ndjson")
    #expect(second.map(\.codes) == rejected.map(\.codes))
    #expect(second.map(\.userID) == rejected.map(\.userID))
    #expect(second.map(\.rcExtension) == rejected.map(\.rcExtension))

    // Mended they are applied.
    var text = try place.text(of: file)
    for (wrong, right) in input.mends { text = text.replacing(wrong, with: right) }
    try place.write(text, to: "mended.\(ending)")
    let mended = try place.run(
      "apply",
      "mended.\(ending)",
      "--unknown-users",
      "create",
      "--on-blank",
      "skip"
    )
    #expect(mended.code == 0, "\(mended.err)\(mended.out)")
    #expect(try mended.report.allSatisfy { $0.outcome == "applied" })
  }

  @Test func `rejected records of CSV stand byte for byte before six columns`() throws {
    let place = try Workspace()
    let bad = "\(id(2)), \"a,\"\"b\" ,10x2"
    let worse = "\"\(id(3))\",\"c\nd\",\"x\""
    try place.write(
      "userId,name,rcExtension\n\(id(1)),z,1001\n\(bad)\n\(worse)\n",
      to: "users.csv"
    )
    try place.run(["validate", "users.csv"] + Self.arguments + ["rejects.csv"])
    let text = try place.text(of: "rejects.csv")
    #expect(text.hasPrefix("userId,name,rcExtension," + Self.added.joined(separator: ",") + "\n"))
    #expect(text.contains("\n\(bad),3,3,"))
    #expect(text.contains("\n\(worse),4,4,"))
    #expect(!text.contains(id(1)))
    #expect(text.contains("extension_not_digits"))
  }

  @Test func `damaged records are kept too`() throws {
    let place = try Workspace()
    try place.write(
      "userId,name,rcExtension\n\(id(1)),a,1001,more\n\(id(2)),b\n\(id(3)),c,1003\n",
      to: "users.csv"
    )
    try place.run(["validate", "users.csv"] + Self.arguments + ["rejects.csv"])
    let text = try place.text(of: "rejects.csv")
    #expect(text.contains("\(id(1)),a,1001,more"))
    #expect(text.contains("\(id(2)),b"))
    #expect(text.contains("ragged_row_long") && text.contains("ragged_row_short"))
    #expect(!text.contains(id(3)))
  }

  @Test func `a value that a spreadsheet would compute is made harmless in our columns`() throws {
    let place = try Workspace()
    try place.write("userId,rcExtension\n=1+1,+1\n", to: "users.csv")
    try place.run(["validate", "users.csv"] + Self.arguments + ["rejects.csv"])
    let row = try #require(try place.text(of: "rejects.csv").split(separator: "\n").last)
    for start in [",=", ",@", ",\"=", ",\"@"] { #expect(!row.contains(start), "\(row)") }
  }

  @Test func `an encoding survives the way through the rejects`() throws {
    let place = try Workspace()
    let text = "userId,firstName,rcExtension\n\(id(1)),Zoë,10x1\n\(id(2)),Ann,1002\n"
    let wide: [UInt8] = [0xFF, 0xFE] + (text.data(using: .utf16LittleEndian) ?? Data())
    try place.write(wide, to: "people.csv")
    try place.run(["validate", "people.csv"] + Self.arguments + ["rejects.csv"])
    let again = try place.run("validate", "rejects.csv")
    #expect(try again.report.map(\.codes) == [["extension_not_digits"]])
    let rows = try place.run("rows", "rejects.csv")
    #expect(rows.out.contains("Zoë"))
  }

  /// Found by the fuzzer: the rejects were UTF-8, which the option for the input does not fit.
  @Test(arguments: [(String.Encoding.windowsCP1252, "windows-1252"), (.utf16, "utf-16")])
  func `rejects of XML are read with the option of the input`(
    _ encoding: String.Encoding,
    _ name: String
  ) throws {
    let place = try Workspace()
    let text = "<r><user id=\"\(id(1))\" rcExtension=\"10x1\" firstName=\"Zoë\"/></r>"
    try place.write(Array(try #require(text.data(using: encoding))), to: "people.xml")
    let option = ["--encoding", name]
    try place.run(["validate", "people.xml"] + option + Self.arguments + ["rejects.xml"])
    for option in [option, []] {
      let again = try place.run(["validate", "rejects.xml"] + option)
      #expect(try again.report.map(\.codes) == [["extension_not_digits"]])
      let rows = try place.run(["rows", "rejects.xml"] + option)
      #expect(rows.out.contains("Zoë"))
    }
  }

  private static let headerless = ["--no-header", "--map", "userId=1,rcExtension=2"]

  @Test func `an input without a header gives rejects that are read without one`() throws {
    let place = try Workspace()
    try place.write("\(id(1)),1001\n\(id(2)),x\n", to: "users.csv")
    try place.run(["validate", "users.csv"] + Self.headerless + Self.arguments + ["rejects.csv"])
    for arguments in [["rejects.csv"], ["rejects.csv", "--rejects", "again.csv"]] {
      let again = try place.run(
        ["validate", "--unknown-users", "create", "--report", "-"] + arguments + Self.headerless
      )
      #expect(try again.report.map(\.userID) == [id(2)])
      #expect(try again.report.map(\.codes) == [["extension_not_digits"]])
    }
    let mended = try place.text(of: "rejects.csv").replacing(",x,", with: ",1002,")
    try place.write(mended, to: "rejects.csv")
    try place.run(["apply", "rejects.csv", "--unknown-users", "create"] + Self.headerless)
    #expect(try place.assignments() == [id(2): "1002"])
  }

  /// Found by the fuzzer: the width of a rejects file was guessed from what most of it had too much.
  @Test func `records with too many fields are rejected again without a header`() throws {
    let place = try Workspace()
    let good = (1...5).map { "\(id($0)),100\($0)\n" }.joined()
    let long = (6...8).map { "\(id($0)),100\($0),Ann\n" }.joined()
    try place.write(good + long, to: "users.csv")
    try place.run(["validate", "users.csv"] + Self.headerless + Self.arguments + ["rejects.csv"])
    let again = try place.run(
      ["validate", "rejects.csv", "--unknown-users", "create"] + Self.headerless
    )
    #expect(try again.report.map(\.userID) == [id(6), id(7), id(8)])
    #expect(try again.report.allSatisfy { $0.codes == ["ragged_row_long"] })
  }

  /// Found by the fuzzer: commas in values and sentences made these two records agree in width.
  @Test func `damaged records full of commas are read with the delimiter of the header`() throws {
    let place = try Workspace()
    try place.write(
      "_id;email;rcExtension\nf(\"1,rcExtension,name,\n\(id(2)),1234,Ada\n",
      to: "users.csv"
    )
    try place.run(["validate", "users.csv"] + Self.arguments + ["rejects.csv"])
    let again = try place.run("validate", "rejects.csv")
    #expect(again.code == 2)
    #expect(try again.report.map(\.codes) == [["stray_quote"], ["ragged_row_short"]])
  }

  /// Of a record of more than 2 MiB only the end is held, where the reasons go.
  @Test(arguments: [
    "<user a=\"$\" b=\"$\" userId=\"\(id(1))\" rcExtension=\"1a\"/>",
    "<user a='$' b='$'><userId>\(id(1))</userId><rcExtension>1a</rcExtension></user>",
    "<user a='$' b='$' userId='\(id(1))' rcExtension='1a'></user>",
  ])
  func `a huge record has one set of reasons however often it is rejected`(record: String) throws {
    let place = try Workspace()
    let value = String(repeating: "0123456789abcdef", count: 80_000)
    try place.write("<users>\(record.replacing("$", with: value))</users>", to: "0.xml")
    for round in 0..<3 {
      let run = try place.run(
        [
          "validate", "\(round).xml", "--max-row-bytes", "8M", "--max-field-bytes", "8M",
          "--report", "\(round).ndjson",
        ]
          + Self.arguments
          + ["\(round + 1).xml"]
      )
      #expect(run.code == 2, "\(run.err)")
      #expect(try place.report(in: "\(round).ndjson").map(\.codes) == [["extension_not_digits"]])
      let rejects = try place.text(of: "\(round + 1).xml").replacing(value, with: "$")
      for name in Self.added {
        let count = rejects.split(separator: "\(name)=").count - 1
        let elementCount = rejects.split(separator: "</\(name)>").count - 1
        #expect(count + elementCount == 1, "\(rejects)")
      }
    }
    #expect(try place.text(of: "2.xml") == place.text(of: "3.xml"))
  }

  @Test func `without rejected rows the file is empty of rows`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    try place.run(["validate", "users.csv"] + Self.arguments + ["rejects.csv"])
    let again = try place.run("validate", "rejects.csv", "--allow-empty")
    #expect(again.code == 0)
    #expect(again.out.isEmpty)
  }
}
