import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

/// Records that are read without libxml2 because their markup is known are what it makes of them.
@Suite struct XMLKnownRecordsTests {
  /// A document of records that are mostly alike, made from a seed.
  private struct Document {
    private var state: UInt64
    private(set) var text = ""

    private static let values = [
      "", "1", "507f1f77bcf86cd799439011", "1001", "Ada Lovelace", "ada@example.org", " a ", "é😀",
      "a>b",
      "x\ty",
    ]
    private static let oddValues = [
      "a&amp;b", "&lt;]amp;", "&quot;\t&apos;\n&gt;", "&amp;lt;", "é&lt;", "&#65;",
      "<![CDATA[<b>]]>", "a]b", "]]", "\n", "a\r\nb", "<!-- no -->", "<?p i?>",
      "<b>c</b>", "\"", "'",
    ]
    private static let shapes: [[String]] = [
      ["<user><id>", "</id><ext>", "</ext></user>"],
      ["\n  <user>\n    <id>", "</id>\n    <ext>", "</ext>\n    <note/>\n  </user>"],
      ["\r\n <user id=\"", "\"><ext kind='", "'>", "</ext></user>"],
      ["<user id=\"", "\" ext=\"", "\"/>"],
      ["<user>\n<contact><email>", "</email><phone/></contact><id>", "</id></user>\n\n"],
      ["<x:user><x:id>", "</x:id></x:user>"],
      ["<user xmlns:y='urn:y'><y:id>", "</y:id></user>"],
      ["<user><id>", "</id><id>", "</id></user>"],
      ["<user>", "</user>"],
      ["<user a='", "'>", "</user>"],
      ["<user><contact>", "</contact></user>"],
      ["<user><email/><id>", "</id></user>"],
      ["<user>text<id>", "</id></user>"],
      ["<user><user><id>", "</id></user></user>"],
      ["<user/>"],
      ["<group><user><id>", "</id></user></group>"],
      ["<other><id>", "</id></other>"],
      ["<!-- a -->"], ["\n\n"], ["text"], ["<user id=\"", "\" id=\"", "\"/>"],
      ["<user><id>", "</user>"],
    ]

    init(seed: UInt64, oddity: Int) {
      state = seed
      text = "<?xml version=\"1.0\"?>\n<users xmlns:x='urn:x'>"
      // Most documents are well-formed; the last shapes make sure that some are not.
      let shapeCount = random(8) == 0 ? Self.shapes.count : Self.shapes.count - 3
      let own = (0..<1 + random(4)).map { _ in Self.shapes[random(shapeCount)] }
      for _ in 0..<random(60) {
        let shape = random(oddity) == 0 ? Self.shapes[random(shapeCount)] : own[random(own.count)]
        text += shape[0]
        for part in shape.dropFirst() {
          let values = random(oddity) == 0 ? Self.oddValues : Self.values
          text += values[random(values.count)] + part
        }
      }
      if random(9) > 0 { text += "\n</users>" }
    }

    private mutating func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }

  private func contract(
    path: [String],
    knowsRecords: Bool,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) -> RowReaderContract {
    var contract = RowReaderContract { source in
      XMLReader(
        source: source,
        recordPath: path,
        tellsOthers: true,
        knowsRecords: knowsRecords,
        maximumFieldByteCount: maximumFieldByteCount,
        maximumRowByteCount: maximumRowByteCount
      )
    }
    contract.tellsErrorsApart = false
    return contract
  }

  @Test(arguments: 0..<24)
  func `random documents give the same rows with and without libxml2`(round: Int) {
    for number in 0..<60 {
      let seed = UInt64(round * 60 + number)
      let document = Document(seed: seed, oddity: [1 << 20, 40, 4][number % 3])
      let bytes = Array(document.text.utf8)
      let path = [["users", "user"], ["**", "user"], ["**", "contact"]][number / 3 % 3]
      let limits = number % 5 == 0 ? (9, 60) : (1 << 20, 1 << 20)
      let contracts = [false, true].map { knowsRecords in
        contract(
          path: path,
          knowsRecords: knowsRecords,
          maximumFieldByteCount: limits.0,
          maximumRowByteCount: limits.1
        )
      }
      let pieces = MemorySource.Cutting.pieces(of: 1 + number)
      let violations = contracts[1].violations(
        of: bytes,
        reading: [.split(at: 1 + bytes.count / 3), .pieces(of: 1), pieces],
        rereading: [pieces]
      )
      #expect(violations == [], "seed \(seed)")
      #expect(contracts[1].result(of: bytes) == contracts[0].result(of: bytes), "seed \(seed)")
    }
  }

  @Test func `records of several windows are given with their places`() throws {
    var text = "<users>\n"
    for number in 0..<5000 {
      text += "  <user><id>\(number)</id>\n"
      if number % 7 != 0 { text += "    <name>Ada &amp; B\(number % 3)</name>\n" }
      if number % 5 != 0 { text += "    <ext>1\(number)</ext>\n" }
      text += "  </user>\n"
    }
    text += "</users>\n"
    let bytes = Array(text.utf8)
    let limits = (maximumFieldByteCount: 1 << 20, maximumRowByteCount: 1 << 20)
    let results = [false, true].map { knowsRecords in
      contract(
        path: ["users", "user"],
        knowsRecords: knowsRecords,
        maximumFieldByteCount: limits.maximumFieldByteCount,
        maximumRowByteCount: limits.maximumRowByteCount
      )
      .result(of: bytes)
    }
    #expect(results[0].rows.count == 5000)
    #expect(results[0] == results[1])
  }

  @Test(arguments: [
    "<user><id>1</id>\n<id>", "</users><user>", "<user><id>&x;</id></user>", "<user id='1'",
  ])
  func `a fault after known records is told with its place`(fault: String) {
    let record = "<user>\n<id>1</id></user>\n"
    let text = "<users>\n" + String(repeating: record, count: 6000) + fault
    let failures = [false, true].map { knowsRecords in
      var contract = contract(
        path: ["users", "user"],
        knowsRecords: knowsRecords,
        maximumFieldByteCount: 1 << 20,
        maximumRowByteCount: 1 << 20
      )
      contract.tellsErrorsApart = true
      return contract.result(of: Array(text.utf8))
    }
    #expect(failures[0].error != nil)
    #expect(failures[0].error == failures[1].error)
    #expect(failures[0].rows.count == failures[1].rows.count)
  }

  @Test(arguments: ["<![CDATA[", "<!-- ", "<?p ", "<other a='", "<user><id>5</id><![CDATA["])
  func `what looks like known records is none inside of other things`(opening: String) {
    let record = "<user><id>1</id></user>\n"
    let closing = ["<![": "]]>", "<!-": "-->", "<?p": "?>", "<ot": "'/>", "<us": "]]></user>"]
    let text =
      "<users>" + String(repeating: record, count: 5) + opening
      + String(repeating: record, count: 3) + closing[String(opening.prefix(3)), default: ""]
      + record + "</users>"
    let contracts = [false, true].map { knowsRecords in
      contract(
        path: ["users", "user"],
        knowsRecords: knowsRecords,
        maximumFieldByteCount: 1 << 20,
        maximumRowByteCount: 1 << 20
      )
    }
    let bytes = Array(text.utf8)
    #expect(contracts[1].violations(of: bytes) == [])
    #expect(contracts[1].result(of: bytes) == contracts[0].result(of: bytes))
  }

  /// Each of them was a piece for libxml2 once, which took time by the square of their number.
  @Test(.timeLimit(.minutes(1)), arguments: [("<!--", "-->"), ("<user id='3' note='", "'/>")])
  func `a million ends of records inside of something else take no time`(
    opening: String,
    closing: String
  ) {
    let ends = String(repeating: "/>", count: 450_000)
    let text = "<users><user id='1'/><user id='2'/>\(opening)\(ends)\(closing)</users>"
    let result = contract(
      path: ["users", "user"],
      knowsRecords: true,
      maximumFieldByteCount: 1 << 20,
      maximumRowByteCount: 1 << 20
    )
    .result(of: Array(text.utf8))
    #expect(result.rows.count == (closing == "-->" ? 2 : 3))
  }
}
