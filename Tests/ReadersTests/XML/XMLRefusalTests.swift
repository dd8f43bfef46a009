import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

@Suite struct XMLRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let code: ReasonCode
    var text: String?
    var number = 0
    var limit = 0
    var place: (line: UInt32, column: Int)?
    var testDescription: String { name }

    init(
      _ name: String,
      _ text: String,
      _ code: ReasonCode,
      says: String? = nil,
      number: Int = 0,
      limit: Int = 0,
      at place: (line: UInt32, column: Int)? = nil
    ) {
      self.init(name, Array(text.utf8), code, says: says, number: number, limit: limit, at: place)
    }

    init(
      _ name: String,
      _ bytes: [UInt8],
      _ code: ReasonCode,
      says: String? = nil,
      number: Int = 0,
      limit: Int = 0,
      at place: (line: UInt32, column: Int)? = nil
    ) {
      self.name = name
      self.bytes = bytes
      self.code = code
      self.text = says
      self.number = number
      self.limit = limit
      self.place = place
    }
  }

  static let cases: [Case] = [
    Case("nothing", "", .xmlNotWellFormed, says: "there is no complete element"),
    Case("only space", " \n ", .xmlNotWellFormed, says: "there is no complete element"),
    Case("no XML", "id,name\n1\n", .xmlNotWellFormed, says: "it does not begin with an element"),
    Case("the declaration alone", "<?xml version='1.0'?>", .xmlNotWellFormed),
    Case(
      "tags that do not match",
      "<u>\n<user><n>1</m></user></u>",
      .xmlNotWellFormed,
      says: "Opening and ending tag mismatch: n line 2 and m",
      at: (2, 15)
    ),
    Case(
      "text after the root",
      "<u><user/></u>\nx",
      .xmlNotWellFormed,
      says: "Extra content at the end of the document",
      at: (2, 1)
    ),
    Case("two roots", "<u/><u/>", .xmlNotWellFormed),
    Case("an attribute twice", "<u><user a='1' a='2'/></u>", .xmlNotWellFormed),
    Case("an unescaped ampersand", "<u><user>a & b</user></u>", .xmlNotWellFormed),
    Case(
      "an unescaped ampersand before a name",
      "<u><user>a &b</user></u>",
      .xmlNotWellFormed
    ),
    Case("a quote that is missing", "<u><user a='1>x</user></u>", .xmlNotWellFormed),
    Case("an end tag that is missing", "<u><user></user>", .xmlTruncated, says: "u"),
    Case("an unescaped tag", "<u><user a='<'/></u>", .xmlNotWellFormed),
    Case("a name that is none", "<u><1user/></u>", .xmlNotWellFormed),
    Case("an end without begin", "</u>", .xmlNotWellFormed),
    Case(
      "an entity of HTML",
      "<u><user><n>a&nbsp;b</n></user></u>",
      .xmlEntityForbidden,
      says: "nbsp"
    ),
    Case("an entity in an attribute", "<u><user n='&x;'/></u>", .xmlEntityForbidden, says: "x"),
    Case(
      "a NUL",
      "<u>\n<user>a\u{0}b</user></u>",
      .xmlInvalidChar,
      number: 0,
      at: (2, 8)
    ),
    Case("a control character", "<u><user a='\u{1B}'/></u>", .xmlInvalidChar, number: 27),
    Case("a control reference", "<u><user>&#27;</user></u>", .xmlInvalidChar, number: 27),
    Case("U+FFFF", "<u><user>\u{FFFF}</user></u>", .xmlInvalidChar, number: 0xFFFF),
    Case(
      "a byte that is no UTF-8",
      Array("<u>\r\n<user>a".utf8) + [0xE9] + Array("</user></u>".utf8),
      .invalidUTF8,
      number: 0xE9,
      at: (2, 8)
    ),
    Case(
      "half a character at the end of all",
      Array("<u><user/></u>".utf8) + [0xE2, 0x82],
      .invalidUTF8,
      number: 0xE2
    ),
    Case("a document type", "<!DOCTYPE u><u><user/></u>", .xmlDoctypeForbidden),
    Case(
      "an external document type",
      "<!DOCTYPE u SYSTEM 'file:///etc/passwd'><u><user/></u>",
      .xmlDoctypeForbidden
    ),
    Case(
      "an external entity",
      "<!DOCTYPE u [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><u><user>&x;</user></u>",
      .xmlDoctypeForbidden
    ),
    Case(
      "a parameter entity",
      "<!DOCTYPE u [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/p'> %p;]><u><user/></u>",
      .xmlDoctypeForbidden
    ),
    Case("billions of laughs", Self.laughs, .xmlDoctypeForbidden),
    Case(
      "a character of the declared encoding",
      "<?xml version='1.0' encoding='no such'?><u/>",
      .xmlNotWellFormed
    ),
    Case(
      "elements too deep",
      String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65),
      .xmlTooDeep,
      says: "a",
      number: 65,
      limit: 64
    ),
    Case(
      "endless depth",
      String(repeating: "<user><a>", count: 100_000),
      .xmlTooDeep,
      says: "user",
      number: 65,
      limit: 64
    ),
    Case(
      "too many columns",
      "<u>" + (0..<4097).map { "<user><c\($0)/></user>" }.joined() + "</u>",
      .tooManyColumns,
      number: 4097,
      limit: 4096
    ),
    Case(
      "too many attributes",
      "<u><user" + (0..<1001).map { " a\($0)=''" }.joined() + "/></u>",
      .tooManyColumns,
      number: 1001,
      limit: 1000
    ),
    Case(
      "too many namespaces in one another",
      (0..<11).map { level in
        "<u" + (0..<100).map { " xmlns:a\(level)_\($0)='u'" }.joined() + ">"
      }.joined(),
      .tooManyColumns,
      number: 1100,
      limit: 1000
    ),
  ]

  private static var laughs: String {
    var text = "<!DOCTYPE u [<!ENTITY a0 'ha'>"
    for level in 1..<10 {
      text += "<!ENTITY a\(level) '" + String(repeating: "&a\(level - 1);", count: 10) + "'>"
    }
    return text + "]><u><user>&a9;</user></u>"
  }

  @Test(arguments: cases)
  func `a document is refused with its reason`(_ example: Case) throws {
    let (error, _) = XMLReading.failure(of: example.bytes)
    let finding = try #require(error?.finding)
    #expect(finding.code == example.code)
    #expect(finding.severity == .refusal)
    #expect(finding.number == example.number)
    #expect(finding.limit == example.limit)
    if let text = example.text { #expect(finding.text == text) }
    if let place = example.place {
      #expect(error?.line == place.line)
      #expect(error?.column == place.column)
    }
    #expect(error?.file == "memory")
  }

  @Test(arguments: cases.filter { $0.bytes.count < 5000 })
  func `a document is refused alike, cut at every byte`(_ example: Case) {
    #expect(XMLReading.contract().violations(of: example.bytes) == [])
  }

  @Test func `a refusal is final`() {
    let reader = XMLReading.reader(of: "<u><user/><user/></x>")
    var batch = RowBatch()
    #expect(throws: Never.self) { try reader.read(into: &batch) }
    #expect(batch.count == 2)
    for _ in 0..<2 {
      #expect(throws: ImportError.self) { try reader.read(into: &batch) }
      #expect(batch.count == 0)
    }
  }

  @Test func `a document that ends too early is refused, wherever it ends`() {
    let text = """
      <?xml version="1.0"?>\r\n<users a='1'><user id="1"><n>Zoë &amp; €</n><!-- c --></user>
      <user><n><![CDATA[x]]></n>&#65;<?p i?></user><user/></users>
      """
    let bytes = Array(text.utf8)
    #expect(XMLReading.failure(of: bytes).error == nil)
    #expect(XMLReading.failure(of: bytes).rowCount == 3)
    let rootEnd = "<?xml version='1.0'?>..<users a='1'>".utf8.count
    for end in 0..<bytes.count {
      for cutting in [MemorySource.Cutting.whole, .pieces(of: 1), .pieces(of: 5)] {
        let (error, _) = XMLReading.failure(of: Array(bytes[..<end]), cutting: cutting)
        let expected: ReasonCode = end < rootEnd ? .xmlNotWellFormed : .xmlTruncated
        #expect(error?.finding?.code == expected, "\(end) of \(bytes.count)")
      }
    }
    let cut = XMLReading.failure(of: Array(bytes.dropLast(30))).error?.finding
    #expect(cut?.text == "user")
  }

  @Test(.timeLimit(.minutes(1)))
  func `floods of attributes are refused before they cost much`() {
    for count in [20_000, 200_000] {
      let flood = "<u><user" + (0..<count).map { " a\($0)=''" }.joined() + "/></u>"
      for cutting in [MemorySource.Cutting.whole, .pieces(of: 4096)] {
        let (error, _) = XMLReading.failure(of: Array(flood.utf8), cutting: cutting)
        #expect(error?.finding?.code == .tooManyColumns)
        #expect(error?.finding?.limit == 1000)
      }
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["<u><!--", "<u><?p ", "<u><user><n><![CDATA["]
  )
  func `things without end are refused before they fill the memory`(_ start: String) {
    let bytes = Array(start.utf8) + Array(repeating: 0x78, count: 10_500_000)
    let (error, rowCount) = XMLReading.failure(of: bytes)
    #expect(error?.finding?.code == .xmlTextTooLong)
    #expect(rowCount == 0)
  }

  @Test(arguments: ["<u><user><n>", "<u>"])
  func `text without end is only truncated`(_ start: String) {
    let bytes = Array(start.utf8) + Array(repeating: 0x78, count: 3_000_000)
    #expect(XMLReading.failure(of: bytes).error?.finding?.code == .xmlTruncated)
  }

  @Test func `a start tag over the limit is refused however it arrives`() {
    let value = String(repeating: "x", count: 1_100_000)
    let bytes = Array("<u><user a='\(value)'/></u>".utf8)
    for cutting in [MemorySource.Cutting.whole, .pieces(of: 50_000)] {
      let (error, _) = XMLReading.failure(of: bytes, cutting: cutting)
      #expect(error?.finding?.code == .xmlTextTooLong)
      #expect(error?.finding?.limit == 1 << 20)
    }
  }

  @Test func `a source that cannot be read ends the reading`() {
    let reader = XMLReader(
      source: BrokenSource(),
      recordPath: ["user"],
      maximumFieldByteCount: 100,
      maximumRowByteCount: 100
    )
    var batch = RowBatch()
    let error = #expect(throws: ImportError.self) { try reader.read(into: &batch) }
    #expect(error?.message == "gone")
  }
}

/// Gives the beginning of a document, then fails.
private final class BrokenSource: TextSource {
  let name = "broken"
  let textStart: UInt64 = 0

  func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost byteCount: Int
  ) throws(ImportError) -> Int {
    guard offset == 0 else { throw ImportError(.missingInput, "gone") }
    buffer.append("<u>")
    return 3
  }
}
