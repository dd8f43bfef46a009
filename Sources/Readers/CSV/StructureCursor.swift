import Bytes

/// Walks over the delimiters, quotes, line feeds and carriage returns of a run of bytes.
///
/// Bytes are looked at 64 at a time; in between, only set bits are visited. On the way it notes
/// whether a record holds odd bytes (`BlockMasks.odd`).
struct StructureCursor {
  private let delimiter: UInt8
  private let quote: UInt8
  private let usesVectors: Bool
  private var blockStart = 0
  /// Structural bytes of the block that were not given yet.
  private var pending: UInt64 = 0
  /// Odd bytes of the block that belong to no record yet.
  private var odd: UInt64 = 0
  /// Whether the record had such bytes in blocks before this one.
  private var sawOdd = false

  /// Makes a cursor that must be set on a place first.
  init(dialect: CSVDialect, usesVectors: Bool) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    self.usesVectors = usesVectors
  }

  /// Sets the cursor on a record's first byte.
  mutating func seek(to index: Int, in bytes: Span<UInt8>) {
    blockStart = index
    sawOdd = false
    load(bytes)
  }

  /// The place of the next structural byte, or the number of bytes when there is none.
  @inline(__always)
  mutating func next(in bytes: Span<UInt8>) -> Int {
    while pending == 0 {
      if odd != 0 { sawOdd = true }
      blockStart += BlockScan.blockSize
      guard blockStart < bytes.count else {
        blockStart = bytes.count
        odd = 0
        return bytes.count
      }
      load(bytes)
    }
    let index = blockStart + pending.trailingZeroBitCount
    pending &= pending &- 1
    return index
  }

  /// Whether odd bytes stand between the end of the last record and `end`, this record's.
  @inline(__always)
  mutating func takeOdd(before end: Int) -> Bool {
    let distance = end - blockStart
    let below: UInt64 = distance <= 0 ? 0 : distance >= 64 ? .max : (1 << UInt64(distance)) - 1
    let found = sawOdd || odd & below != 0
    odd &= ~below
    sawOdd = false
    return found
  }

  @inline(__always)
  private mutating func load(_ bytes: Span<UInt8>) {
    let masks =
      usesVectors && blockStart + BlockScan.blockSize <= bytes.count
      ? BlockScan.masks(of: bytes, at: blockStart, delimiter: delimiter, quote: quote)
      : BlockScan.plainMasks(of: bytes, at: blockStart, delimiter: delimiter, quote: quote)
    pending = masks.structure
    odd = masks.odd
  }
}
