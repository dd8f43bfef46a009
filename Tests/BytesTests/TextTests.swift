import Bytes
import Testing

struct TextTests {
  @Test(arguments: [
    ([UInt8](), nil), (Array("häß€😀".utf8), nil), ([0x61, 0x80], 1), ([0xC0, 0xAF], 0),
    ([0xE0, 0x80, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
    ([0xF5, 0x80, 0x80, 0x80], 0), ([0x61, 0xE2, 0x82], 1), ([0xFF], 0),
  ])
  func `the first byte that is not UTF-8 is found`(bytes: [UInt8], expected: Int?) {
    #expect(UTF8Text.firstInvalid(in: bytes.span) == expected)
  }

  @Test func `UTF-8 is judged as the standard library judges it`() {
    let alphabet: [UInt8] = [
      0x61, 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F,
    ]
    for a in alphabet {
      for b in alphabet {
        for c in alphabet {
          for d in alphabet {
            let bytes = [a, b, c, d]
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((UTF8Text.firstInvalid(in: bytes.span) == nil) == isValid)
          }
        }
      }
    }
  }

  @Test(arguments: [
    "a\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{FFFF}\u{10000}\u{10FFFF}", "häß€😀",
  ])
  func `characters are read one after the other`(text: String) {
    let bytes = Array(text.utf8)
    var scalars: [Unicode.Scalar] = []
    var index = 0
    while index < bytes.count {
      let character = UTF8Text.character(in: bytes.span, at: index)
      scalars.append(character.scalar)
      index += character.byteCount
    }
    #expect(scalars == Array(text.unicodeScalars))
  }

  @Test func `a byte that is not UTF-8 is a replacement character`() {
    let character = UTF8Text.character(in: ([0x61, 0xE2, 0x82] as [UInt8]).span, at: 1)
    #expect(character.scalar == "\u{FFFD}" && character.byteCount == 1)
  }

  @Test func `24 hexadecimal digits of either case are read`() {
    let value = HexDigits.decode24(Array("64B7f1a2e4b0a5d3f9c12345".utf8).span)
    #expect(value?.high == 0x64B7_F1A2_E4B0_A5D3 && value?.low == 0xF9C1_2345)
  }

  @Test(arguments: [
    "", "64b7f1a2e4b0a5d3f9c1234", "64b7f1a2e4b0a5d3f9c123456", "64b7f1a2e4b0a5d3f9c1234g",
    "/4b7f1a2e4b0a5d3f9c12345", ":4b7f1a2e4b0a5d3f9c12345", "64b7f1a2e4b0@5d3f9c12345",
  ])
  func `anything else is no id`(text: String) {
    #expect(HexDigits.decode24(Array(text.utf8).span) == nil)
  }

  @Test func `a digest tells where one value ends and the next begins`() {
    func digest(_ values: [String]) -> UInt64 {
      var hash = StableHash()
      for value in values { hash.combine(Array(value.utf8).span) }
      return hash.value
    }
    let digests = [
      ["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], [], [""], ["12345678"],
      ["1234567", "8"], ["123456789"],
    ].map(digest)
    #expect(Set(digests).count == digests.count)
  }

  @Test func `a digest is the same in every process`() {
    var hash = StableHash()
    hash.combine(Array("anna@example.com".utf8).span)
    #expect(hash.value == 14_083_545_086_136_260_471)
  }
}
