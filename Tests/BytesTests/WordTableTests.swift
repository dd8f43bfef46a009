import Bytes
import Testing

struct WordTableTests {
  /// Words with a shared beginning, in which the bits that are compared are few, many or nearly all.
  @Test(
    arguments: [
      (0, 0x0000_00FF, 0xFFFF_FF00), (3, 0x0000_3FFF, 0xF000_0000), (12, 0xFFFF_FFFF, 0),
    ] as [(Int, UInt32, UInt32)]
  )
  func `words are found by their bits`(shift: Int, rowMask: UInt32, mask: UInt32) {
    var state: UInt64 = 11
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
    var table = WordTable()
    for size in [0, 1, 9, 500, 100] {
      var words = PackedArray<UInt64>()
      for place in 0..<size {
        // Many heads are the same, and many homes.
        let random32 = [random() % 5, random(), .max][Int(random() % 3)]
        let head = random32 & (0xFFFF_FFFF >> UInt64(shift))
        let tag = UInt64(mask) & (random() % 3 == 0 ? random() : 0)
        words.append(head << 32 | tag | UInt64(rowMask) & UInt64(place + 1))
      }
      table.begin(count: size)
      var known: [UInt64: [UInt32]] = [:]
      var (next, passed) = (0, 0)
      while next < size {
        let entered = table.enter(
          words.span.extracting(next...),
          passing: passed,
          mask: mask,
          shift: shift
        )
        for place in next..<next + entered.count {
          let word = words[place]
          let key = word & ~UInt64(rowMask)
          #expect(known[key, default: []].count == (place == next ? passed : 0))
          known[key, default: []].append(UInt32(truncatingIfNeeded: word))
        }
        if entered.count > 0 { passed = 0 }
        next += entered.count
        guard let seeming = entered.seeming else { break }
        let key = words[next] & ~UInt64(rowMask)
        #expect(known[key]?[passed] == seeming)
        // Half of them are taken for another word all the same.
        if next % 2 == 0 {
          passed += 1
        } else {
          next += 1
          passed = 0
        }
      }
      #expect(next == size)
    }
  }
}
