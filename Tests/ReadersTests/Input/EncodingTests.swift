import Bytes
import ImportModel
import Readers
import Rows
import Testing

struct EncodingTests {
  static let text = "userId,name\n1,Zoë €\n"

  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var encoding: String
  }

  static let samples = [
    Sample(
      testDescription: "UTF-16LE, mark",
      bytes: [0xFF, 0xFE] + wide(text),
      encoding: "UTF-16LE"
    ),
    Sample(
      testDescription: "UTF-16BE, mark",
      bytes: [0xFE, 0xFF] + wide(text, isBig: true),
      encoding: "UTF-16BE"
    ),
    Sample(testDescription: "UTF-16LE, no mark", bytes: wide(text), encoding: "UTF-16LE"),
    Sample(
      testDescription: "UTF-16BE, no mark",
      bytes: wide(text, isBig: true),
      encoding: "UTF-16BE"
    ),
    Sample(
      testDescription: "UTF-32LE, mark",
      bytes: [0xFF, 0xFE, 0, 0] + text.unicodeScalars.flatMap { bytes($0.value) },
      encoding: "UTF-32LE"
    ),
    Sample(
      testDescription: "UTF-32BE, mark",
      bytes: [0, 0, 0xFE, 0xFF] + text.unicodeScalars.flatMap { bytes($0.value).reversed() },
      encoding: "UTF-32BE"
    ),
  ]

  @Test(arguments: samples)
  func `wide encodings are recognised`(_ sample: Sample) throws {
    let source = try open(sample.bytes)
    #expect(source.encoding.name == sample.encoding)
    #expect(try source.text() == Array(Self.text.utf8))
    #expect(source.textStart == 0)
    #expect(source.remarks == [Finding(.encodingAssumed, .note, text: sample.encoding)])
  }

  @Test(
    arguments: [
      ("Windows-1252", [0x5A, 0x6F, 0xEB, 0x20, 0x80], "Zoë €"), ("latin1", [0xEB, 0xA4], "ë¤"),
      ("ISO-8859-15", [0xA4], "€"), ("cp1251", [0xC6], "Ж"), ("shift_jis", [0x83, 0x41], "ア"),
    ] as [(String, [UInt8], String)]
  )
  func `a named encoding is decoded`(_ name: String, _ bytes: [UInt8], _ text: String) throws {
    #expect(try open(bytes, encoding: name).text() == Array(text.utf8))
  }

  @Test(arguments: ["utf-16", "UTF-16LE", "ucs-2", "utf16le"])
  func `a named wide encoding takes the mark along`(_ name: String) throws {
    let source = try open([0xFF, 0xFE] + Self.wide("ab"), encoding: name)
    #expect(try source.text() == Array("ab".utf8))
    #expect(try open(Self.wide("ab"), encoding: name).text() == Array("ab".utf8))
  }

  @Test func `the mark settles the byte order that the user left open`() throws {
    let source = try open([0xFE, 0xFF] + Self.wide("ab", isBig: true), encoding: "utf-16")
    #expect(try source.text() == Array("ab".utf8))
  }

  @Test(arguments: ["KLINGON-8", "", "UTF-16//IGNORE", "windows-1252//TRANSLIT", "a b"])
  func `unknown encodings are refused`(_ name: String) {
    let finding = refusal { _ = try open(Array("a".utf8), encoding: name) }
    #expect(finding?.code == .encodingUnknown)
    #expect(finding?.text == name)
  }

  @Test func `a byte that an encoding lacks becomes a replacement character`() throws {
    // 0x81 means nothing in Windows-1252.
    let source = try open([0x61, 0x81, 0xEB, 0x81], encoding: "windows-1252")
    #expect(try source.text() == Array("a\u{FFFD}ë\u{FFFD}".utf8))
  }

  @Test(
    arguments: [
      ("odd length", wide("userId") + [0x0A]),
      ("a high surrogate alone", wide("id") + [0, 0xD8, 0x61, 0]),
      ("a low surrogate alone", wide("id") + [0, 0xDC, 0x61, 0]),
      ("cut in a pair", wide("userId") + [0x34, 0xD8]),
    ] as [(String, [UInt8])]
  )
  func `broken UTF-16 is refused`(_ name: String, _ bytes: [UInt8]) {
    #expect(refusal { _ = try open([0xFF, 0xFE] + bytes).text() }?.code == .utf16Broken)
  }

  @Test func `characters that lie across reads are decoded`() throws {
    // An odd number of bytes before pairs of surrogates moves them across every border.
    let text = "a" + String(repeating: "𝄞ä", count: 60_000)
    #expect(try open([0xFF, 0xFE] + Self.wide(text)).text() == Array(text.utf8))
  }

  @Test func `a decoded pipe is read like a file`() throws {
    let text = String(repeating: "𝄞ä\n", count: 30_000)
    let source = try pipe([0xFF, 0xFE] + Self.wide(text))
    #expect(try source.text() == Array(text.utf8))
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE", "Windows-1252", "UTF-8"])
  func `text goes back into the encoding it came from`(_ name: String) throws {
    let encoder = TextEncoder(try open(Array("ab".utf8) + [0, 0], encoding: name).encoding)
    var encoded = ByteBuffer()
    encoder.append(Array("Zoë €\n".utf8).span, to: &encoded)
    let bytes = (0..<encoded.count).map { encoded[$0] }
    #expect(try open(bytes, encoding: name).text() == Array("Zoë €\n".utf8))
  }

  @Test func `characters that an encoding lacks become question marks`() throws {
    let encoder = TextEncoder(try open([0x61], encoding: "iso-8859-1").encoding)
    var encoded = ByteBuffer()
    encoder.append(Array("a€ë\u{FFFD}Жb".utf8).span, to: &encoded)
    #expect((0..<encoded.count).map { encoded[$0] } == [0x61, 0x3F, 0xEB, 0x3F, 0x3F, 0x62])
  }

  /// Found by the fuzzer: a row refused for what could not be read was accepted with a question mark.
  @Test(
    arguments: ["Windows-1252", "Windows-1257", "Shift_JIS", "Big5", "EUC-KR", "GBK", "ISO-8859-7"]
  )
  func `a character that was lost is lost again`(_ name: String) throws {
    let read = try open([0x61, 0xFF, 0x2C, 0x81, 0x0A, 0xD2, 0x0A, 0x62], encoding: name)
    let text = try read.text()
    let encoder = TextEncoder(read.encoding)
    var encoded = ByteBuffer()
    encoder.append(text.span, to: &encoded)
    encoder.append(Array("\u{FFFD},".utf8).span, to: &encoded)
    let bytes = (0..<encoded.count).map { encoded[$0] }
    #expect(try open(bytes, encoding: name).text() == text + Array("\u{FFFD},".utf8))
  }

  // MARK: XML declarations

  @Test(
    arguments: [
      ("<?xml version='1.0' encoding='ISO-8859-1'?>", "ISO-8859-1"),
      ("<?xml version=\"1.0\" encoding = \"windows-1252\" ?>", "WINDOWS-1252"),
      ("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "UTF-8"),
      ("<?xml version=\"1.0\"?>", "UTF-8"), ("<users note=\"encoding='latin1'\">", "UTF-8"),
    ]
  )
  func `XML says its encoding`(_ start: String, _ encoding: String) throws {
    #expect(try open(Array("\(start)<a/>".utf8)).encoding.name == encoding)
  }

  @Test func `declared bytes are decoded`() throws {
    let start = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>".utf8)
    #expect(try open(start + [0xEB]).text().suffix(2) == Array("ë".utf8)[...])
  }

  @Test func `a declaration that the content gives the lie is refused`() throws {
    let start = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"
    let narrow = refusal { _ = try open(Array(start.utf8)) }
    #expect(narrow == Finding(.xmlEncodingConflict, .refusal, text: "UTF-16", suggestion: "UTF-8"))
    let wide = start.replacing("UTF-16", with: "UTF-8")
    let finding = refusal { _ = try open([0xFF, 0xFE] + Self.wide(wide)) }
    #expect(finding?.code == .xmlEncodingConflict)
    #expect(finding?.suggestion == "UTF-16LE")
    #expect(try open([0xFF, 0xFE] + Self.wide(start)).encoding.name == "UTF-16LE")
  }

  /// Found by the fuzzer: text of one byte a character was read as UTF-16, without a word.
  @Test(arguments: ["UTF)16", "UCS-4BE", "unicodelittle", "csUCS4", "10646-1:1993", "WCHAR_T"])
  func `a wide encoding is known by any name`(_ name: String) throws {
    let start = Array("<?xml version='1.0' encoding='\(name)'?><a/>".utf8)
    let finding = Finding(
      .xmlEncodingConflict,
      .refusal,
      text: name.uppercased(),
      suggestion: "UTF-8"
    )
    #expect(refusal { _ = try open(start) } == finding)
    let wanted = try open(Array(repeating: 0, count: 8), encoding: name).encoding.name
    #expect(wanted.hasPrefix("UTF-16") || wanted.hasPrefix("UTF-32"))
  }

  @Test func `UTF-8 is known by any name`() throws {
    let start = Array("<?xml version='1.0' encoding='ISO-IR-193'?><a>ë".utf8)
    let source = try open(start)
    #expect(source.encoding.isUTF8)
    #expect(try source.text() == start)
  }

  @Test func `the user's word wins over the declaration`() throws {
    let start = Array("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>".utf8)
    #expect(try open(start + [0xEB], encoding: "latin1").encoding.name == "ISO-8859-1")
  }

  @Test func `an unknown declared encoding is refused`() {
    let start = Array("<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>".utf8)
    #expect(refusal { _ = try open(start) }?.code == .encodingUnknown)
  }

  private func open(_ bytes: [UInt8], encoding: String? = nil) throws -> InputSource {
    var options = ReadingOptions()
    options.encoding = encoding
    let file = try TemporaryFile(bytes)
    return try InputSource(path: file.path, options: options, wantsDigest: false)
  }

  private static func wide(_ text: String, isBig: Bool = false) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      return isBig ? bytes.reversed() : bytes
    }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }
}
