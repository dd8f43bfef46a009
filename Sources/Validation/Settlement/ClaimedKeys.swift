import Bytes
import ImportModel

/// The rows that claim each key of one sort: the first of each key, and those that repeat it.
///
/// Sendable: keys of different sorts have nothing to do with each other, so that two of these can be
/// filled at the same time; while one is, nobody else looks at it.
final class ClaimedKeys: @unchecked Sendable {
  /// The first row of each key.
  private(set) var first: RowIndex
  /// Rows whose key an earlier row has.
  private(set) var repeated = RepeatedRows()

  /// How many rows ahead slots are asked for: enough for memory to answer in the meantime.
  private static let prefetchDistance = 64

  /// Knows nothing of a plan yet.
  init(of plan: borrowing Plan) { first = RowIndex(rowCount: 0, of: plan) }

  /// Enters the rows of inputs under their keys.
  ///
  /// - Parameters:
  ///   - inputs: the inputs.
  ///   - rowCount: how many rows these have together.
  ///   - plan: the plan.
  ///   - key: the key of a row, or `nil` when it claims none.
  func enter<Key: RowKey>(
    _ inputs: [PlanInput],
    rowCount: Int,
    of plan: borrowing Plan,
    key: (PlanRow) -> Key?
  ) {
    var index = RowIndex(rowCount: rowCount, of: plan)
    for input in inputs {
      for row in input.rows {
        let ahead = row + Self.prefetchDistance
        if ahead < input.rows.upperBound, let key = key(plan[ahead]) { index.prefetch(key) }
        if let key = key(plan[row]), let earlier = index.enter(row, key: key, in: plan) {
          repeated.add(row, sameAs: earlier)
        }
      }
    }
    repeated.sort()
    first = index
  }
}
