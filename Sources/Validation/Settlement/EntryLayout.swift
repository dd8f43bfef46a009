import ImportModel

/// How a row of a plan and the hash of its key are put into one word.
///
///     63                                 rowBits                    0
///     [ first bits of the hash, at least 32 ][ row's index plus 1 ]
///
/// The low half is what a slot holds; the bits of the hash in it are the tag.
struct EntryLayout: BitwiseCopyable, Sendable {
  /// The bits that hold a row, of 32.
  let rowMask: UInt32
  private let seed = HashSeed.ofThisRun

  /// Makes the layout for a plan.
  init(of plan: borrowing Plan) {
    let rowBits = UInt32.bitWidth - UInt32(truncatingIfNeeded: plan.count).leadingZeroBitCount
    rowMask = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(rowBits)) - 1)
  }

  /// The hash of a key.
  @inline(__always)
  func hash<Key: RowKey>(_ key: Key) -> UInt64 { key.hash(seed) }

  /// The word for a row and its key.
  @inline(__always)
  func entry<Key: RowKey>(_ row: Int, _ key: Key) -> UInt64 {
    hash(key) & ~UInt64(rowMask) | UInt64(row + 1)
  }

  /// The row in a word's low half.
  @inline(__always)
  func row(of slot: UInt32) -> Int { Int(slot & rowMask) - 1 }
}
