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

  private(set) var pieces: [Piece] = []
  /// The rows with something to explain, in order, and behind them such as an earlier slice had.
  private(set) var explained: [ExplainedRow] = []
  /// The rows with something to explain.
  private(set) var explainedCount = 0
  /// Where it ends, as an index in the plan.
  var end: Int
  /// Why the row behind the pieces could not be explained.
  var failure: ImportError?

  init(end: Int) { self.end = end }

  /// Begins anew and keeps the memory.
  mutating func begin(at start: Int) {
    pieces.removeAll(keepingCapacity: true)
    explainedCount = 0
    end = start
    failure = nil
  }

  /// Adds rows without anything to explain.
  mutating func append(plain rows: Range<Int>) { pieces.append(.plain(rows)) }

  /// A row to explain the next one in, if there is one.
  var used: ExplainedRow? { explainedCount < explained.count ? explained[explainedCount] : nil }

  /// Adds an explained row, which may be `used`.
  mutating func append(_ row: ExplainedRow) {
    if explainedCount == explained.count { explained.append(row) }
    explainedCount += 1
    pieces.append(.explained)
  }
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
  private static let explainedCount = 1 << 10
  private static let explainedByteCount: UInt64 = 1 << 20

  /// Begins at the first of an input's rows.
  init(_ explainer: consuming RowExplainer, of rows: Range<Int>) {
    self.explainer = explainer
    self.rows = rows
    start = rows.lowerBound
  }

  /// Makes a slice the next one, without pieces at the end.
  mutating func next(of plan: borrowing Plan, into slice: inout ReportSlice) {
    slice.begin(at: start)
    let limit = min(start + Self.rowCount, rows.upperBound)
    var byteCount: UInt64 = 0
    while start < limit, slice.explainedCount < Self.explainedCount,
      byteCount < Self.explainedByteCount
    {
      var end = start
      while end < limit, !explainer.explains(plan[end]) { end += 1 }
      if end > start { slice.append(plain: start..<end) }
      start = end
      slice.end = end
      guard end < limit else { break }
      do {
        slice.append(
          try explainer.explain(end, of: plan, cursor: &cursor, using: slice.used)
        )
      } catch {
        slice.failure = error
        break
      }
      byteCount += explainer.recordByteCount
      start += 1
      slice.end = start
    }
  }
}
