import Bytes
import Testing

struct HexDigitsTests {
  @Test func `fast and plain reading agree on every byte at every place`() {
    for digits in ["64b7F1a2e4B0a5d3f9C12345", "64b7f1a2e4b0a5d3f9c12345"] {
      for byte in UInt8.min...UInt8.max {
        for place in 0..<24 {
          var text = Array(digits.utf8)
          text[place] = byte
          let fast = HexDigits.decode24(text.span)
          let plain = HexDigits.plainDecode24(text.span)
          #expect(fast?.high == plain?.high && fast?.low == plain?.low, "\(text)")
          #expect(fast?.hasUpperCase == plain?.hasUpperCase, "\(text)")
        }
      }
    }
  }

  @Test(arguments: [0, 1, 23, 25, 48])
  func `only 24 digits are read`(count: Int) {
    #expect(HexDigits.decode24([UInt8](repeating: 0x61, count: count).span) == nil)
  }

  @Test func `12 bytes are written as they are read, digit by digit the same`() {
    var state: UInt64 = 3
    for _ in 0..<1000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let (high, low) = (state ^ state << 29, UInt32(truncatingIfNeeded: state >> 17))
      var fast = ByteBuffer()
      fast.append("before")
      fast.append(hex: high, low)
      fast.append("after")
      var plain = ByteBuffer()
      plain.append("before")
      plain.append(hex: high, digitCount: 16)
      plain.append(hex: UInt64(low), digitCount: 8)
      plain.append("after")
      #expect(String(utf8: fast.span) == String(utf8: plain.span))
      let value = HexDigits.decode24(fast.span(6..<30))
      #expect(value?.high == high && value?.low == low)
    }
  }
}
