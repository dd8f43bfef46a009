import Bytes
import ImportModel
import Readers
import Rows
import Testing

struct CSVOpeningTests {
  static let ids = [
    "64b7f1a2e4b0a5d3f9c12345", "64b7f1a2e4b0a5d3f9c12346", "64b7f1a2e4b0a5d3f9c12347",
  ]

  @Test func `an input is described in one line`() throws {
    let input = try InputOpener.open(text: "_id,Ext,Mail,a,b,c\n\(Self.ids[0]),12,x@y.z,,,\n")
    #expect(
      input.description.hasSuffix(
        """
        users.csv: users, CSV (comma, UTF-8), 6 columns: userId="_id", rcExtension="Ext", email="Mail"
        """
      )
    )
    #expect(input.kind == .users)
    #expect(input.format == .csv)
    #expect(input.hasHeader)
    #expect(input.header == 0..<18)
    #expect(input.remarks == [])
    let rows = try input.allRows()
    #expect(rows.map(\.fields) == [[Self.ids[0], "12", "x@y.z", "", "", ""]])
    #expect(rows[0].position == Position(row: 2, line: 2, offset: 19))
  }

  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var delimiter: Character
  }

  static let samples = [
    Sample(testDescription: "comma", text: "userId,ext\n\(ids[0]),12\n", delimiter: ","),
    Sample(testDescription: "semicolon", text: "userId;ext\r\n\(ids[0]);12\r\n", delimiter: ";"),
    Sample(testDescription: "tab", text: "userId\text\n\(ids[0])\t12\n", delimiter: "\t"),
    Sample(testDescription: "pipe", text: "userId|ext\r\(ids[0])|12\r", delimiter: "|"),
    Sample(
      testDescription: "semicolon with commas in fields",
      text: "userId;ext;name\n\(ids[0]);12;Doe, Jane\n\(ids[1]);13;Roe, Jim, Jr.\n",
      delimiter: ";"
    ),
    Sample(
      testDescription: "comma with semicolons in fields and in the header",
      text: "userId,ext,a;b;c;d\n\(ids[0]),12,1;2;3;4\n\(ids[1]),13,1;2;3;4\n",
      delimiter: ","
    ),
    Sample(
      testDescription: "quoted delimiters",
      text: "\"userId\";\"ext\";\"name\"\n\(ids[0]);12;\"a;b,c\"\n",
      delimiter: ";"
    ),
    Sample(testDescription: "one column", text: "userId\n\(ids[0])\n", delimiter: ","),
    Sample(testDescription: "damaged rows", text: "userId;ext\n\(ids[0]),12\n1\n", delimiter: ";"),
  ]

  @Test(arguments: samples)
  func `the delimiter is found`(_ sample: Sample) throws {
    let input = try InputOpener.open(text: sample.text)
    #expect(input.dialect?.delimiter == sample.delimiter.asciiValue)
    #expect(input.column(.userID) == "userId")
    #expect(input.columns.count < 2 || input.column(.extensionNumber) == "ext")
  }

  @Test func `the user's delimiter is taken`() throws {
    var options = ReadingOptions()
    options.delimiter = UInt8(ascii: "^")
    let input = try InputOpener.open(text: "userId^ext\n\(Self.ids[0])^12\n", options)
    #expect(input.column(.extensionNumber) == "ext")
    options.delimiter = UInt8(ascii: ";")
    let found = refusal { _ = try InputOpener.open(text: "userId,ext\n1,2\n", options) }
    #expect(found?.code == .columnMissing)
  }

  @Test func `two delimiters that do equally well are refused`() {
    var options = ReadingOptions()
    options.hasHeader = false
    options.map = [.userID: "1"]
    let found = refusal { _ = try InputOpener.open(text: "a,b;c|d\ne,f;g|h\n", options) }
    #expect(
      found
        == Finding(.delimiterAmbiguous, .refusal, text: "comma or semicolon or pipe")
    )
  }

  // MARK: Lines above the data

  @Test(arguments: ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n"])
  func `a sep line names the delimiter and is no row`(_ line: String) throws {
    let input = try InputOpener.open(text: "\(line)userId;ext,a\n\(Self.ids[0]);12\n")
    #expect(input.dialect?.delimiter == UInt8(ascii: ";"))
    #expect(input.remarks == [Finding(.sepDirective, .note, text: "semicolon")])
    let row = try #require(try input.allRows().first)
    #expect(row.position.row == 2)
    #expect(row.position.line == 3)
  }

  @Test func `a title above the header is skipped and counted`() throws {
    let text = "Users of Acme\nMade 2024-01-01;;\nuserId;ext;name\n\(Self.ids[0]);12;A\n"
    let input = try InputOpener.open(text: text)
    #expect(input.remarks == [Finding(.titleRow, .warning, number: 2)])
    #expect(input.columns == ["userId", "ext", "name"])
    let row = try #require(try input.allRows().first)
    #expect(row.position.row == 4)
    #expect(row.position.line == 4)
    #expect(input.header.map { text.utf8.count - Int($0.upperBound) } == 31)
  }

  @Test func `a byte order mark is no part of the first name`() throws {
    let input = try InputOpener.open(text: "\u{FEFF}userId,ext\n\(Self.ids[0]),12\n")
    #expect(input.columns == ["userId", "ext"])
    #expect(input.remarks == [])
    #expect(input.header == 3..<13)
    #expect(try input.allRows().first?.position.offset == 14)
  }

  @Test func `a header with line breaks in quotes counts its lines`() throws {
    let input = try InputOpener.open(text: "userId,\"ext\n(new)\"\n\(Self.ids[0]),12\n")
    #expect(input.column(.extensionNumber) == "ext\n(new)")
    #expect(try input.allRows().first?.position == Position(row: 2, line: 3, offset: 19))
  }

  // MARK: Refusals

  @Test(
    arguments: [
      ("usreId;ext\n1;2\n", "usreId"), ("user;ext\n1;2\n", nil),
      ("First Name,Last Name,Ext\nA,B,12\n", nil),
    ] as [(String, String?)]
  )
  func `a missing column is told for the likeliest delimiter`(
    _ text: String,
    _ suggestion: String?
  ) {
    let found = refusal { _ = try InputOpener.open(text: text) }
    #expect(found?.code == .columnMissing)
    #expect(found?.field == .userID)
    #expect(found?.suggestion == suggestion)
    #expect(found?.text?.contains(", ") == true)
  }

  @Test(
    arguments: [
      ("userId,ext,Extension\n1,2,3\n", .columnAmbiguous),
      ("userId,userId\n1,2\n", .columnDuplicate),
      ("\(ids[0]),12\n\(ids[1]),13\n", .headerMissing),
      ("userId,ext\n12,\(ids[0])\n13,\(ids[1])\n14,\(ids[2])\n", .columnsSwapped),
      ("userId,ext\n", .fileHeaderOnly), ("userId,ext", .fileHeaderOnly),
      ("userId,ext\n\n\n", .fileHeaderOnly), ("\u{FEFF}\n \n", .fileEmpty),
    ] as [(String, ReasonCode)]
  )
  func `an input that cannot be used is refused`(_ text: String, _ code: ReasonCode) {
    #expect(refusal { _ = try InputOpener.open(text: text) }?.code == code)
  }

  @Test(arguments: [5000, 200_000, 400_000])
  func `a header of too many columns is refused for that`(_ count: Int) throws {
    // Names of some length, so that the header is longer than rows may be.
    let names = String(repeating: ",column", count: count - 2)
    let text = "userId,ext\(names)\n\(Self.ids[0]),12\n"
    let wide = Finding(.tooManyColumns, .refusal, number: count, limit: 4096)
    for delimiter in [nil, UInt8(ascii: ",")] {
      var options = ReadingOptions()
      options.delimiter = delimiter
      #expect(refusal { _ = try InputOpener.open(text: text, options) } == wide)
      let file = try TemporaryFile(text)
      #expect(refusal { _ = try InputOpener.openRaw(path: file.path, options: options) } == wide)
    }
  }

  @Test func `rows of too many columns and no header are refused for that`() throws {
    var options = ReadingOptions()
    options.hasHeader = false
    options.map = [.userID: "1"]
    let row = "\(Self.ids[0])" + String(repeating: ",x", count: 5000) + "\n"
    let found = refusal { _ = try InputOpener.open(text: row + row + "1,2\n", options) }
    #expect(found == Finding(.tooManyColumns, .refusal, number: 5001, limit: 4096))
  }

  @Test(arguments: [5000, 100_000, 1_500_000], [false, true])
  func `a data row of very many fields costs that row`(_ count: Int, _ isPipe: Bool) throws {
    let wide = "\(Self.ids[0]),12" + String(repeating: ",x", count: count)
    // A pipe of the tests holds a mebibyte.
    guard !isPipe || wide.utf8.count < 1 << 19 else { return }
    for header in ["userId,ext\n", ""] {
      let text = "\(header)\(wide)\n\(Self.ids[1]),13\n\(Self.ids[2]),14\n"
      var options = ReadingOptions()
      options.hasHeader = !header.isEmpty
      if header.isEmpty { options.map = [.userID: "1", .extensionNumber: "2"] }
      let input =
        isPipe
        ? try InputOpener.open(try pipe(Array(text.utf8)), options: options)
        : try InputOpener.open(text: text, options)
      #expect(input.columns.count == 2)
      var batch = RowBatch()
      var damages: [ReasonCode?] = []
      while try input.reader.read(into: &batch) {
        for row in 0..<batch.count { damages.append(batch.rows[row].damage) }
      }
      #expect(damages == [wide.utf8.count > 1 << 20 ? .rowTooLong : .raggedRowLong, nil, nil])
    }
  }

  @Test func `an input without rows is taken when that is allowed`() throws {
    var options = ReadingOptions()
    options.allowsEmpty = true
    let input = try InputOpener.open(text: "userId;ext\n", options)
    #expect(try input.allRows().isEmpty)
    #expect(input.dialect?.delimiter == UInt8(ascii: ";"))
  }

  // MARK: Without a header

  @Test func `without a header the user says which column is which`() throws {
    var options = ReadingOptions()
    options.hasHeader = false
    options.map = [.userID: "2", .extensionNumber: "1"]
    let text = "12;\(Self.ids[0]);x\n13;\(Self.ids[1]);y,z\n"
    let input = try InputOpener.open(text: text, options)
    #expect(input.columns == ["1", "2", "3"])
    #expect(input.dialect?.delimiter == UInt8(ascii: ";"))
    #expect(!input.hasHeader)
    let rows = try input.allRows()
    #expect(rows.count == 2)
    #expect(rows.first?.position == Position(row: 1, line: 1, offset: 0))
  }

  @Test func `without a header a ragged row does not hide the delimiter`() throws {
    var options = ReadingOptions()
    options.hasHeader = false
    options.map = [.userID: "1"]
    let text = "\(Self.ids[0]);12,5\n\(Self.ids[1]);13,5\n\(Self.ids[2]);13;1;2\n"
    let input = try InputOpener.open(text: text, options)
    #expect(input.dialect?.delimiter == UInt8(ascii: ";"))
    #expect(input.columns == ["1", "2"])
  }

  @Test func `a header with spaces that is repeated is skipped`() throws {
    let input = try InputOpener.open(text: " userId , ext\n\(Self.ids[0]),12\n userId , ext\n")
    #expect(input.column(.extensionNumber) == " ext")
    #expect(try input.allRows().count == 1)
  }

  @Test func `without a header and a word from the user nothing is guessed`() {
    var options = ReadingOptions()
    options.hasHeader = false
    let found = refusal { _ = try InputOpener.open(text: "12,\(Self.ids[0])\n", options) }
    #expect(found?.code == .columnMissing)
    options.map = [.userID: "5"]
    let invalid = refusal { _ = try InputOpener.open(text: "12,\(Self.ids[0])\n", options) }
    #expect(invalid?.code == .mapInvalid)
  }

  // MARK: The rest

  @Test func `UTF-16 is read as UTF-8`() throws {
    let text = "userId;ext\n\(Self.ids[0]);12\n"
    let file = try TemporaryFile([0xFF, 0xFE] + text.utf8.flatMap { [$0, 0] })
    let input = try InputOpener.open(path: file.path, options: .init(), wantsDigest: true)
    #expect(input.encodingName == "UTF-16LE")
    #expect(input.remarks == [Finding(.encodingAssumed, .note, text: "UTF-16LE")])
    #expect(try input.allRows().map(\.fields) == [[Self.ids[0], "12"]])
    #expect(input.description.contains("CSV (semicolon, UTF-16LE), 2 columns"))
  }

  @Test func `a pipe is opened like a file`() throws {
    let source = try pipe(Array("Mailbox ID,Ext,Type\n7,12,User\n".utf8))
    let input = try InputOpener.open(source, options: ReadingOptions())
    #expect(input.kind == .extensions)
    #expect(input.name == "-")
    #expect(try input.allRows().map(\.fields) == [["7", "12", "User"]])
  }

  @Test func `a name that promises another format is remarked`() throws {
    let file = try TemporaryFile("userId,ext\n\(Self.ids[0]),12\n", named: "users.XML")
    let input = try InputOpener.open(path: file.path, options: .init(), wantsDigest: false)
    #expect(input.format == .csv)
    #expect(
      input.remarks == [Finding(.formatMismatch, .warning, text: "XML", suggestion: "CSV")]
    )
  }

  @Test func `rows can be looked at whatever the columns are`() throws {
    let file = try TemporaryFile("colour;size\nred;1,5\nblue;2,5\n")
    let input = try InputOpener.openRaw(path: file.path, options: ReadingOptions())
    #expect(input.columns == ["colour", "size"])
    #expect(try input.allRows().map(\.fields) == [["red", "1,5"], ["blue", "2,5"]])
    #expect(input.header == 0..<11)
    var options = ReadingOptions()
    options.hasHeader = false
    let all = try InputOpener.openRaw(path: file.path, options: options)
    #expect(all.columns == ["1", "2"])
    #expect(try all.allRows().count == 3)
  }
}
