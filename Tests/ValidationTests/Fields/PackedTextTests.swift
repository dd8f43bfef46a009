import ImportModel
import Support
import Testing

struct PackedTextTests {
  private static let pieces = [
    "ext", "x", "X", "no", "nr", "dw", "tel", "jan", "Sept", "and", "to", "et", "or", "am", "pm",
    "e",
    "E", "null", "n/a", "true", "#REF!", "&amp;", "%20", "0x", "ObjectId(\"", "\")", "{\"$oid\":\"",
    "\"}", "...", "=\"", "O", "o", "l", "I", "S", "B", "g", "*", "?", "#", "$", "@", "-", "+", ".",
    ",",
    ";", ":", "/", "(", ")", "'", "\"", " ", "_", "|", "a.b@c.de", "64b7f1a2e4b0a5d3f9c12345", "00",
    "550-0100", "1.50", "12:30", "\u{A0}", "\u{200B}", "\u{FF11}", "\u{2014}", "\t",
  ]

  /// Texts of a few pieces and digits.
  private static func text(_ generator: inout SplitGenerator) -> String {
    var text = ""
    for _ in 0...Int(generator.next() % 4) {
      if generator.next() % 2 == 0 {
        text += pieces[Int(generator.next() % UInt64(pieces.count))]
      } else {
        text += "\(generator.next() % 100_000)"
      }
    }
    return text
  }

  @Test(arguments: [Rules.Fix.none, .safe])
  func `packed or not, a text is told the same`(fix: Rules.Fix) {
    var rules = Rules()
    rules.fix = fix
    var generator = SplitGenerator(state: 7)
    for _ in 0..<20_000 {
      let (id, number) = (Self.text(&generator), Self.text(&generator))
      let values: [Field: [UInt8]] = [
        .userID: Array(id.utf8), .extensionNumber: Array(number.utf8),
      ]
      let packed = CheckedCells(values, rules: rules)
      let plain = CheckedCells(values, rules: rules, packing: false)
      let isSame = packed.findings == plain.findings && packed.id == plain.id
      #expect(isSame && packed.number == plain.number, "\(id) \(number)")
    }
  }

  @Test(arguments: 1...66)
  func `packed or not, hexadecimal digits of any number are told the same`(count: Int) {
    var generator = SplitGenerator(state: UInt64(count))
    for digits in ["0123456789", "0123456789abcdef", "ABCDEF", "0", "08aF", "0123456789abcdeg"] {
      let digits = Array(digits.utf8)
      let id = (0..<count).map { _ in digits[Int(generator.next() % UInt64(digits.count))] }
      for id in [id, Array("0x".utf8) + id, id + Array(" ".utf8)] {
        let values: [Field: [UInt8]] = [.userID: id, .extensionNumber: Array("1234".utf8)]
        let isSame =
          CheckedCells(values).findings == CheckedCells(values, packing: false).findings
        #expect(isSame, "\(String(decoding: id, as: UTF8.self))")
      }
    }
  }

  @Test func `packed or not, a broken id is told the same`() {
    var generator = SplitGenerator(state: 11)
    let strange = Array("0OoIl|xXgG-_ .{}@\u{41E}".unicodeScalars)
    for _ in 0..<20_000 {
      var text = Array("64b7f1a2e4b0a5d3f9c12345".unicodeScalars)
      for _ in 0...Int(generator.next() % 3) {
        let place = Int(generator.next() % UInt64(text.count))
        switch generator.next() % 3 {
        case 0: text.remove(at: place)
        case 1: text[place] = strange[Int(generator.next() % UInt64(strange.count))]
        default: text.insert(strange[Int(generator.next() % UInt64(strange.count))], at: place)
        }
      }
      var id = String.UnicodeScalarView()
      id.append(contentsOf: text)
      let values: [Field: [UInt8]] = [
        .userID: Array(String(id).utf8), .extensionNumber: Array("1234".utf8),
      ]
      let isSame =
        CheckedCells(values).findings == CheckedCells(values, packing: false).findings
      #expect(isSame, "\(String(id))")
    }
  }
}

/// Random numbers that are the same in every run (Steele, Lea, Flood: SplitMix).
private struct SplitGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
