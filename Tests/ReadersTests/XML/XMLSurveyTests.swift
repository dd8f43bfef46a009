import ImportModel
import Readers
import Support
import Testing

@Suite struct XMLSurveyTests {
  private func survey(_ text: String, atMostBytes: Int = 1 << 20) throws -> [XMLRecordCandidate] {
    try XMLSurvey.candidates(
      of: MemorySource(text),
      atMostBytes: atMostBytes,
      maximumRowByteCount: 1 << 20
    )
  }

  @Test func `every element with parts is told with its fields`() throws {
    let text = """
      <s:E xmlns:s="urn:s"><list total="2">
        <user id="1"><n>1</n><c kind="w"><mail/></c></user>
        <user><n>2</n><n>3</n><m>x<k/></m> text </user>
      </list></s:E>
      """
    let found = try survey(text)
    #expect(
      found.map(\.path) == [
        ["E"], ["E", "list"], ["E", "list", "user"], ["E", "list", "user", "c"],
        ["E", "list", "user", "m"],
      ]
    )
    #expect(found.map(\.count) == [1, 1, 2, 1, 1])
    #expect(found[2].fields == ["@id", "n", "c/@kind", "c/mail", "m/k", "m", "."])
    #expect(found[1].fields.first == "@total")
    #expect(found[1].fields.contains("user/c/mail"))
    #expect(found[3].fields == ["@kind", "mail"])
    #expect(found[4].fields == ["k", "."])
  }

  @Test func `fields are those the reader finds`() throws {
    let text = "<u><user b='1'><a/><c d='1'/><e><f>1</f>g</e>h</user><user><i/></user></u>"
    let found = try survey(text)
    #expect(
      found.first { $0.path == ["u", "user"] }.map { Set($0.fields) }
        == Set(XMLReading.contract().result(of: Array(text.utf8)).columns)
    )
  }

  @Test func `the head may end anywhere`() throws {
    let text = "<?xml version='1.0'?><u><user é='1'><n>€</n></user><user/></u>"
    for end in 0...text.utf8.count {
      let found = try survey(text, atMostBytes: end)
      #expect(found.count <= 2)
      if end == text.utf8.count { #expect(found.map(\.count) == [1, 2]) }
    }
    #expect(try survey("<u><user a='1'/><us").map(\.count) == [1, 1])
    #expect(try survey("").isEmpty)
  }

  @Test func `a document that is refused is refused here`() {
    for text in ["<!DOCTYPE u><u/>", "<u></v>", "plain", "<u>&x;</u>", "<u>\u{1}"] {
      #expect(throws: ImportError.self) { try survey(text) }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a document of many names is told within bounds`() throws {
    let wide = "<u>" + (0..<50_000).map { "<r\($0) a='1'><b\($0)/></r\($0)>" }.joined()
    let found = try survey(wide, atMostBytes: 1 << 22)
    #expect(found.count == XMLSurvey.maximumCandidateCount)
    #expect(found.allSatisfy { $0.fields.count <= XMLSurvey.maximumFieldCount })
    let deep = (0..<60).map { "<d\($0)>" }.joined() + (0..<20_000).map { "<l\($0)/>" }.joined()
    #expect(try survey(deep, atMostBytes: 1 << 22).count == 60)
  }
}
