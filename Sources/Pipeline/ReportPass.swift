import ImportModel
import Readers
import Reports
import Validation

/// Walks a settled plan once, in input order, and hands every row to the reports.
///
/// Where there is much to explain, the next rows are explained on one thread while these are written
/// on another.
struct ReportPass {
  let inputs: [OpenInput]
  let rules: Rules
  let explanation: PlanExplanation
  /// What became of rows that were sent to a target and did not simply end well.
  let results: [UInt32: DeliveryResult]
  /// What is done at the account of a phone system.
  let account: AccountPlan?
  let showsNotes: Bool
  let observer: (any RunObserver)?

  /// Explained rows in a slice for which two threads are worth it.
  private static let minimumCountForThreads = 64

  /// Writes all rows.
  func write(_ plan: borrowing Plan, to outputs: RunOutputs) throws(ImportError) {
    for place in inputs.indices where outputs.takesRows(ofInput: place) {
      let rows = plan.inputs[place].rows
      let explainer = RowExplainer(
        input: inputs[place],
        rules: rules,
        explanation: explanation,
        results: results,
        account: account,
        showsNotes: showsNotes,
        showsRecords: outputs.takesRecords(ofInput: place)
      )
      let round = ReportRound(
        SliceExplainer(explainer, of: rows),
        outputs: outputs,
        place: place
      )
      round.explainNext(of: plan)
      while round.turn() {
        if round.explainedCount < Self.minimumCountForThreads {
          round.write(plan)
          round.explainNext(of: plan)
        } else {
          WorkerThread.concurrently(2) { part in
            if part == 0 { round.write(plan) } else { round.explainNext(of: plan) }
          }
        }
        if let failure = round.failure { throw failure }
        try advance(to: round.end, of: plan.count)
      }
    }
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

/// The slice that is being written and the one that is being explained.
///
/// Sendable: a call of `write` and one of `explainNext` touch nothing in common, and `turn` is called
/// when both are done.
private final class ReportRound: @unchecked Sendable {
  private let outputs: RunOutputs
  private let place: Int
  private var explainer: SliceExplainer
  private var slice = ReportSlice(end: 0)
  private var next = ReportSlice(end: 0)

  /// Why the slice could not be written, or be explained to its end.
  private(set) var failure: ImportError?

  init(_ explainer: consuming SliceExplainer, outputs: RunOutputs, place: Int) {
    self.outputs = outputs
    self.place = place
    self.explainer = explainer
  }

  /// Where the slice ends, as an index in the plan.
  var end: Int { slice.end }

  /// Explained rows of the slice.
  var explainedCount: Int { slice.explainedCount }

  /// Goes on to the slice that was explained; returns whether there is one.
  func turn() -> Bool {
    swap(&slice, &next)
    return !slice.isEmpty || slice.failure != nil
  }

  /// Writes the slice.
  func write(_ plan: borrowing Plan) {
    do {
      try outputs.write(slice, ofInput: place, plan)
      failure = slice.failure
    } catch {
      failure = error
    }
  }

  /// Explains the slice behind the one that is written.
  func explainNext(of plan: borrowing Plan) { explainer.next(of: plan, into: &next) }
}
