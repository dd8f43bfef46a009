import Bytes
package import ImportModel

/// Finds the plan's row that has a key, without keeping the key: an open-addressing table of rows.
///
///     slot = home(key) ... first slot that is empty or whose row has the key
///
///     31         rowBits                    0
///     [ tag of the key ][ row's index plus 1 ]
///
/// The key is read from the plan, which lies elsewhere in memory; the bits that row numbers leave
/// free hold part of the key's hash, so that the row of another key is hardly ever looked at. The
/// table is made for a known number of rows and stays at most three quarters full, so that a search
/// looks at few slots; it looks at eight together, so that how many they are decides few jumps. Hashes
/// differ from run to run: nobody can make up keys that all belong to one slot.
package struct RowIndex: ~Copyable {
  private var slots: PackedArray<UInt32>
  private let layout: EntryLayout
  /// Slots at which a search may begin; behind the last of them is a window's room.
  private let homeCount: Int

  /// Makes an empty index of a plan with room for `rowCount` keys.
  package init(rowCount: Int, of plan: borrowing Plan) {
    homeCount = rowCount + rowCount / 3 + 16
    slots = PackedArray(zeroCount: homeCount + SlotWindow.size)
    layout = EntryLayout(of: plan)
  }

  /// Asks for the memory in which a search for a key will begin.
  @inline(__always)
  package func prefetch<Key: RowKey>(_ key: Key) {
    let home = home(layout.hash(key))
    slots.prefetch(home)
    slots.prefetch(home + SlotWindow.size - 1)
  }

  /// Enters a row under its key unless a row with the key is there already.
  ///
  /// - Returns: the row that was there before, or `nil` when the row was entered.
  @inline(__always)
  package mutating func enter<Key: RowKey>(_ row: Int, key: Key, in plan: borrowing Plan) -> Int? {
    let found = search(key, in: plan)
    if let row = found.row { return row }
    slots[found.slot] = UInt32(truncatingIfNeeded: layout.entry(row, key))
    return nil
  }

  /// The row that was entered under a key, or `nil`.
  package func row<Key: RowKey>(for key: Key, in plan: borrowing Plan) -> Int? {
    search(key, in: plan).row
  }

  /// The key's row, or the empty slot where it belongs.
  @inline(__always)
  private func search<Key: RowKey>(
    _ key: Key,
    in plan: borrowing Plan
  ) -> (row: Int?, slot: Int) {
    let hash = layout.hash(key)
    let tag = UInt32(truncatingIfNeeded: hash) & ~layout.rowMask
    var slot = home(hash)
    while true {
      let window = SlotWindow(slots, from: slot, tag: tag, mask: ~layout.rowMask)
      // Those before the first that is empty, or all.
      var candidates = window.equal & (window.empty & (0 &- window.empty) &- 1)
      while candidates != 0 {
        let row = layout.row(of: slots[slot + candidates.trailingZeroBitCount])
        if key.matches(plan[row]) { return (row, slot) }
        candidates &= candidates - 1
      }
      if window.empty != 0 { return (nil, slot + window.empty.trailingZeroBitCount) }
      slot += SlotWindow.size
      if slot > homeCount { slot = 0 }
    }
  }

  /// The high half of a hash, scaled to the number of slots.
  private func home(_ hash: UInt64) -> Int {
    Int(((hash >> 32) * UInt64(homeCount)) >> 32)
  }
}

/// Something that a plan's row can be found by.
package protocol RowKey: SendableMetatype {
  /// Well mixed in its high half, and in the upper bits of its low half.
  func hash(_ seed: HashSeed) -> UInt64
  /// Whether a row has the key.
  func matches(_ row: PlanRow) -> Bool
}

/// A user's id.
package struct UserKey: RowKey {
  let id: ObjectID

  /// Makes the key of a user.
  package init(id: ObjectID) { self.id = id }

  package func hash(_ seed: HashSeed) -> UInt64 {
    // Exported ids share their first bytes; multiplication spreads the rest over the high bits.
    (id.high ^ UInt64(id.low) &* seed.first) &* seed.second
  }

  package func matches(_ row: PlanRow) -> Bool { row.high == id.high && row.low == id.low }
}

/// An extension; those that differ only by leading zeros have the same hash.
struct NumberKey: RowKey {
  let number: ExtensionNumber

  func hash(_ seed: HashSeed) -> UInt64 { number.value &* seed.first }

  func matches(_ row: PlanRow) -> Bool { row.extensionNumber == number }
}

/// RingCentral's id of an extension.
struct RingCentralKey: RowKey {
  let id: UInt64

  func hash(_ seed: HashSeed) -> UInt64 { id &* seed.first }

  func matches(_ row: PlanRow) -> Bool { row.high == id }
}
