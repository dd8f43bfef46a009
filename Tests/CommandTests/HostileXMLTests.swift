import Support
import Testing

@Suite(.blocking) struct HostileXMLTests {
  private static let rows = (1...20).map {
    "<user><userId>\(id($0))</userId><rcExtension>10\($0 + 10)</rcExtension></user>\n"
  }.joined()

  private static func bomb() -> String {
    var entities = "<!ENTITY a0 \"ha\">"
    for level in 1...20 { entities += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
    return "<!DOCTYPE users [\(entities)]>"
  }

  /// Documents that are refused as a whole.
  static let documents: [(name: String, text: String)] = [
    ("a document type", "<!DOCTYPE users>\n<users>\n\(rows)</users>"),
    (
      "a document type from elsewhere",
      "<!DOCTYPE users SYSTEM \"users.dtd\">\n<users>\n\(rows)</users>"
    ),
    (
      "an external entity",
      "<!DOCTYPE users [<!ENTITY x SYSTEM \"secret.txt\">]>\n<users><user><userId>&x;</userId>"
        + "<rcExtension>1001</rcExtension></user></users>"
    ),
    (
      "a parameter entity",
      "<!DOCTYPE users [<!ENTITY % x SYSTEM \"secret.txt\">%x;]>\n<users>\n\(rows)</users>"
    ),
    (
      "entities that grow",
      bomb() + "<users><user><userId>&a20;</userId><rcExtension>1</rcExtension></user></users>"
    ),
    ("an unknown entity", "<users>\n\(rows)<user><userId>&nbsp;</userId></user></users>"),
    ("an element left open", "<users>\n\(rows)"),
    ("an end in a tag", "<users>\n\(rows)<user><userI"),
    ("an end in a value", "<users>\n\(rows)<user><userId>64b7"),
    ("crossed elements", "<users>\n\(rows)<user><userId>1</user></userId></users>"),
    ("text after the root", "<users>\n\(rows)</users>more"),
    ("a second root", "<users>\n\(rows)</users><users/>"),
    ("an attribute twice", "<users>\n\(rows)<user a='1' a='2'/></users>"),
    ("a bare ampersand", "<users>\n\(rows)<user><userId>a & b</userId></user></users>"),
    ("a bare less-than", "<users>\n\(rows)<user><userId>a < b</userId></user></users>"),
    (
      "great depth",
      "<users>\n\(rows)<user>" + String(repeating: "<a>", count: 5000)
        + String(repeating: "</a>", count: 5000) + "</user></users>"
    ),
    ("an unknown encoding", "<?xml version='1.0' encoding='x-none'?><users>\n\(rows)</users>"),
    ("a wrong encoding", "<?xml version='1.0' encoding='UTF-16'?><users>\n\(rows)</users>"),
  ]

  @Test(arguments: documents)
  func `a hostile or broken document is refused as a whole`(
    _ document: (name: String, text: String)
  ) throws {
    let place = try Workspace()
    try place.write("top secret", to: "secret.txt")
    try place.write(document.text, to: "users.xml")
    let result = try place.run(
      "apply",
      "users.xml",
      "--unknown-users",
      "create",
      "--report",
      "report.ndjson",
      "--rejects",
      "rejects.xml"
    )
    #expect(result.code == 65, "\(document.name)")
    #expect(result.isOneSentence, "\(document.name): \(result.err)")
    #expect(!result.err.contains("top secret"))
    #expect(try place.storesNothing())
    #expect(try place.names() == ["secret.txt", "users.xml"])
  }

  /// Broken documents with the place that must be named.
  static let places: [(text: String, place: String)] = [
    ("<users>\n<user>\n<userId>1</user>\n</users>\n", ":3:"),
    ("<users>\n<user a='1' a='2'/>\n</users>\n", ":2:"),
    ("<users>\n\n\n<user><userId>a & b</userId></user></users>\n", ":4:"),
  ]

  @Test(arguments: places)
  func `a fault is told with line and column`(_ fault: (text: String, place: String)) throws {
    let place = try Workspace()
    try place.write(fault.text, to: "users.xml")
    let result = try place.run("validate", "users.xml")
    #expect(result.code == 65)
    #expect(result.err.contains("users.xml\(fault.place)"), "\(result.err)")
    #expect(try #/users\.xml:\d+:\d+: /#.firstMatch(in: result.err) != nil)
  }

  @Test func `a document that is cut off is not called anything else`() throws {
    let place = try Workspace()
    try place.write("<users>\n\(Self.rows)<user><userId>64b7", to: "users.xml")
    let result = try place.run("validate", "users.xml")
    #expect(result.code == 65)
    #expect(result.err.contains("ends"))
  }

  @Test func `many attributes and namespaces end soon`() throws {
    let place = try Workspace()
    let attributes = (0..<20_000).map { " a\($0)='x'" }.joined()
    let spaces = (0..<20_000).map { " xmlns:n\($0)='urn:\($0)'" }.joined()
    for flood in [attributes, spaces] {
      try place.write("<users><user\(flood)>\(Self.rows)</user></users>", to: "users.xml")
      let began = ContinuousClock.now
      let result = try place.run("validate", "users.xml")
      #expect(result.code != 0)
      #expect(result.code > 0, "no crash")
      // 10 s is what is promised; the machine may be busy and the build not optimised.
      #expect(ContinuousClock.now - began < .seconds(30))
    }
  }
}
