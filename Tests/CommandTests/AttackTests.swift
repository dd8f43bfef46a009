import Foundation
import Glibc
import Support
import Testing

/// Inputs that are made to reach out, to blow up, or to get into what we write.
@Suite(.blocking) struct AttackTests {
  private static let create = ["--unknown-users", "create"]

  // MARK: - Reaching out

  /// Ways in which a document asks for another one.
  ///
  /// `URL` stands for where that is. Those without a document type are harmless to a reader that
  /// follows nothing.
  static let calls: [(name: String, text: String, code: Int32)] = [
    ("an external document type", "<!DOCTYPE users SYSTEM 'URL'>ROWS", 65),
    ("a public document type", "<!DOCTYPE users PUBLIC '-//x//y' 'URL'>ROWS", 65),
    ("an external entity", "<!DOCTYPE users [<!ENTITY x SYSTEM 'URL'>]>USE", 65),
    ("a parameter entity", "<!DOCTYPE users [<!ENTITY % x SYSTEM 'URL'> %x;]>ROWS", 65),
    (
      "an entity that builds another",
      "<!DOCTYPE users [<!ENTITY % a '<!ENTITY &#37; b SYSTEM \"URL\">'> %a; %b;]>ROWS", 65
    ),
    ("a stylesheet", "<?xml-stylesheet type='text/xsl' href='URL'?>ROWS", 0),
    (
      "a schema",
      "<users xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
        + "i:noNamespaceSchemaLocation='URL' i:schemaLocation='u URL'>ROW</users>", 0
    ),
    (
      "an inclusion",
      "<users xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='URL'/>ROW</users>", 0
    ),
    ("a base", "<users xml:base='URL'>ROW</users>", 0),
  ]

  @Test(arguments: calls)
  func `a document never makes the program fetch another one`(
    _ call: (name: String, text: String, code: Int32)
  ) throws {
    let place = try Workspace()
    let listener = try LoopbackSocket.listening()
    try place.write("<user><userId>top secret</userId></user>", to: "secret.xml")
    let row = "<user><userId>\(id(1))</userId><rcExtension>1001</rcExtension></user>"
    let entity = "<users><user><userId>&x;</userId><rcExtension>1001</rcExtension></user></users>"
    for url in [
      "http://127.0.0.1:\(listener.port)/x", "ftp://127.0.0.1:\(listener.port)/x", "secret.xml",
      "file://\(place.path("secret.xml"))",
    ] {
      let text = call.text.replacing("ROWS", with: "<users>\(row)</users>")
        .replacing("ROW", with: row).replacing("USE", with: entity)
        .replacing("URL", with: url)
      try place.write(text, to: "users.xml")
      let result = try place.run(
        ["validate", "users.xml", "--record-path", "users/user", "--out-dir", "proof"] + Self.create
      )
      #expect(result.code == call.code, "\(call.name), \(url): \(result.err)")
      #expect(!(result.out + result.err).contains("top secret"))
      if place.has("proof/report.ndjson") {
        #expect(try !place.text(of: "proof/report.ndjson").contains("top secret"))
      }
    }
    #expect(listener.accepted() == nil, "\(call.name) was followed")
  }

  // MARK: - Blowing up

  /// The beginnings of files that would be thousands of times their size, were they unpacked.
  static let packed: [(bytes: [UInt8], word: String)] = [
    ([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0], "zip"), ([0x1F, 0x8B, 8, 0], "gzip"),
    (Array("BZh91AY&SY".utf8), "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
  ]

  @Test(arguments: packed, ["users.csv", "users.xml", "-"])
  func `a packed file is never unpacked`(
    _ packed: (bytes: [UInt8], word: String),
    _ name: String
  ) throws {
    let place = try Workspace()
    let bytes = packed.bytes + Array(repeating: 0, count: 10_000)
    if name != "-" { try place.write(bytes, to: name) }
    let result = try place.run(["apply", name] + Self.create, input: .bytes(bytes))
    #expect(result.code == 65)
    #expect(result.isOneSentence && result.err.contains(packed.word), "\(result.err)")
    #expect(try place.temporaryNames == [])
  }

  @Test func `an entity that is used again and again is not expanded`() throws {
    let place = try Workspace()
    let entity = String(repeating: "a", count: 50_000)
    let uses = String(repeating: "&a;", count: 50_000)
    try place.write(
      "<!DOCTYPE users [<!ENTITY a '\(entity)'>]><users><user><userId>\(uses)</userId></user></users>",
      to: "users.xml"
    )
    let result = try place.run("validate", "users.xml")
    #expect(result.code == 65)
    #expect(result.isOneSentence && result.err.contains("Document type"), "\(result.err)")
  }

  // MARK: - Getting into what we write

  private static let escape = "\u{1B}"

  @Test func `a file name cannot drive the terminal`() throws {
    let place = try Workspace()
    let name = "\(Self.escape)[31mred\(Self.escape)]0;title\u{7}.csv"
    try place.write(list((1, "1001"), (2, "x")), to: name)
    for arguments in [
      ["apply", name, "--report", "r.ndjson", "--yes"] + Self.create,
      ["validate", name, "--report", name], ["rows", "no" + name],
      ["validate", name, "--store", name], ["runs"], ["runs", "1"],
      ["export", "users", "--store", "no" + name],
    ] {
      let terminal = try PseudoTerminal()
      let process = try place.start(on: terminal, arguments, environment: ["NO_COLOR=1"])
      _ = try terminal.finish(process)
      let text = terminal.text.replacing("\(Self.escape)[K", with: "")
      #expect(!text.contains(Self.escape) && !text.contains("\u{7}"), "\(arguments): \(text)")
    }
  }

  @Test func `formulas in values reach nothing that a spreadsheet opens, but where they came from`()
    throws
  {
    let place = try Workspace()
    let formulas = ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "=cmd|' /C calc'!A0"]
    let rows = formulas.enumerated().map { "\(id($0.offset + 1)),10x\($0.offset),\($0.element)\n" }
    let text = "userId,rcExtension,firstName\n" + rows.joined()
    try place.write(text + "=HYPERLINK(1),1001,a\n", to: "users.csv")
    try place.run(["validate", "users.csv", "--out-dir", "proof"] + Self.create)
    let written = try place.text(of: "proof/rejects.csv")
    for (row, line) in zip(
      rows + ["=HYPERLINK(1),1001,a\n"],
      written.split(separator: "\n").dropFirst()
    ) {
      let record = row.dropLast()
      #expect(line.hasPrefix(record + ","))
      // Our own columns stand behind the record.
      let added = line.dropFirst(record.count)
      for start in [",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"-", ",\"@"] {
        #expect(!added.contains(start), "\(line)")
      }
    }
  }

  @Test func `the store's export gives values back as they are, and says so`() throws {
    let place = try Workspace()
    try place.write("userId,rcExtension,firstName\n\(id(1)),1001,=1+1\n", to: "users.csv")
    try place.run(["apply", "users.csv"])
    try place.write(try place.exported(), to: "export.csv")
    #expect(try place.text(of: "export.csv").contains("\(id(1)),1001,=1+1,"))
    let again = try place.run("apply", "export.csv")
    #expect(try again.report.map(\.outcome) == ["unchanged"])
    #expect(try place.run("export", "--help").out.contains("formula"))
  }

  // MARK: - Paths

  @Test func `a folder for reports may be a link`() throws {
    let place = try Workspace()
    try place.write(list((1, "x")), to: "users.csv")
    try FileManager.default.createDirectory(
      atPath: place.path("real"),
      withIntermediateDirectories: false
    )
    symlink("real", place.path("proof"))
    #expect(try place.run(["validate", "users.csv", "--out-dir", "proof"] + Self.create).code == 2)
    #expect(try place.allNames(in: "real") == ["rejects.csv", "report.ndjson", "summary.json"])
  }

  /// What a report's name in the folder leads to, and what that must still be afterwards.
  @Test(
    arguments: ["report.ndjson", "rejects.csv", "summary.json"],
    ["input", "store", "nowhere"]
  )
  func `a link in the folder for reports leads to nothing of ours and makes nothing`(
    _ report: String,
    _ end: String
  ) throws {
    let place = try Workspace()
    let text = list((1, "2001"), (2, "x"))
    try place.write(text, to: "users.csv")
    try place.store((1, "1001"))
    try FileManager.default.createDirectory(
      atPath: place.path("proof"),
      withIntermediateDirectories: false
    )
    let ends = ["input": "../users.csv", "store": "../rcimport.sqlite", "nowhere": "../../none"]
    symlink(ends[end] ?? "", place.path("proof/\(report)"))
    let result = try place.run(["apply", "users.csv", "--out-dir", "proof"])
    #expect(result.code == 73)
    #expect(result.isOneSentence && result.err.contains(report), "\(result.err)")
    #expect(try place.text(of: "users.csv") == text)
    #expect(try place.assignments() == [id(1): "1001"])
    #expect(try place.allNames(in: "proof") == [report])
    #expect(access(place.path("../none"), F_OK) != 0)
  }

  @Test(arguments: ["/proc/self/cwd/users.csv", "proof/../users.csv", "./proof/./../users.csv"])
  func `an input is known as such by any path`(_ path: String) throws {
    let place = try Workspace()
    let text = list((1, "1001"), (2, "x"))
    try place.write(text, to: "users.csv")
    try FileManager.default.createDirectory(
      atPath: place.path("proof"),
      withIntermediateDirectories: false
    )
    for option in ["--report", "--rejects", "--summary"] {
      let result = try place.run(["apply", "users.csv", option, path] + Self.create)
      #expect(result.code == 73, "\(result.err)")
      #expect(try place.text(of: "users.csv") == text)
    }
    #expect(try place.storesNothing())
  }

  @Test func `inputs of one name in two folders get rejects of their own in the folder`() throws {
    let place = try Workspace()
    for folder in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: place.path(folder),
        withIntermediateDirectories: false
      )
      try place.write(list((folder == "a" ? 1 : 2, "x")), to: "\(folder)/..users.csv")
    }
    let result = try place.run(
      ["validate", "a/..users.csv", "b/..users.csv", "--out-dir", "proof"] + Self.create
    )
    #expect(result.code == 2, "\(result.err)")
    let names = try place.allNames(in: "proof").filter { $0.hasPrefix("rejects") }
    #expect(names.count == 2)
    #expect(try place.names() == ["a", "b", "proof"])
  }
}
