import CScan

/// A table of words that are looked for by their bits: small, and used again and again.
///
/// A word's high half says where its search begins; its low half and its high half are kept apart, so
/// that a search looks at the last bits of eight words together and at the first bits of hardly any.
package struct WordTable: ~Copyable {
  private var slots = PackedArray<UInt32>()
  private var heads = PackedArray<UInt32>()
  private var homeCount = 0
  /// Words for which there is room.
  private var room = 0

  /// Makes a table without room.
  package init() {}

  /// Removes everything and makes room for words: it stays at most three quarters full.
  package mutating func begin(count: Int) {
    room = count
    homeCount = count + count / 3 + 16
    slots.removeAll()
    slots.append(0, repetitions: homeCount + SlotWindow.size)
    if heads.count < slots.count { heads.append(0, repetitions: slots.count - heads.count) }
  }

  /// Enters words, for which there is room, until one seems to be there already.
  ///
  /// - Parameters:
  ///   - words: the words; their low halves are not 0.
  ///   - passed: words that are there and seem to be the first of these, but are not.
  ///   - mask: the bits of a low half that are compared.
  ///   - shift: first bits that are the same for all words that are in the table.
  /// - Returns: how many words were entered, and what the next one agrees with in its high half and
  ///   under the mask: the low half of a word that is there.
  package mutating func enter(
    _ words: Span<UInt64>,
    passing passed: Int,
    mask: UInt32,
    shift: Int
  ) -> (count: Int, seeming: UInt32?) {
    precondition(shift >= 0 && shift < UInt32.bitWidth && passed >= 0, "a shift beyond a half")
    precondition(words.count <= room, "more words than there is room for")
    let homeCount = homeCount
    var found: UInt64 = 0
    let count = slots.withMutableElements { slots in
      heads.withMutableElements { heads in
        let table = scan_table(
          slots: slots,
          heads: heads,
          home_count: UInt64(homeCount),
          mask: mask,
          shift: UInt32(shift)
        )
        return words.withUnsafeBufferPointer { words in
          guard let base = words.baseAddress else { return 0 }
          return Int(scan_enter(table, base, UInt64(words.count), UInt64(passed), &found))
        }
      }
    }
    room -= count
    return (count, count < words.count ? slots[Int(found)] : nil)
  }
}
