import Foundation
import Support
import Testing

@Suite(.blocking) struct EncodingTests {
  private static let text =
    "userId,firstName,rcExtension\n\(id(1)),Zoë,1001\n\(id(2)),Jürgen,1002\n"

  /// The text in an encoding, and the flags that it needs.
  static let encodings: [(name: String, bytes: [UInt8], flags: [String])] = [
    ("UTF-8", Array(text.utf8), []),
    ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), []),
    ("UTF-16LE with a mark", [0xFF, 0xFE] + encoded(.utf16LittleEndian), []),
    ("UTF-16BE with a mark", [0xFE, 0xFF] + encoded(.utf16BigEndian), []),
    ("UTF-16LE", encoded(.utf16LittleEndian), []),
    ("UTF-16BE", encoded(.utf16BigEndian), []),
    ("UTF-16LE, said", encoded(.utf16LittleEndian), ["--encoding", "UTF-16LE"]),
    ("Windows-1252", encoded(.windowsCP1252), ["--encoding", "windows-1252"]),
    ("ISO-8859-1", encoded(.isoLatin1), ["--encoding", "ISO-8859-1"]),
  ]

  private static func encoded(_ encoding: String.Encoding) -> [UInt8] {
    [UInt8](text.data(using: encoding) ?? Data())
  }

  @Test(arguments: encodings)
  func `the same rows come out of every encoding`(
    _ encoding: (name: String, bytes: [UInt8], flags: [String])
  ) throws {
    let place = try Workspace()
    try place.write(encoding.bytes, to: "people.csv")
    let result = try place.run(["apply", "people.csv"] + encoding.flags)
    #expect(result.code == 0, "\(encoding.name)")
    #expect(try result.report.map(\.row) == [2, 3])
    let people = try place.exported()
    #expect(people.contains("Zoë"), "\(encoding.name)")
    #expect(people.contains("Jürgen"), "\(encoding.name)")
    #expect(try place.temporaryNames == [])
  }

  @Test(arguments: encodings)
  func `the same rows come out of every encoding through a pipe`(
    _ encoding: (name: String, bytes: [UInt8], flags: [String])
  ) throws {
    let place = try Workspace()
    let result = try place.run(
      ["rows", "-"] + encoding.flags,
      input: .bytes(encoding.bytes)
    )
    #expect(result.code == 0, "\(encoding.name)")
    #expect(
      result.outputLines == [
        #"{"header":["userId","firstName","rcExtension"]}"#,
        #"{"row":2,"line":2,"fields":["\#(id(1))","Zoë","1001"]}"#,
        #"{"row":3,"line":3,"fields":["\#(id(2))","Jürgen","1002"]}"#,
      ]
    )
  }

  @Test func `a byte that is not UTF-8 costs its row when the encoding is said`() throws {
    let place = try Workspace()
    try place.write(
      Array("userId,firstName,rcExtension\n\(id(1)),Zo".utf8) + [0xEB]
        + Array(",1001\n\(id(2)),Jürgen,1002\n".utf8),
      to: "people.csv"
    )
    let result = try place.run("validate", "people.csv", "--encoding", "UTF-8")
    #expect(try result.report.map(\.outcome) == ["rejected", "would_apply"])
    #expect(try result.report.first?.codes == ["invalid_utf8"])
  }

  @Test func `UTF-16 that is cut in the middle of a character is refused`() throws {
    let place = try Workspace()
    try place.write([0xFF, 0xFE] + Self.encoded(.utf16LittleEndian).dropLast(), to: "people.csv")
    let result = try place.run("apply", "people.csv")
    #expect(result.code == 65)
    #expect(try place.storesNothing())
  }

  @Test(arguments: ["no-such-encoding", "UTF-99"])
  func `an encoding that nobody knows is refused in one sentence`(_ name: String) throws {
    let place = try Workspace()
    try place.write(Self.text, to: "people.csv")
    let result = try place.run("validate", "people.csv", "--encoding", name)
    #expect([64, 65].contains(result.code))
    #expect(result.err.contains(name))
  }
}
