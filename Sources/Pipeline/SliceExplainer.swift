import ImportModel
import Reports

/// Consecutive rows of one input, ready to be written.
struct ReportSlice {
  enum Piece {
    /// Rows without anything to explain, as indexes in the plan.
    case plain(Range<Int>)
    /// The next of the explained rows.
    case explained
  }

  var pieces: [Piece] = []
  /// The rows with something to explain, in order.
  var explained: [ExplainedRow] = []
  /// Where it ends, as an index in the plan.
  var end: Int
  /// Why the row behind the pieces could not be explained.
  var failure: ImportError?
}

/// Cuts the rows of one input into slices and explains those that need it.
struct SliceExplainer: ~Copyable {
  private var explainer: RowExplainer
  private let rows: Range<Int>
  private var cursor = PlanCursor()
  private var start: Int

  /// Rows in a slice, explained rows among them, and bytes of these in the input: so much is in
  /// memory twice.
  private static let rowCount = 1 << 14
  private static let explainedCount = 1 << 11
  private static let explainedByteCount: UInt64 = 1 << 20

  /// Begins at the first of an input's rows.
  init(_ explainer: consuming RowExplainer, of rows: Range<Int>) {
    self.explainer = explainer
    self.rows = rows
    start = rows.lowerBound
  }

  /// The next slice, without pieces at the end.
  mutating func next(of plan: borrowing Plan) -> ReportSlice {
    var slice = ReportSlice(end: start)
    let limit = min(start + Self.rowCount, rows.upperBound)
    var byteCount: UInt64 = 0
    while start < limit, slice.explained.count < Self.explainedCount,
      byteCount < Self.explainedByteCount
    {
      var end = start
      while end < limit, !explainer.explains(plan[end]) { end += 1 }
      if end > start { slice.pieces.append(.plain(start..<end)) }
      start = end
      slice.end = end
      guard end < limit else { break }
      do {
        slice.explained.append(try explainer.explain(end, of: plan, cursor: &cursor))
      } catch {
        slice.failure = error
        break
      }
      slice.pieces.append(.explained)
      byteCount += explainer.recordByteCount
      start += 1
      slice.end = start
    }
    return slice
  }
}
