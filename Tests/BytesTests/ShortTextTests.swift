import Bytes
import Testing

struct ShortTextTests {
  private static let sample = Array(
    "64b7F1 a2@e4-B0/a5`d3{f9[c1~2G3zZ!45 64b7f1a2e4b0a5d3 .:,_ 012+".utf8
  )

  @Test func `fast and plain loading agree on every byte at every place`() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<24 {
        var bytes = Array(Self.sample.prefix(24))
        bytes[place] = byte
        expectSame(bytes)
      }
    }
  }

  @Test func `fast and plain loading agree at every length`() {
    for count in 0...Self.sample.count { expectSame(Array(Self.sample.prefix(count))) }
    for count in 0...70 { expectSame([UInt8](repeating: 0x20, count: count)) }
  }

  @Test func `a text that is loaded over another leaves nothing of it`() {
    var text = ShortText()
    let isFirstHeld = text.load(Array(Self.sample.prefix(40)).span)
    let isSecondHeld = text.load(Array("a9".utf8).span)
    #expect(isFirstHeld && isSecondHeld)
    let isSecond = text.count == 2 && text.letters == 1 && text.digits == 2 && text.spaces == 0
    #expect(isSecond)
    let (places, word) = (text.places(of: 0x39), text.loweredWord(at: 0))
    #expect(places == 2 && word == 0x3961)
  }

  private func expectSame(_ bytes: [UInt8]) {
    var fast = ShortText()
    var plain = ShortText()
    let (isHeld, isHeldPlainly) = (fast.load(bytes.span), plain.plainLoad(bytes.span))
    #expect(isHeld == isHeldPlainly, "\(bytes)")
    guard isHeld else { return }
    let masks = [fast.digits, fast.letters, fast.hexLetters, fast.spaces]
    let plainMasks = [plain.digits, plain.letters, plain.hexLetters, plain.spaces]
    #expect(masks == plainMasks, "\(bytes)")
    for (place, byte) in bytes.enumerated() {
      let isThere = fast.places(of: byte) & 1 << UInt64(place) != 0
      let lowered = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      let isLowered = UInt8(truncatingIfNeeded: fast.loweredWord(at: place)) == lowered
      let isSame = fast[place] == byte && isThere && isLowered
      #expect(isSame, "\(bytes) at \(place)")
    }
    let count = bytes.count { $0 == 0x61 }
    let placeCount = fast.places(of: 0x61).nonzeroBitCount
    #expect(placeCount == count)
    let eitherCount = bytes.count { $0 == 0x61 || $0 == 0x41 }
    let eitherPlaceCount = fast.places(ofLetter: 0x61).nonzeroBitCount
    #expect(eitherPlaceCount == eitherCount)
  }
}
