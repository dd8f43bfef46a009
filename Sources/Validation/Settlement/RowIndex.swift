import Bytes
import ImportModel

/// Finds the plan's row that has a key, without keeping the key: an open-addressing table of rows.
///
///     slot = home(key) ... first slot that is empty or whose row has the key
///
/// A slot is a row's index plus one in 4 bytes; the key is read from the plan. The table is made for
/// a known number of rows and stays at most two thirds full, so that a search looks at few slots.
struct RowIndex: ~Copyable {
  private var slots: PackedArray<UInt32>
  private let mask: UInt64

  /// Makes an empty index with room for `rowCount` keys.
  init(rowCount: Int) {
    var size = 16
    while size * 2 < rowCount * 3 { size *= 2 }
    slots = PackedArray(minimumCapacity: size)
    slots.append(0, repetitions: size)
    mask = UInt64(size - 1)
  }

  /// Enters a row under its key unless a row with the key is there already.
  ///
  /// - Returns: the row that was there before, or `nil` when the row was entered.
  mutating func enter<Key: RowKey>(_ row: Int, key: Key, in plan: borrowing Plan) -> Int? {
    var slot = key.hash & mask
    while true {
      let content = slots[Int(slot)]
      if content == 0 {
        slots[Int(slot)] = UInt32(row + 1)
        return nil
      }
      if key.matches(plan[Int(content) - 1]) { return Int(content) - 1 }
      slot = (slot + 1) & mask
    }
  }

  /// The row that was entered under a key, or `nil`.
  func row<Key: RowKey>(for key: Key, in plan: borrowing Plan) -> Int? {
    var slot = key.hash & mask
    while true {
      let content = slots[Int(slot)]
      if content == 0 { return nil }
      if key.matches(plan[Int(content) - 1]) { return Int(content) - 1 }
      slot = (slot + 1) & mask
    }
  }
}

/// Something that a plan's row can be found by.
protocol RowKey {
  /// Well mixed in its low bits.
  var hash: UInt64 { get }
  /// Whether a row has the key.
  func matches(_ row: PlanRow) -> Bool
}

/// A user's id.
struct UserKey: RowKey {
  let id: ObjectID

  var hash: UInt64 {
    // Exported ids share their first bytes; multiplication spreads the rest over the low bits.
    let mixed = (id.high ^ UInt64(id.low) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ mixed >> 32
  }

  func matches(_ row: PlanRow) -> Bool { row.high == id.high && row.low == id.low }
}

/// An extension.
struct NumberKey: RowKey {
  let number: ExtensionNumber

  var hash: UInt64 {
    let mixed = number.place &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 32
  }

  func matches(_ row: PlanRow) -> Bool { row.extensionNumber == number }
}

/// RingCentral's id of an extension.
struct RingCentralKey: RowKey {
  let id: UInt64

  var hash: UInt64 {
    let mixed = id &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 32
  }

  func matches(_ row: PlanRow) -> Bool { row.high == id }
}
