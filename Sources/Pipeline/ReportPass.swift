import ImportModel
import Readers
import Reports
import Validation

/// Walks a settled plan once, in input order, and hands every row to the reports.
struct ReportPass {
  private static let sliceSize = 1 << 14

  let inputs: [OpenInput]
  let rules: Rules
  let explanation: PlanExplanation
  /// What became of rows that were sent to a target and did not simply end well.
  let results: [UInt32: DeliveryResult]
  /// What is done at the account of a phone system.
  let account: AccountPlan?
  let showsNotes: Bool
  let observer: (any RunObserver)?

  /// Writes all rows.
  func write(_ plan: borrowing Plan, to outputs: RunOutputs) throws(ImportError) {
    var cursor = PlanCursor()
    for place in inputs.indices where outputs.takesRows(ofInput: place) {
      var explainer = RowExplainer(
        input: inputs[place],
        rules: rules,
        explanation: explanation,
        results: results,
        account: account,
        showsNotes: showsNotes
      )
      let rows = plan.inputs[place].rows
      var start = rows.lowerBound
      while start < rows.upperBound {
        var end = start
        let limit = min(start + Self.sliceSize, rows.upperBound)
        while end < limit, !needsExplaining(plan[end]) { end += 1 }
        if end > start { try outputs.write(plain: start..<end, ofInput: place, plan) }
        if end < limit {
          let row = try explainer.explain(end, of: plan, cursor: &cursor)
          try outputs.write(row, ofInput: place, plan)
          end += 1
        }
        start = end
        try advance(to: start, of: plan.count)
      }
    }
  }

  private func needsExplaining(_ row: PlanRow) -> Bool {
    showsNotes || row.flags.hasAny(of: .needExplaining)
  }

  private func advance(to row: Int, of total: Int) throws(ImportError) {
    guard let observer else { return }
    observer.progress(
      RunProgress(
        stage: .reporting,
        input: nil,
        rowCount: row,
        totalRowCount: total,
        byteCount: 0,
        totalByteCount: nil
      )
    )
    try observer.checkInterruption()
  }
}
