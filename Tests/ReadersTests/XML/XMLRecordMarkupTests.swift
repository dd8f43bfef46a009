import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

@Suite struct XMLRecordMarkupTests {
  struct Case: Sendable {
    let record: String
    let marked: String
    init(_ record: String, _ marked: String) {
      self.record = record
      self.marked = marked
    }
  }

  static let cases: [Case] = [
    Case("<user><n>1</n></user>", "<user><n>1</n><_row>3</_row></user>"),
    Case("<user>\n  <n/>\n</user >", "<user>\n  <n/>\n<_row>3</_row></user >"),
    Case("<user id='1'/>", "<user id='1' _row=\"3\"/>"),
    Case("<user/>", "<user _row=\"3\"/>"),
    Case("<user a='x>/' >12</user>", "<user a='x>/' _row=\"3\" >12</user>"),
    Case(
      "<user><!-- <n> --><![CDATA[<n>]]><?p <n>?></user>",
      "<user _row=\"3\"><!-- <n> --><![CDATA[<n>]]><?p <n>?></user>"
    ),
    Case(
      "<user><n a='/>'/><!--</n>--></user>",
      "<user><n a='/>'/><!--</n>--><_row>3</_row></user>"
    ),
    Case("<user><n>1</n><_row>2</_row></user>", "<user><n>1</n><_row>3</_row></user>"),
    Case("<user><_row/><n>1</n></user>", "<user><n>1</n><_row>3</_row></user>"),
    Case("<user a='1'\n _row='2' b=''/>", "<user a='1' b='' _row=\"3\"/>"),
    Case(
      "<user _row='2'><n><_row>1</_row></n></user>",
      "<user><n><_row>1</_row></n><_row>3</_row></user>"
    ),
  ]

  @Test(arguments: cases)
  func `fields are added where the record has its own`(_ example: Case) {
    let marked = XMLRecordMarkup.adding([("_row", "3")], to: Array(example.record.utf8))
    #expect(String(decoding: marked, as: UTF8.self) == example.marked)
    let again = XMLRecordMarkup.adding([("_row", "3")], to: marked)
    #expect(String(decoding: again, as: UTF8.self) == example.marked)
  }

  static let values = [
    "", "plain", "a<b>&\"'c", " x\r\n\ty ", "]]>", "<![CDATA[", "é€😀", "&#38;&amp;",
  ]

  @Test(arguments: XMLReaderTests.cases, values)
  func `added fields come back and change nothing else`(
    _ example: XMLReaderTests.Case,
    _ value: String
  ) throws {
    let bytes = Array(example.text.utf8)
    let reader = XMLReading.reader(of: bytes, path: example.path)
    var batch = RowBatch()
    var document: [UInt8] = []
    while try reader.read(into: &batch) {
      for index in 0..<batch.count {
        let head = batch.rows[index]
        let start = Int(head.position.offset)
        let record = Array(bytes[start..<start + Int(head.byteCount)])
        document += XMLRecordMarkup.adding([("_row", "3"), ("_hint", value)], to: record)
      }
    }
    document = reader.envelope.opening(in: .utf8) + document + reader.envelope.closing
    // A root that is the record has no room for others; with one record it needs none.
    let name = example.path.last ?? ""
    let lines = XMLReading.lines(of: String(decoding: document, as: UTF8.self), path: ["**", name])
    #expect(lines.count == example.lines.count)
    for (line, expected) in zip(lines, example.lines) {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      let added = parts.filter { $0.hasPrefix("_") || $0.hasPrefix("@_") }
      #expect(added.map { $0.trimmedAt } == ["_row=3", "_hint=" + value])
      let rest = parts.filter { !$0.hasPrefix("_") && !$0.hasPrefix("@_") }
      let own = expected.split(separator: "|").map(String.init)
      // An empty record has an empty text; with an attribute it has none.
      #expect(Set(rest) == Set(own) || (rest.isEmpty && own.allSatisfy { $0.hasPrefix(".=") }))
    }
  }

  @Test(arguments: [
    ("xyz</u>", "xyz<_row>3</_row></u>"), ("<n/></u \n>", "<n/><_row>3</_row></u \n>"),
    ("]]></u>", "]]><_row>3</_row></u>"), (" a='1'/>", " a='1' _row=\"3\"/>"),
    ("      >", "      >"), ("xyz<_row>12</_row></u>", "xyz<_row>3</_row></u>"),
    ("xyz<_row>1</_row> </u>", "xyz<_row>1</_row> <_row>3</_row></u>"),
    ("<_row>1</_row><_row/></u>", "<_row>1</_row><_row/><_row>3</_row></u>"),
    (" a=\"\" _row=\"12\"/>", " a=\"\" _row=\"3\"/>"),
    ("_row=\"12\"/>", "_row=\"12\" _row=\"3\"/>"),
  ])
  func `fields are added to the end of a record`(end: String, expected: String) {
    let marked = XMLRecordMarkup.adding([("_row", "3")], toEnd: Array(end.utf8))
    #expect(String(decoding: marked, as: UTF8.self) == expected)
  }

  @Test func `what XML cannot hold is replaced`() {
    let marked = XMLRecordMarkup.adding(
      [("_hint", "a\u{0}b\u{1B}\u{FFFF}")],
      to: Array("<u/>".utf8)
    )
    #expect(String(decoding: marked, as: UTF8.self) == "<u _hint=\"a�b��\"/>")
  }
}

extension String {
  /// Without the mark of an attribute.
  fileprivate var trimmedAt: String { hasPrefix("@") ? String(dropFirst()) : self }
}
