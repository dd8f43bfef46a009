import Bytes
import ImportModel
import Readers
import Testing

struct XMLCharacterCheckTests {
  /// What a check came to.
  private struct Outcome: Equatable {
    var validByteCount = 0
    var code: ReasonCode?
    var number = 0
    var line: UInt32 = 1
    var column = 1
  }

  /// Checks a text in pieces; pieces below 64 bytes are looked at byte by byte.
  private func check(_ text: [UInt8], inPiecesOf size: Int) -> Outcome {
    var check = XMLCharacterCheck()
    var outcome = Outcome()
    while outcome.validByteCount < text.count {
      let start = outcome.validByteCount
      // A piece that ends inside a character is looked at again with the next bytes.
      let end = min(text.count, start + size)
      let result = check.check(text.span.extracting(start..<end))
      outcome.validByteCount += result.validByteCount
      (outcome.line, outcome.column) = (check.line, check.column)
      outcome.code = result.finding?.code
      outcome.number = result.finding?.number ?? 0
      if result.finding != nil || result.validByteCount == 0 { break }
    }
    return outcome
  }

  @Test(arguments: 0..<40)
  func `blocks and single bytes are checked alike`(seed: Int) {
    let alphabet: [[UInt8]] = [
      [0x61], [0x0A], [0x0D, 0x0A], [0x09], [0x26], [0x7F], [0xC3, 0xA9], [0xE2, 0x82, 0xAC],
    ]
    let endings: [[UInt8]] = [[], [0x00], [0x1F], [0xFF], [0xEF, 0xBF, 0xBE], [0xC3]]
    var state = UInt64(seed)
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var text: [UInt8] = []
    // Mostly letters, so that whole blocks are without a byte worth a look.
    for _ in 0..<random(700) { text += random(60) == 0 ? alphabet[random(8)] : [0x61] }
    text += endings[seed % endings.count]
    for _ in 0..<random(200) { text.append(0x62) }
    let plain = check(text, inPiecesOf: 63)
    for size in [64, 65, 127, 128, 200, 1 << 16] {
      #expect(check(text, inPiecesOf: size) == plain, "pieces of \(size)")
    }
  }
}
