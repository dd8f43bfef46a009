import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

@Suite struct XMLReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var path = ["user"]
    let lines: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "elements",
      text: "<users><user><id>1</id><name>Ada</name></user><user><id>2</id></user></users>",
      lines: ["id=1|name=Ada", "id=2"]
    ),
    Case(
      name: "attributes",
      text: "<users><user id='1' name=\"A &amp; B &#233;\"/><user name='C'></user></users>",
      lines: ["@id=1|@name=A & B é", "@name=C"]
    ),
    Case(
      name: "ampersands that look like references",
      text: "<u><user a='&amp;#38;&#38;amp;&amp;&lt;'>&amp;#38;&#38;lt;</user></u>",
      lines: ["@a=&#38;&amp;&<|.=&#38;&lt;"]
    ),
    Case(
      name: "nested elements and attributes of elements",
      text: """
        <users>
          <user>
            <contact kind="work"><email>a@b.c</email><phone/></contact>
          </user>
        </users>
        """,
      lines: ["contact/@kind=work|contact/email=a@b.c|contact/phone="]
    ),
    Case(
      name: "CDATA beside text",
      text: "<u><user><n>a<![CDATA[<b>&amp;]]>c<![CDATA[]]></n></user></u>",
      lines: ["n=a<b>&amp;c"]
    ),
    Case(
      name: "character references and predefined entities",
      text: "<u><user><n>&#65;&#x1F600;&lt;&gt;&quot;&apos;&amp;</n></user></u>",
      lines: ["n=A😀<>\"'&"]
    ),
    Case(
      name: "white space is kept",
      text: "<u><user><n>  a\tb  </n><m> </m></user></u>",
      lines: ["n=  a\tb  |m= "]
    ),
    Case(
      name: "empty elements are empty fields",
      text: "<u><user><n/><m></m></user></u>",
      lines: ["n=|m="]
    ),
    Case(
      name: "prefixes and default namespaces",
      text: """
        <s:Envelope xmlns:s="urn:soap"><s:Body xmlns="urn:x">
        <a:user xmlns:a="urn:a" a:uuid="7" xml:lang="de"><a:id>1</a:id></a:user>
        <user><id>2</id></user></s:Body></s:Envelope>
        """,
      path: ["Envelope", "Body", "user"],
      lines: ["@uuid=7|@lang=de|id=1", "id=2"]
    ),
    Case(
      name: "prefixes that nothing declares",
      text: "<u><p:user q:id='1'><r:n>x</r:n></p:user></u>",
      lines: ["@id=1|n=x"]
    ),
    Case(
      name: "comments and instructions between and inside",
      text: """
        <?xml version="1.0"?><?x y?><!-- <user> -->
        <u><!-- <user>'\" --><user><!-- a --><n>x<!-- > -->y<?p > ?>z</n></user><?q <user/> ?></u>
        <!-- end -->
        """,
      lines: ["n=xyz"]
    ),
    Case(
      name: "text beside elements",
      text: "<u><user>a<n>x<m>y</m>z</n>b<k> <l>1</l> </k></user></u>",
      lines: ["n/m=y|n=xz|k/l=1|.=ab"]
    ),
    Case(
      name: "text of the record itself",
      text: "<u><user>12</user><user></user><user/><user a='1'/><user> </user></u>",
      lines: [".=12", ".=", ".=", "@a=1", ".= "]
    ),
    Case(
      name: "a path from the root",
      text: "<u><user><n>1</n></user><x><user><n>2</n></user></x></u>",
      path: ["u", "user"],
      lines: ["n=1"]
    ),
    Case(
      name: "names at any depth",
      text: "<u><a><user><n>1</n></user></a><user><n>2</n></user><b><a><user/></a></b></u>",
      path: ["**", "a", "user"],
      lines: ["n=1", ""].map { $0.isEmpty ? ".=" : $0 }
    ),
    Case(
      name: "the outermost of records in records",
      text: "<u><user><n>1</n><user><n>2</n></user></user></u>",
      lines: ["n=1|user/n=2"]
    ),
    Case(
      name: "a record that is the root",
      text: "<user><n>1</n></user>",
      lines: ["n=1"]
    ),
    Case(
      name: "prefixes in the path",
      text: "<x:u xmlns:x='urn:x'><x:user><n>1</n></x:user></x:u>",
      path: ["y:u", "x:user"],
      lines: ["n=1"]
    ),
    Case(
      name: "tags over several lines, > in values",
      text: "<u\n>\n<user\n  a='x>y'\n\n b=\"'\n'\"\n><n\n>1</n\n></user\n>\n<user\n/></u>",
      lines: ["@a=x>y|@b=' '|n=1", ".="]
    ),
    Case(
      name: "CRLF",
      text:
        "<u>\r\n<user\r\n a='1'>\r\n<n>x\r\ny</n><m><![CDATA[x\r\n\r\ny]]></m>\r\n</user>\r\n</u>",
      lines: ["@a=1|n=x\ny|m=x\n\ny"]
    ),
    Case(
      name: "carriage returns in CDATA sections side by side",
      text: "<u><user><n><![CDATA[a\r]]><![CDATA[\nb\r\r\n]]>&#13;</n></user></u>",
      lines: ["n=a\n\nb\n\n\r"]
    ),
    Case(
      name: "long CDATA and text with characters of several bytes",
      text: "<u><user><n><![CDATA[" + String(repeating: "€\r\né", count: 90) + "]]>"
        + String(repeating: "𝄞é\r\n", count: 90) + "</n></user></u>",
      lines: [
        "n=" + String(repeating: "€\né", count: 90) + String(repeating: "𝄞é\n", count: 90)
      ]
    ),
    Case(
      name: "names of several bytes",
      text: "<größe><user><größe ñ='1'>é</größe></user></größe>",
      lines: ["größe/@ñ=1|größe=é"]
    ),
    Case(
      name: "several records a line",
      text: "<u><user a='1'/><user a='2'/> <user a='3'></user>\n<user a='4'/></u>",
      lines: ["@a=1", "@a=2", "@a=3", "@a=4"]
    ),
    Case(
      name: "a byte order mark and another declared encoding",
      text: "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?>\n<u><user><n>é</n></user></u>",
      lines: ["n=é"]
    ),
    Case(
      name: "XInclude is an element like others",
      text: """
        <u xmlns:xi="http://www.w3.org/2001/XInclude"><user><n>1</n>\
        <xi:include href="file:///etc/hostname" parse="text"/></user></u>
        """,
      lines: ["n=1|include/@href=file:///etc/hostname|include/@parse=text|include="]
    ),
  ]

  @Test(arguments: cases)
  func `a document gives its rows`(_ example: Case) {
    #expect(XMLReading.lines(of: example.text, path: example.path) == example.lines)
  }

  @Test(arguments: cases)
  func `a document keeps the contract, cut at every byte`(_ example: Case) {
    let contract = XMLReading.contract(path: example.path)
    #expect(contract.violations(of: Array(example.text.utf8)) == [])
  }

  @Test(arguments: cases)
  func `positions are exact`(_ example: Case) {
    let bytes = Array(example.text.utf8)
    let rows = XMLReading.contract(path: example.path).result(of: bytes).rows
    expectExactPlaces(of: rows, in: bytes)
  }

  @Test func `columns come in the order met`() {
    let text = "<u><user b='1'><a/></user><user c='2' b='3'><k><l/></k><a/>x</user></u>"
    let result = XMLReading.contract().result(of: Array(text.utf8))
    #expect(result.columns == ["@b", "a", "@c", "k/l", "."])
    #expect(result.rows.map(\.texts) == [["1", ""], ["3", "", "2", "", "x"]])
  }

  @Test func `namespaces are remarked once`() {
    let text = "<u xmlns='urn:a' xmlns:b='urn:b'><user xmlns:c='urn:a'/></u>"
    let remarks = XMLReading.contract().result(of: Array(text.utf8)).remarks
    #expect(remarks.map(\.text) == ["urn:a", "urn:b"])
    #expect(remarks.allSatisfy { $0.code == .xmlNamespace && $0.severity == .note })
  }

  @Test func `a document without records has no rows`() throws {
    let reader = XMLReading.reader(of: "<users><person/></users>")
    var batch = RowBatch()
    #expect(try !reader.read(into: &batch))
    #expect(try !reader.read(into: &batch))
  }

  @Test func `rows with characters beyond ASCII are marked`() {
    let text = "<é><user><n>a</n></user><user><n>&#233;</n></user><user é='a'/></é>"
    let rows = XMLReading.contract().result(of: Array(text.utf8)).rows
    #expect(rows.map { $0.features.contains(.hasHighBytes) } == [false, true, false])
  }

  @Test func `a big document is read in little pieces of memory and with exact places`() throws {
    var text = "<users>\n"
    for number in 0..<20_000 {
      text +=
        "<user\n id='\(number)'><name>Zoë Example-Name \(number % 7 == 0 ? "<![CDATA[\r\n]]>" : "")</name>"
      text += number % 3 == 0 ? "<!-- \n> --></user> " : "</user>\r\n"
    }
    text += "</users>"
    let bytes = Array(text.utf8)
    let rows = XMLReading.contract().result(of: bytes).rows
    #expect(bytes.count > 1 << 20)
    #expect(rows.count == 20_000)
    expectExactPlaces(of: rows, in: bytes)

    let reader = XMLReading.reader(of: bytes)
    var batch = RowBatch()
    while try reader.read(into: &batch) {}
    for index in stride(from: 0, to: rows.count, by: 97) + [rows.count - 1, 0, 5, 19_000] {
      try reader.fetch(rows[index].position, into: &batch)
      #expect(ReadRow(0, of: batch) == rows[index])
    }
  }

  @Test func `a record that spans the pieces of reading again is found whole`() {
    let long = String(repeating: "é€x", count: 12_000)
    let text = "<u><user><n>\(long)</n></user><user><n>é\(long)</n><m>\(long)</m></user></u>"
    var contract = XMLReading.contract()
    contract.splitCount = 3
    let bytes = Array(text.utf8)
    #expect(contract.result(of: bytes).rows.map { $0.fields[0]?.count } == [72_000, 72_002])
    #expect(contract.violations(of: bytes) == [])
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `rows are read again in any ascending order`(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    // Records of few and of many kinds, in lists and alone, with much and little between them.
    let records = [
      "<user><n>Ada</n></user>", "<user n='1'/>", "<user>\n<n>Zoë</n><m>&#233;</m></user>",
      "<user><m>2</m><n/><n>x</n></user>", "<user><n><k>3</k></n></user>",
      "<user><m><![CDATA[<user/>]]></m></user>",
      "<user><n>\(String(repeating: "long ", count: 900))</n></user>",
    ]
    let others = ["", "\n  ", "<!-- <user/> -->", "<?user?>", "<p><user/></p>", "</l>\n<l>", "x"]
    var text = "<u><l>"
    let variety = 1 + random(others.count)
    for _ in 0..<random(300) {
      text += records[random(1 + random(records.count))]
      for _ in 0..<random(3) { text += others[random(variety)] }
    }
    text += "</l></u>"
    let cutting: MemorySource.Cutting = random(2) == 0 ? .whole : .pieces(of: 1 + random(3000))
    let reader = XMLReading.reader(of: Array(text.utf8), path: ["**", "user"], cutting: cutting)
    var rows: [ReadRow] = []
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      rows += (0..<batch.count).map { ReadRow($0, of: batch) }
    }
    for step in [1, 1, 2, 9] {
      for row in rows where step == 1 || random(step) == 0 {
        try reader.fetch(row.position, into: &batch)
        #expect(batch.count == 1)
        #expect(ReadRow(0, of: batch) == row)
      }
    }
  }

  @Test func `a record that is not there any more is a changed file`() throws {
    let reader = XMLReading.reader(of: "<u><user a='1'/><user a='2'>")
    var batch = RowBatch()
    for offset in [1, 2, 16, 28, 500] as [UInt64] {
      let error = #expect(throws: ImportError.self) {
        try reader.fetch(Position(row: 1, line: 1, offset: offset), into: &batch)
      }
      #expect(error?.finding?.code == .fileChanged)
      #expect(batch.count == 0)
    }
    try reader.fetch(Position(row: 1, line: 1, offset: 3), into: &batch)
    #expect(batch.count == 1)
  }

  @Test func `the envelope is what surrounds the first record`() {
    let text = """
      <?xml version="1.0" encoding="latin1"?>
      <s:E xmlns:s='urn:s'><h/><b
       x="1"><user/></b><c><user/></c></s:E>
      """
    for path in [["user"], ["E", "b", "user"]] {
      let reader = XMLReading.reader(of: text, path: path)
      var batch = RowBatch()
      while (try? reader.read(into: &batch)) == true {}
      #expect(
        String(decoding: reader.envelope.opening(in: .utf8), as: UTF8.self)
          == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:E xmlns:s='urn:s'>\n<b\n x=\"1\">\n"
      )
      #expect(String(decoding: reader.envelope.closing, as: UTF8.self) == "</b>\n</s:E>\n")
    }
  }

  /// Rows begin at their tag and end with it, on the line that counting line feeds gives.
  private func expectExactPlaces(of rows: [ReadRow], in bytes: [UInt8]) {
    var line: UInt32 = 1
    var counted = 0
    for (index, row) in rows.enumerated() {
      let start = Int(row.position.offset)
      let end = start + Int(row.byteCount)
      #expect(end <= bytes.count)
      for byte in bytes[counted..<start] where byte == 0x0A { line += 1 }
      counted = start
      let record = bytes[start..<end]
      let text = String(decoding: record, as: UTF8.self)
      #expect(text.contains(#/^<(\w+:)?user/#))
      #expect(text.contains(#/(<\/(\w+:)?user\s*>|\/>)$/#))
      #expect(row.position.line == line)
      #expect(row.position.row == UInt32(index + 1))
      #expect(Int(row.lineCount) == record.count { $0 == 0x0A } + 1)
    }
  }
}
