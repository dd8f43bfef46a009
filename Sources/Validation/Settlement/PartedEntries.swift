import Bytes

/// Rows and their keys' hashes (`EntryLayout`), parted by the first bits of the hashes; in each part
/// they keep their order.
///
/// To look for equal keys part by part takes a table that a processor's cache can hold, where a table
/// for all of them would ask distant memory for each. A part is a chain of blocks, which
/// lie where the last ones of all parts do: few pages are written at a time, and nobody needs to know
/// beforehand how many belong to which part.
struct PartedEntries: ~Copyable {
  private var entries = PackedArray<UInt64>()
  /// The block behind each block in its part.
  private var nextBlocks = PackedArray<UInt32>()
  /// The first block of each part.
  private var firstBlocks = PackedArray<UInt32>()
  /// Where each part goes on; at the beginning of a block when its last one is full, or it has none.
  private var ends = PackedArray<Int>()
  private var bitCount = 0

  /// Entries in a block: a page of 4 KiB.
  private static let blockSize = 1 << 9
  private static let noBlock = UInt32.max

  /// Removes everything and keeps the memory.
  ///
  /// - Parameters:
  ///   - bitCount: bits of a hash that choose its part, so that there are 2 to that power.
  ///   - entryCount: how many entries will be added at most.
  mutating func begin(bitCount: Int, entryCount: Int) {
    self.bitCount = bitCount
    let partCount = 1 << bitCount
    entries.removeAll()
    entries.reserveCapacity(entryCount + partCount * Self.blockSize)
    nextBlocks.removeAll()
    firstBlocks.removeAll()
    firstBlocks.append(Self.noBlock, repetitions: partCount)
    ends.removeAll()
    ends.append(0, repetitions: partCount)
  }

  /// Adds an entry to the part that its first bits name.
  @inline(__always)
  mutating func append(_ entry: UInt64) {
    let part = entry.part(bitCount)
    var end = ends[part]
    if end % Self.blockSize == 0 { end = beginBlock(of: part) }
    entries[end] = entry
    ends[part] = end + 1
  }

  private mutating func beginBlock(of part: Int) -> Int {
    let block = UInt32(nextBlocks.count)
    if firstBlocks[part] == Self.noBlock {
      firstBlocks[part] = block
    } else {
      // The part's last block is full, and `ends` is where it ends.
      nextBlocks[ends[part] / Self.blockSize - 1] = block
    }
    nextBlocks.append(Self.noBlock)
    entries.append(0, repetitions: Self.blockSize)
    return Int(block) * Self.blockSize
  }

  /// Number of entries in a part.
  func count(ofPart part: Int) -> Int {
    var count = 0
    forEachBlock(ofPart: part) { count += $0.count }
    return count
  }

  /// Gives a part's entries, block by block.
  @inline(__always)
  func forEachBlock(ofPart part: Int, _ body: (Span<UInt64>) -> Void) {
    var block = firstBlocks[part]
    while block != Self.noBlock {
      let start = Int(block) * Self.blockSize
      block = nextBlocks[Int(block)]
      let end = block == Self.noBlock ? ends[part] : start + Self.blockSize
      body(entries.span.extracting(start..<end))
    }
  }
}

extension UInt64 {
  /// The number that the first bits make, which may be none.
  @inline(__always)
  func part(_ bitCount: Int) -> Int {
    Int(truncatingIfNeeded: (self >> 1) &>> UInt64(63 - bitCount))
  }
}
