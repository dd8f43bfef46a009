import Bytes
import Testing

struct EscapedTextTests {
  @Test func `text is escaped alike, wherever in a word a byte stands`() {
    for byte in UInt8.min..<0x80 {
      for place in 0..<17 {
        var text = [UInt8](repeating: 0x61, count: 17)
        text[place] = byte
        // One byte at a time nothing can be passed over.
        var plain = ByteBuffer()
        plain.append("\"")
        for byte in text {
          var one = ByteBuffer()
          one.append(json: [byte].span)
          plain.append(1..<one.count - 1, of: one)
        }
        plain.append("\"")
        var whole = ByteBuffer()
        whole.append(json: text.span)
        #expect(String(utf8: whole.span) == String(utf8: plain.span))
      }
    }
  }

  @Test func `hidden characters are escaped behind any number of bytes`() {
    for count in 0..<20 {
      let before = String(repeating: "~", count: count)
      #expect(ByteBuffer.shown(before + "\u{200F}\u{85}\u{7F}") == before + "\\u200f\\u0085\\u007f")
      #expect(ByteBuffer.shown(before + "é") == before + "é")
    }
  }

  @Test func `what needs a closer look is found wherever it stands`() {
    for length in [0, 1, 7, 8, 9, 16, 19] {
      for byte in UInt8.min...UInt8.max {
        for place in 0..<max(length, 1) {
          var text = [UInt8](repeating: 0x61, count: length)
          if place < length { text[place] = byte }
          // A byte of each kind behind it must not be found first.
          if place + 2 < length { text[place + 2] = 0xFF }
          for start in [0, min(3, length)] {
            let bytes = text.span
            let rest = start..<length
            let special = rest.first { isSpecial(text[$0]) } ?? length
            let odd =
              rest.first { text[$0] < 0x20 || text[$0] > 0x7E || text[$0] == 0x26 } ?? length
            #expect(bytes.firstSpecial(from: start) == special)
            #expect(bytes.firstOdd(from: start) == odd)
          }
        }
      }
    }
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte > 0x7E || byte == 0x22 || byte == 0x5C
  }
}
