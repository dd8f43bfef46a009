import Support
import Testing

@Suite(.blocking) struct WrongFileTests {
  /// Content that is no CSV and no XML, and the word that must be said about it.
  static let contents: [(name: String, bytes: [UInt8], word: String)] = [
    ("users.csv", workbook, "Excel"),
    ("users.xlsx", workbook, "Excel"),
    ("users.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + zeros(500), "Excel"),
    ("users.csv", Array("<!DOCTYPE html>\n<html><body>Sign in</body></html>".utf8), "web page"),
    ("users.xml", Array("\n <HTML><head></head></HTML>".utf8), "web page"),
    ("users.csv", Array("{\"users\":[{\"id\":1}]}".utf8), "JSON"),
    ("users.json", Array("[\n {\"userId\": \"\(id(1))\"}]".utf8), "JSON"),
    ("users.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0] + zeros(20), "gzip"),
    (
      "users.zip", [0x50, 0x4B, 3, 4, 20, 0] + zeros(20) + [5, 0, 0, 0] + Array("a.csv".utf8), "zip"
    ),
    ("users.csv", [], "no content"),
    ("users.csv", Array(" \n\r\n\t\n".utf8), "no content"),
    ("users.csv", [0xEF, 0xBB, 0xBF], "no content"),
    ("users.csv", Array("userId,rcExtension\n".utf8), "no rows"),
    ("users.xml", Array("<users></users>".utf8), ""),
    ("users.csv", [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A] + zeros(100), "text"),
    ("users.csv", zeros(4096), ""),
    ("users.sqlite", Array("SQLite format 3\0".utf8) + zeros(4080), "SQLite"),
  ]

  private static let workbook: [UInt8] =
    [0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0] + zeros(16) + [19, 0, 0, 0]
    + Array("[Content_Types].xml".utf8) + zeros(200)

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

  @Test(arguments: contents)
  func `a wrong file is refused in one sentence`(
    _ content: (name: String, bytes: [UInt8], word: String)
  ) throws {
    let place = try Workspace()
    try place.write(content.bytes, to: content.name)
    for command in ["validate", "apply"] {
      let result = try place.run(command, content.name, "--unknown-users", "create")
      #expect(result.code == 65)
      #expect(result.out.isEmpty)
      #expect(result.isOneSentence, "\(result.err)")
      #expect(result.err.contains(content.name))
      #expect(result.err.contains(content.word), "\(result.err)")
    }
    #expect(try place.names() == [content.name])
    #expect(try place.storesNothing())
  }

  @Test func `an input without rows is taken when that is said`() throws {
    let place = try Workspace()
    for text in ["userId,rcExtension\n", "<users></users>"] {
      let result = try place.run("validate", "-", "--allow-empty", input: .text(text))
      #expect(result.code == 0, "\(text): \(result.err)")
      #expect(result.out.isEmpty)
    }
  }

  @Test(arguments: ["validate", "apply", "rows"])
  func `a folder is no input`(_ command: String) throws {
    let place = try Workspace()
    let result = try place.run(command, ".")
    #expect([65, 66].contains(result.code))
    #expect(result.isOneSentence)
  }

  @Test func `a device without an end of content is empty`() throws {
    let place = try Workspace()
    let result = try place.run("validate", "/dev/null")
    #expect(result.code == 65)
    #expect(result.isOneSentence)
  }

  @Test func `a name that promises another format is no mistake`() throws {
    let place = try Workspace()
    try place.write(markup((1, "1001")), to: "users.csv")
    try place.write(list((2, "1002")), to: "users.xml")
    let result = try place.run(
      "validate",
      "users.csv",
      "users.xml",
      "--unknown-users",
      "create",
      "--summary",
      "s.json"
    )
    #expect(result.code == 0)
    #expect(try place.text(of: "s.json").contains("format_mismatch"))
  }
}
