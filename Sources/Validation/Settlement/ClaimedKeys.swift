import Bytes
import ImportModel

/// The rows that claim each key of one sort and are not the only ones.
///
/// Rows are parted by the hashes of their keys, and those of each part compared in a small table: the
/// time that this takes is that of memory, and what is written is far less than a table of all keys.
struct ClaimedKeys: ~Copyable {
  /// Rows whose key an earlier row has.
  private(set) var repeated = RepeatedRows()
  /// Rows whose key is like another one's, of the earlier row.
  private(set) var alike = PackedArray<RepeatedRows.Pair>()
  private let ranges: [Range<Int>]
  private let index = LateIndex()

  /// Slots of a part's table: a processor's second cache holds them and has room for more.
  private static let slotCountOfPart = 1 << 16
  /// Parts are written to in turns, so that there must not be too many.
  private static let maximumPartBitCount = 12

  /// Compares the keys that rows claim.
  ///
  /// - Parameters:
  ///   - keys: the sort of the keys.
  ///   - ranges: the rows, in order.
  ///   - plan: the plan.
  ///   - stores: what entries are kept in meanwhile; two, which can be used again.
  ///   - concurrently: how parts that have nothing to do with each other are done.
  init<Key: ClaimedKey>(
    _ keys: Key.Type,
    _ ranges: [Range<Int>],
    of plan: borrowing Plan,
    stores: [EntryStore],
    concurrently: Settlement.Concurrency
  ) {
    self.ranges = ranges
    let layout = EntryLayout(of: plan)
    let bitCount = Self.partBitCount(forRows: ranges.reduce(0) { $0 + $1.count })
    // What makes only one part is not worth another thread.
    let shares = bitCount == 0 ? [ranges] : Self.halves(of: ranges)
    concurrently(shares.count) { place in
      stores[place].fill(keys, shares[place], of: plan, layout, bitCount: bitCount)
    }
    let filled = Array(stores[..<shares.count])
    let halves = shares.map { _ in KeyHalf() }
    let partCount = 1 << bitCount / shares.count
    concurrently(shares.count) { place in
      halves[place].compare(
        keys,
        filled,
        parts: place * partCount..<(place + 1) * partCount,
        bitCount: bitCount,
        of: plan,
        layout
      )
    }
    for half in halves {
      repeated.add(half.repeated)
      for place in half.alike.span.indices { alike.append(half.alike[place]) }
    }
    repeated.sort()
  }

  /// The first row that claims a key, or `nil`.
  ///
  /// The first call takes the time and memory for a table of all keys.
  func firstRow<Key: ClaimedKey>(for key: Key, in plan: borrowing Plan) -> Int? {
    index.row(for: key, among: ranges, in: plan)
  }

  /// So many first bits of hashes that parts are small.
  private static func partBitCount(forRows count: Int) -> Int {
    var bitCount = 0
    while bitCount < maximumPartBitCount, (count + count / 3) >> bitCount > slotCountOfPart {
      bitCount += 1
    }
    return bitCount
  }

  /// Rows of ranges, the first half and the second.
  private static func halves(of ranges: [Range<Int>]) -> [[Range<Int>]] {
    var wanted = ranges.reduce(0) { $0 + $1.count } / 2
    var halves: [[Range<Int>]] = [[], []]
    for range in ranges {
      let middle = range.lowerBound + min(wanted, range.count)
      wanted -= middle - range.lowerBound
      halves[0].append(range.lowerBound..<middle)
      halves[1].append(middle..<range.upperBound)
    }
    return halves
  }
}

/// An index of the first rows of keys that is made when somebody asks.
private final class LateIndex {
  private var index: RowIndex?

  /// How many rows ahead slots are asked for: enough for memory to answer in the meantime.
  private static let prefetchDistance = 64

  func row<Key: ClaimedKey>(
    for key: Key,
    among ranges: [Range<Int>],
    in plan: borrowing Plan
  ) -> Int? {
    if index == nil {
      var made = RowIndex(rowCount: ranges.reduce(0) { $0 + $1.count }, of: plan)
      for range in ranges {
        for row in range {
          let ahead = row + Self.prefetchDistance
          if ahead < range.upperBound, let key = Key(claimedBy: plan[ahead]) { made.prefetch(key) }
          if let key = Key(claimedBy: plan[row]) { _ = made.enter(row, key: key, in: plan) }
        }
      }
      index = consume made
    }
    return index?.row(for: key, in: plan)
  }
}

/// Entries of some of the rows.
///
/// Sendable: while it is filled nobody else looks at it, and afterwards it is only read.
final class EntryStore: @unchecked Sendable {
  fileprivate var entries = PartedEntries()

  /// Has the entries of all rows in some ranges, and no others.
  fileprivate func fill<Key: ClaimedKey>(
    _ keys: Key.Type,
    _ ranges: [Range<Int>],
    of plan: borrowing Plan,
    _ layout: EntryLayout,
    bitCount: Int
  ) {
    var filled = PartedEntries()
    swap(&filled, &entries)
    filled.begin(bitCount: bitCount, entryCount: ranges.reduce(0) { $0 + $1.count })
    for range in ranges {
      for row in range {
        if let key = Key(claimedBy: plan[row]) { filled.append(layout.entry(row, key)) }
      }
    }
    swap(&filled, &entries)
  }
}

/// What is found out about the keys of which the hashes begin alike, or all.
///
/// Sendable: while it is filled nobody else looks at it, and afterwards it is only read.
private final class KeyHalf: @unchecked Sendable {
  private(set) var repeated = RepeatedRows()
  private(set) var alike = PackedArray<RepeatedRows.Pair>()

  /// Compares the entries of some parts.
  func compare<Key: ClaimedKey>(
    _ keys: Key.Type,
    _ stores: [EntryStore],
    parts: Range<Int>,
    bitCount: Int,
    of plan: borrowing Plan,
    _ layout: EntryLayout
  ) {
    var table = WordTable()
    for part in parts {
      table.begin(count: stores.reduce(0) { $0 + $1.entries.count(ofPart: part) })
      for store in stores {
        store.entries.forEachBlock(ofPart: part) { entries in
          var (next, passed) = (0, 0)
          while true {
            let entered = table.enter(
              entries.extracting(next...),
              passing: passed,
              mask: ~layout.rowMask,
              shift: bitCount
            )
            guard let seeming = entered.seeming else { return }
            if entered.count > 0 { passed = 0 }
            next += entered.count
            let row = layout.row(of: UInt32(truncatingIfNeeded: entries[next]))
            let earlier = layout.row(of: seeming)
            if Key(claimedBy: plan[row])?.matches(plan[earlier]) == true {
              repeated.add(row, sameAs: earlier)
              next += 1
              passed = 0
              continue
            }
            if Key(claimedBy: plan[row])?.isLike(plan[earlier]) == true {
              alike.append(RepeatedRows.Pair(first: UInt32(earlier), row: UInt32(row)))
            }
            passed += 1
          }
        }
      }
    }
  }
}
