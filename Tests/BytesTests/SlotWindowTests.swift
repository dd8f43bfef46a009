import Bytes
import Testing

struct SlotWindowTests {
  @Test func `eight slots are looked at like one by one`() {
    var state: UInt64 = 3
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for mask: UInt32 in [0, 0xFF00_0000, 0x8000_0000, 0xFFFF_FFFF] {
      var slots = PackedArray<UInt32>()
      for _ in 0..<300 {
        slots.append(random(3) == 0 ? 0 : UInt32(random(4)) << 24 | UInt32(random(3)))
      }
      slots.append(.max, repetitions: 9)
      for start in 0...slots.count - SlotWindow.size {
        let tag = [slots[start], .max, 0, UInt32(random(4)) << 24][random(4)] & mask
        var (empty, equal): (UInt32, UInt32) = (0, 0)
        for place in 0..<SlotWindow.size {
          if slots[start + place] == 0 { empty |= 1 << UInt32(place) }
          if slots[start + place] & mask == tag { equal |= 1 << UInt32(place) }
        }
        let window = SlotWindow(slots, from: start, tag: tag, mask: mask)
        #expect(window.empty == empty && window.equal == equal)
      }
    }
  }
}
