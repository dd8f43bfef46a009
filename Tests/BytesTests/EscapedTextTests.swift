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
}
