import Bytes
import ImportModel

/// Rows that share a key with an earlier row, in groups.
///
/// Only rows beyond the first of a key cost memory here.
struct RepeatedRows: ~Copyable {
  struct Pair: BitwiseCopyable {
    var first: UInt32
    var row: UInt32
  }

  private(set) var pairs = PackedArray<Pair>()

  /// Whether no key occurred twice.
  var isEmpty: Bool { pairs.isEmpty }

  /// Notes that `row` has the key of the earlier row `first`.
  mutating func add(_ row: Int, sameAs first: Int) {
    pairs.append(Pair(first: UInt32(first), row: UInt32(row)))
  }

  /// Notes what another one knows.
  mutating func add(_ others: borrowing RepeatedRows) {
    for place in others.pairs.span.indices { pairs.append(others.pairs[place]) }
  }

  /// Puts the pairs in the order that `nextGroup` and `rows(sameAs:)` need.
  mutating func sort() { pairs.sort { ($0.first, $0.row) < ($1.first, $1.row) } }

  /// Gives the next group of rows.
  ///
  /// - Parameter place: 0 at first; moved on by each call.
  /// - Returns: the rows in input order, at least two; `nil` after the last group.
  func nextGroup(from place: inout Int) -> [UInt32]? {
    guard place < pairs.count else { return nil }
    let first = pairs[place].first
    var group = [first]
    while place < pairs.count && pairs[place].first == first {
      group.append(pairs[place].row)
      place += 1
    }
    return group
  }

  /// The rows with the key of a group's first row, itself included.
  func rows(sameAs first: Int) -> [UInt32] {
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if Int(pairs[middle].first) < first { low = middle + 1 } else { high = middle }
    }
    var rows = [UInt32(first)]
    while low < pairs.count && Int(pairs[low].first) == first {
      rows.append(pairs[low].row)
      low += 1
    }
    return rows
  }
}
