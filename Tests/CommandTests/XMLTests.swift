import Foundation
import Support
import Testing

@Suite(.blocking) struct XMLTests {
  private func report(_ text: String, _ flags: String...) throws -> [ReportLine] {
    let place = try Workspace()
    let result = try place.run(
      ["validate", "-", "--unknown-users", "create"] + flags,
      input: .text(text)
    )
    #expect(result.code == 0, "\(result.err)\(result.out)")
    return try result.report
  }

  /// The same two rows in different shapes.
  static let shapes: [(name: String, text: String)] = [
    ("elements", markup((1, "1001"), (2, "1002"))),
    (
      "attributes",
      """
      <users><user userId="\(id(1))" rcExtension="1001"/>
      <user rcExtension='1002' userId='\(id(2))'></user></users>
      """
    ),
    (
      "attributes and elements",
      """
      <users><user _id="\(id(1))"><ext>1001</ext></user><user _id="\(id(2))"><ext>1002</ext></user></users>
      """
    ),
    (
      "nested fields",
      """
      <users><user><ids><userId>\(id(1))</userId></ids><phone><extension>1001</extension></phone></user>
      <user><ids><userId>\(id(2))</userId></ids><phone><extension>1002</extension></phone></user></users>
      """
    ),
    (
      "other names",
      """
      <directory><meta><made>today</made></meta><people>
      <person><userId>\(id(1))</userId><rcExtension>1001</rcExtension></person>
      <person><userId>\(id(2))</userId><rcExtension>1002</rcExtension></person></people></directory>
      """
    ),
    (
      "namespaces",
      """
      <a:users xmlns:a="urn:a" xmlns="urn:b"><a:user><a:userId>\(id(1))</a:userId><rcExtension>1001</rcExtension></a:user>
      <a:user><a:userId>\(id(2))</a:userId><rcExtension>1002</rcExtension></a:user></a:users>
      """
    ),
    (
      "CDATA, comments and references",
      """
      <?xml version="1.0"?><!-- two -->
      <users><user><userId><![CDATA[\(id(1))]]></userId><rcExtension>10<!-- ten -->&#48;1</rcExtension></user>
      <?note this?><user><userId>\(id(2))</userId><rcExtension>10&#x30;2</rcExtension></user></users>
      <!-- end -->
      """
    ),
    (
      "one line and spaces",
      "<users><user><userId>\n \(id(1)) \n</userId><rcExtension> 1001 </rcExtension></user><user>"
        + "<userId>\(id(2))</userId><rcExtension>1002</rcExtension></user></users>"
    ),
  ]

  @Test(arguments: shapes)
  func `the same rows come out of every shape`(_ shape: (name: String, text: String)) throws {
    let report = try report(shape.text)
    #expect(report.map(\.row) == [1, 2], "\(shape.name)")
    #expect(report.map(\.userID) == [id(1), id(2)])
    #expect(report.map(\.rcExtension) == ["1001", "1002"])
  }

  @Test func `the element of a record can be named`() throws {
    let text = """
      <all><old><user><userId>\(id(9))</userId><rcExtension>9999</rcExtension></user>
      <user><userId>\(id(8))</userId><rcExtension>9998</rcExtension></user></old>
      <new><user><userId>\(id(1))</userId><rcExtension>1001</rcExtension></user></new></all>
      """
    for path in ["all/new/user", "/all/new/user"] {
      #expect(try report(text, "--record-path", path).map(\.userID) == [id(1)])
    }
    let place = try Workspace()
    let result = try place.run("validate", "-", "--record-path", "all/none", input: .text(text))
    #expect(result.code == 65)
    #expect(result.isOneSentence)
    #expect(result.err.contains("--record-path"))
  }

  @Test func `columns of a document can be named`() throws {
    let text = "<a><b key='\(id(1))'><x><y>1001</y></x></b></a>"
    let report = try report(text, "--map", "userId=@key,rcExtension=x/y")
    #expect(report.map(\.rcExtension) == ["1001"])
  }

  @Test(arguments: ["ISO-8859-1", "windows-1252", "UTF-8", "UTF-16"])
  func `a declared encoding is followed`(_ encoding: String) throws {
    let place = try Workspace()
    let text =
      "<?xml version='1.0' encoding='\(encoding)'?>\n<users><user><userId>\(id(1))</userId>"
      + "<firstName>Zoë</firstName><rcExtension>1001</rcExtension></user></users>"
    let foundation: String.Encoding =
      switch encoding {
      case "UTF-8": .utf8
      case "UTF-16": .utf16
      default: .isoLatin1
      }
    try place.write([UInt8](text.data(using: foundation) ?? Data()), to: "people.xml")
    #expect(try place.run("apply", "people.xml").code == 0)
    #expect(try place.exported().contains("Zoë"))
  }

  @Test func `rows are counted by records and lines by line ends`() throws {
    let place = try Workspace()
    let text = """
      <users>
        <user>
          <userId>\(id(1))</userId>
          <rcExtension>1001</rcExtension>
        </user>

        <user><userId>\(id(2))</userId><rcExtension>x</rcExtension></user>
      </users>
      """
    let report = try place.run("validate", "-", "--unknown-users", "create", input: .text(text))
      .report
    #expect(report.map(\.row) == [1, 2])
    #expect(report.last?.line == 7)
  }

  @Test func `a damaged record costs no other`() throws {
    let place = try Workspace()
    let text = """
      <users>
      <user><userId>\(id(1))</userId><rcExtension>1001</rcExtension></user>
      <user><userId>\(id(2))</userId></user>
      <user><rcExtension>1003</rcExtension></user>
      <user><userId>\(id(4))</userId><rcExtension>1004</rcExtension><rcExtension>1014</rcExtension></user>
      <user><userId>\(id(5))</userId><rcExtension><b>1005</b></rcExtension></user>
      <user><userId>\(id(6))</userId><rcExtension/></user>
      <user/>
      <user><userId>\(id(8))</userId><rcExtension>1008</rcExtension></user>
      </users>
      """
    let report = try place.run("validate", "-", "--unknown-users", "create", input: .text(text))
      .report
    #expect(report.map(\.row) == Array(1...8))
    #expect(
      report.map(\.outcome)
        == ["would_apply"] + Array(repeating: "rejected", count: 6) + ["would_apply"]
    )
    #expect(report[3].codes == ["xml_field_repeated"])
    #expect(report.flatMap(\.codes).allSatisfy { !$0.isEmpty })
  }

  @Test func `rows shows fields by name`() throws {
    let place = try Workspace()
    let text =
      "<a><b><userId>u1</userId><contact><email>e&amp;1</email></contact></b><b><userId>u2</userId></b></a>"
    let result = try place.run("rows", "-", input: .text(text))
    #expect(
      result.outputLines == [
        #"{"row":1,"line":1,"fields":{"userId":"u1","contact/email":"e&1"}}"#,
        #"{"row":2,"line":1,"fields":{"userId":"u2"}}"#,
      ]
    )
  }
}
