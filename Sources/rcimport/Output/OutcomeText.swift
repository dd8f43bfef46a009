import Bytes
import ImportModel
import Reports

/// Says in a few words what a run came to, where the whole summary would be too much.
enum OutcomeText {
  /// Rows by outcome: `8 would apply, 2 rejected`.
  static func counts(of tally: Tally) -> String {
    let parts = Outcome.allCases.compactMap { outcome -> String? in
      let count = tally.count(outcome)
      guard count > 0 else { return nil }
      return "\(ProgressText.grouped(count)) \(words(for: outcome))"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// A run in a few lines, for standard error beside a report.
  static func lines(of summary: Summary) -> [String] {
    let total = summary.tally.rowCount
    let noun = total == 1 ? "row" : "rows"
    var first = "\(ProgressText.grouped(total)) \(noun)"
    if total > 0 { first += ": \(counts(of: summary.tally))" }
    if summary.isDryRun { first += " (dry run: nothing was written)" }
    if let run = summary.runID { first += " (run \(run))" }
    var lines = [first] + stopLines(of: summary)
    for output in summary.outputs {
      let name = output.name == "-" ? "standard output" : ByteBuffer.shown(output.name)
      let state = output.isComplete ? "complete" : "not complete"
      lines.append("the \(output.role) on \(name) is \(state)")
    }
    return lines
  }

  /// Why a run stopped early, if it did, and how to go on with it.
  static func stopLines(of summary: Summary) -> [String] {
    var lines: [String] = []
    if let reason = summary.stopReason {
      lines.append("stopped early: \(ByteBuffer.shown(reason))")
    }
    if summary.canResume, let run = summary.runID {
      lines.append("go on with the rows that are left: rcimport resume \(run)")
    }
    return lines
  }

  private static func words(for outcome: Outcome) -> String {
    switch outcome {
    case .undecided: "undecided"
    case .wouldApply: "would apply"
    case .applied: "applied"
    case .unchanged: "unchanged"
    case .rejected: "rejected"
    case .failed: "failed"
    case .unprocessed: "not processed"
    }
  }
}
