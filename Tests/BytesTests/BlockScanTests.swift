import Bytes
import Testing

struct BlockScanTests {
  @Test func `vector and plain scanning agree on every byte and place`() {
    for byte in UInt8.min...UInt8.max {
      for place in [0, 1, 15, 16, 31, 32, 47, 48, 63] {
        var block = [UInt8](repeating: 0x61, count: 64)
        block[place] = byte
        let fast = BlockScan.masks(of: block.span, at: 0, delimiter: 0x2C, quote: 0x22)
        let plain = BlockScan.plainMasks(of: block.span, at: 0, delimiter: 0x2C, quote: 0x22)
        #expect(fast == plain)
      }
    }
  }

  @Test func `vector and plain scanning agree on mixed blocks`() {
    let alphabet: [UInt8] = [0x2C, 0x22, 0x0A, 0x0D, 0x00, 0x7F, 0x80, 0xFF, 0x61, 0x3B]
    var state: UInt64 = 7
    var bytes = [UInt8](repeating: 0, count: 4096)
    for index in bytes.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[index] = alphabet[Int(state >> 33) % alphabet.count]
    }
    for offset in 0...(bytes.count - BlockScan.blockSize) {
      let fast = BlockScan.masks(of: bytes.span, at: offset, delimiter: 0x3B, quote: 0x22)
      let plain = BlockScan.plainMasks(of: bytes.span, at: offset, delimiter: 0x3B, quote: 0x22)
      #expect(fast == plain)
    }
  }

  @Test func `text is scanned alike by vectors and by bytes`() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<64 {
        var text = [UInt8](repeating: 0x61, count: 200)
        text[64 + place] = byte
        text[127 - place] = 0x0A
        for offset in [0, 1, 63, 64, 199, 200] {
          let fast = BlockScan.textRun(of: text.span, from: offset)
          #expect(fast == BlockScan.plainTextRun(of: text.span, from: offset))
        }
      }
    }
  }

  @Test func `runs of text are alike by vectors and by bytes`() {
    let alphabet: [UInt8] = [0x0A, 0x0D, 0x09, 0x7F, 0x20, 0x3C]
    var state: UInt64 = 11
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<2000 {
      var text = (0..<random(700)).map { _ in
        random(9) == 0 ? alphabet[random(alphabet.count)] : 0x61
      }
      if !text.isEmpty && random(2) == 0 { text[random(text.count)] = UInt8(random(256)) }
      let offset = random(text.count + 1)
      let fast = BlockScan.textRun(of: text.span, from: offset)
      #expect(fast == BlockScan.plainTextRun(of: text.span, from: offset))
    }
  }

  @Test func `values in markup end alike by vectors and by bytes`() {
    for byte in UInt8.min...UInt8.max {
      for count in [0, 1, 15, 16, 17, 40] {
        for place in Set([0, count / 2, count - 1]) where count > 0 {
          var text = [UInt8](repeating: 0x61, count: count)
          text[place] = byte
          for (offset, closing) in [(0, UInt8(0x3C)), (place, 0x22), (count, 0x27)] {
            let fast = BlockScan.value(in: text.span, from: offset, closing: closing)
            let plain = BlockScan.plainValue(in: text.span, from: offset, closing: closing)
            #expect(fast == plain)
          }
        }
      }
    }
  }

  @Test func `what is beyond ASCII in a value is told alike by vectors and by bytes`() {
    for count in [1, 16, 17, 33, 48] {
      for end in 0..<count {
        for place in 0..<count {
          var text = [UInt8](repeating: 0x61, count: count)
          text[end] = 0x3C
          text[place] = 0xC3
          let fast = BlockScan.value(in: text.span, from: 0, closing: 0x3C)
          #expect(fast == BlockScan.plainValue(in: text.span, from: 0, closing: 0x3C))
        }
      }
    }
  }

  @Test func `plain text is told at any length`() {
    for count in 0..<40 {
      for byte in UInt8.min...UInt8.max {
        for place in Set([0, count / 2, count - 1]) where count > 0 {
          var text = [UInt8](repeating: 0x20, count: count)
          text[place] = byte
          let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x26
          let found = UTF8Text.isPlain(text.span)
          #expect(found == isPlain)
        }
      }
    }
  }

  @Test func `plain scanning stops at the end of the bytes`() {
    let masks = BlockScan.plainMasks(of: [0x2C, 0x61].span, at: 1, delimiter: 0x2C, quote: 0x22)
    #expect(masks.structure == 0 && masks.odd == 0)
  }
}
