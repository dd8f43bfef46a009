import ImportModel
import Reports

/// Consecutive rows of one input, ready to be written.
struct ReportSlice {
  private enum Piece {
    /// Rows without anything to explain, as indexes in the plan.
    case plain(Range<Int>)
    /// The next of the explained rows.
    case explained
  }

  private var pieces: [Piece] = []
  /// The rows with something to explain, in order, and behind them such as an earlier slice had.
  private var explained: [ExplainedRow] = []
  /// The rows with something to explain.
  private(set) var explainedCount = 0
  /// Where it ends, as an index in the plan.
  var end: Int
  /// Why the row behind the pieces could not be explained.
  var failure: ImportError?

  init(end: Int) { self.end = end }

  /// Whether there are no rows.
  var isEmpty: Bool { pieces.isEmpty }

  /// Begins anew and keeps the memory.
  mutating func begin(at start: Int) {
    pieces.removeAll(keepingCapacity: true)
    explainedCount = 0
    end = start
    failure = nil
  }

  /// Adds rows without anything to explain.
  mutating func append(plain rows: Range<Int>) { pieces.append(.plain(rows)) }

  /// Adds the row that `explain` explains in what an earlier slice had, or else in what `make` makes.
  ///
  /// - Returns: bytes of the row in the input, if they are known.
  mutating func append(
    _ make: () -> ExplainedRow,
    _ explain: (ExplainedRow) throws(ImportError) -> Void
  ) throws(ImportError) -> UInt64 {
    if explainedCount == explained.count { explained.append(make()) }
    let row = explained[explainedCount]
    try explain(row)
    explainedCount += 1
    pieces.append(.explained)
    return row.byteCount
  }

  /// Hands the rows to a report.
  func write(to report: any Report, _ plan: borrowing Plan) throws(ImportError) {
    var next = 0
    for piece in pieces {
      switch piece {
      case .plain(let rows): try report.write(plain: rows, of: plan)
      case .explained:
        try report.write(explained[next], of: plan)
        next += 1
      }
    }
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
  private static let rowCount = 1 << 16
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
        byteCount += try slice.append {
          explainer.makeRow()
        } _: { row throws(ImportError) in
          try explainer.explain(end, of: plan, cursor: &cursor, in: row)
        }
      } catch {
        slice.failure = error
        break
      }
      start += 1
      slice.end = start
    }
  }
}
