import ImportModel
import Readers
import Rows
import Testing

struct XMLOpeningTests {
  static let id = "64b7f1a2e4b0a5d3f9c12345"

  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var path: String
    var kind: InputKind
    var id: String?
    var number: String?
  }

  static let samples = [
    Sample(
      testDescription: "a list of users",
      text: "<users><user><userId>\(id)</userId><ext>12</ext></user><user><userId/></user></users>",
      path: "users/user",
      kind: .users,
      id: "userId",
      number: "ext"
    ),
    Sample(
      testDescription: "one user",
      text: "<users><user><userId>\(id)</userId><rcExtension>12</rcExtension></user></users>",
      path: "users/user",
      kind: .users,
      id: "userId",
      number: "rcExtension"
    ),
    Sample(
      testDescription: "attributes",
      text: "<d><u id='\(id)' ext='12'/><u id='\(id)' ext='13'/></d>",
      path: "d/u",
      kind: .users,
      id: "@id",
      number: "@ext"
    ),
    Sample(
      testDescription: "an extension element in each user",
      text:
        "<r><user><_id>\(id)</_id><extension><id>7</id><extensionNumber>12</extensionNumber></extension></user></r>",
      path: "r/user",
      kind: .users,
      id: "_id",
      number: "extension/extensionNumber"
    ),
    Sample(
      testDescription: "a company with a number of its own",
      text:
        "<c><extension>100</extension><user><userId>\(id)</userId></user><user><userId>\(id)</userId></user></c>",
      path: "c/user",
      kind: .users,
      id: "userId",
      number: nil
    ),
    Sample(
      testDescription: "extensions of RingCentral",
      text:
        "<r><records><extension><id>7</id><extensionNumber>12</extensionNumber><type>User</type><contact><email>a@b.c</email></contact></extension></records></r>",
      path: "r/records/extension",
      kind: .extensions,
      id: nil,
      number: "extensionNumber"
    ),
    Sample(
      testDescription: "Cisco AXL",
      text:
        "<s:Envelope xmlns:s='urn:s'><s:Body><return><user uuid='{1}'><userid>\(id)</userid><primaryExtension><pattern>12</pattern><routePartitionName>p</routePartitionName></primaryExtension></user></return></s:Body></s:Envelope>",
      path: "Envelope/Body/return/user",
      kind: .users,
      id: "userid",
      number: "primaryExtension/pattern"
    ),
    Sample(
      testDescription: "a phone directory",
      text:
        "<CiscoIPPhoneDirectory><Title>T</Title><DirectoryEntry><Name>A</Name><Telephone>12</Telephone></DirectoryEntry></CiscoIPPhoneDirectory>",
      path: "CiscoIPPhoneDirectory/DirectoryEntry",
      kind: .extensions,
      id: nil,
      number: "Telephone"
    ),
  ]

  @Test(arguments: samples)
  func `the element of a record is found`(_ sample: Sample) throws {
    let input = try InputOpener.open(text: sample.text)
    #expect(input.format == .xml)
    #expect(input.recordPath?.joined(separator: "/") == sample.path)
    #expect(input.kind == sample.kind)
    #expect(input.column(.userID) == sample.id)
    #expect(input.column(.extensionNumber) == sample.number)
    #expect(try !input.allRows().isEmpty)
    #expect(try !input.remap())
  }

  @Test func `an input is described in one line`() throws {
    let input = try InputOpener.open(text: Self.samples[0].text)
    let line = "users, XML (<users/user>, UTF-8), 2 columns: userId=\"userId\", rcExtension=\"ext\""
    #expect(input.description.hasSuffix(line))
  }

  @Test func `the user names the element`() throws {
    let text = "<r><a><userId>1</userId></a><b><userId>\(Self.id)</userId></b></r>"
    var options = ReadingOptions()
    for path in [["r", "b"], ["b"], ["x:r", "x:b"]] {
      options.recordPath = path
      let input = try InputOpener.open(text: text, options)
      #expect(try input.allRows().map(\.fields) == [[Self.id]])
    }
    options.recordPath = ["r", "c"]
    let found = refusal { _ = try InputOpener.open(text: text, options) }
    #expect(found == Finding(.xmlNoRecords, .refusal, text: "r/c", suggestion: "r, r/a, r/b"))
  }

  @Test func `that CSV has no header means nothing for XML`() throws {
    var options = ReadingOptions()
    options.hasHeader = false
    let input = try InputOpener.open(text: Self.samples[0].text, options)
    #expect(input.column(.userID) == "userId")
  }

  @Test func `a document without records is refused`() {
    let found = refusal { _ = try InputOpener.open(text: "<config><port>1</port></config>") }
    #expect(found?.code == .xmlNoRecords)
    #expect(found?.suggestion == "config")
  }

  @Test(
    arguments: [
      ("<users/>", "users", InputKind.users),
      ("<extensions></extensions>", "extensions", .extensions),
      ("<?xml version='1.0'?>\n<!-- none -->\n<r:Users n='0'>\n</r:Users>\n", "Users", .users),
      ("<data/>", "data", .users),
    ]
  )
  func `a root without records is like a header without rows`(
    _ text: String,
    _ root: String,
    _ kind: InputKind
  ) throws {
    let text = text.replacing("<r:Users", with: "<r:Users xmlns:r='u'")
    let found = refusal { _ = try InputOpener.open(text: text) }
    #expect(found == Finding(.fileHeaderOnly, .refusal, text: root))
    var options = ReadingOptions()
    options.allowsEmpty = true
    let input = try InputOpener.open(text: text, options)
    #expect(input.kind == kind)
    #expect(try input.allRows().isEmpty)
    options.kind = .extensions
    #expect(try InputOpener.open(text: text, options).kind == .extensions)
  }

  @Test(
    arguments: [
      ("<users>", ReasonCode.xmlTruncated), ("<users>none</users>", .xmlNoRecords),
      ("<users><user/></users>", .xmlNoRecords),
    ]
  )
  func `a root that holds something is not empty`(_ text: String, _ code: ReasonCode) {
    var options = ReadingOptions()
    options.allowsEmpty = true
    #expect(refusal { _ = try InputOpener.open(text: text, options) }?.code == code)
  }

  @Test(
    arguments: [
      ("<users>\n<user><userId>a & b</userId></user></users>\n", .xmlNotWellFormed, 2),
      ("<users>\n<user><name>a &nbsp; b</name></user></users>\n", .xmlEntityForbidden, 2),
      ("<users>\n<user><name>a</name></user>", .xmlTruncated, 2),
      ("<users><user><name>a</name></user></users>\nx", .xmlNotWellFormed, 2),
    ] as [(String, ReasonCode, UInt32)]
  )
  func `a fault is told where no record is found`(
    _ text: String,
    _ code: ReasonCode,
    _ line: UInt32
  ) {
    var found: ImportError?
    do { _ = try InputOpener.open(text: text) } catch { found = error as? ImportError }
    #expect(found?.finding?.code == code)
    #expect(found?.line == line)
    #expect(found?.column != nil)
  }

  @Test func `a name that is nearly known is told as an element`() throws {
    let text = "<r><p><userId>\(Self.id)</userId><extention>12</extention></p></r>"
    let remark = Finding(
      .xmlUnknownElement,
      .warning,
      field: .extensionNumber,
      text: "extention",
      suggestion: "rcExtension"
    )
    let remarks = try InputOpener.open(text: text).remarks
    #expect(remarks.filter { $0.code != .formatMismatch } == [remark])
  }

  @Test(arguments: ["<e:users xmlns:e='u' n='0'/>", "<e:users xmlns:e='u' n='0'>\n</e:users>\n"])
  func `the envelope of a document without records is its root`(_ text: String) throws {
    var options = ReadingOptions()
    options.allowsEmpty = true
    let input = try InputOpener.open(text: text, options)
    #expect(try input.allRows().isEmpty)
    let envelope = try #require(input.reader as? XMLReader).envelope
    #expect(
      String(decoding: envelope.opening(in: .utf8) + envelope.closing, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <e:users xmlns:e='u' n='0'>
        </e:users>

        """
    )
  }

  @Test func `one damaged id does not make users of extensions`() throws {
    let good = "<e><id>700101</id><extensionNumber>101</extensionNumber><type>User</type></e>"
    let text = "<l>\(good)\(good.replacing("700101", with: "7OO101"))</l>"
    #expect(try InputOpener.open(text: text).kind == .extensions)
  }

  @Test(arguments: [0, 20_000])
  func `an element inside the extension damages its row only`(_ count: Int) throws {
    let plain = "<user><userId>\(Self.id)</userId><rcExtension>12</rcExtension></user>"
    let nested = plain.replacing(">12<", with: "><number>13</number><")
    let padding = String(repeating: plain, count: count)
    let input = try InputOpener.open(text: "<users>\(plain)\(padding)\(nested)</users>")
    #expect(input.column(.extensionNumber) == "rcExtension")
    #expect(try input.allRows().count == count + 2)
    _ = try input.remap()
    #expect(input.column(.extensionNumber) == "rcExtension")
  }

  @Test func `records without an id are refused for that`() {
    let text = "<r><p><name>A</name><mail/></p><p><name>B</name></p></r>"
    let found = refusal { _ = try InputOpener.open(text: text) }
    #expect(found?.code == .columnMissing)
    #expect(found?.field == .userID)
    let slip = refusal {
      _ = try InputOpener.open(text: "<r><p><usreId>1</usreId><ext>12</ext></p></r>")
    }
    #expect(slip?.suggestion == "usreId")
  }

  @Test func `opening looks at the head of a big document alone`() throws {
    let user = "<user><userId>\(Self.id)</userId><ext>12</ext></user>"
    let users = String(repeating: user, count: (1 << 19) / user.utf8.count)
    let input = try InputOpener.open(text: "<users>\(users)<user></users>")
    #expect(input.recordPath == ["users", "user"])
    #expect(refusal { _ = try input.allRows() }?.code == .xmlNotWellFormed)
  }

  @Test func `columns that come later are taken in`() throws {
    let plain = "<user><userId>\(Self.id)</userId></user>"
    let late = "<user><userId>\(Self.id)</userId><ext>12</ext></user>"
    let padding = String(repeating: plain, count: 20_000)
    let input = try InputOpener.open(text: "<users>\(padding)\(late)</users>")
    #expect(input.mapping[.extensionNumber] == nil)
    #expect(try input.allRows().count == 20_001)
    #expect(try input.remap())
    #expect(input.column(.extensionNumber) == "ext")
    #expect(try !input.remap())
  }

  @Test func `a second name of a key that comes later is refused`() throws {
    let plain = "<user><userId>\(Self.id)</userId><ext>12</ext></user>"
    let late = "<user><userId>\(Self.id)</userId><extension>12</extension></user>"
    let padding = String(repeating: plain, count: 20_000)
    let input = try InputOpener.open(text: "<users>\(padding)\(late)</users>")
    _ = try input.allRows()
    #expect(refusal { _ = try input.remap() }?.code == .columnAmbiguous)
  }

  @Test func `records can be looked at whatever they hold`() throws {
    let file = try TemporaryFile("<r><p><a>1</a></p><p><a>2</a></p></r>")
    let input = try InputOpener.openRaw(path: file.path, options: ReadingOptions())
    #expect(input.recordPath == ["r", "p"])
    #expect(try input.allRows().map(\.fields) == [["1"], ["2"]])
  }
}
