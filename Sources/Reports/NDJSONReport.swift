package import ImportModel

/// The report of every row: one JSON object a line, each a response of the API with coordinates.
///
///     {"file":...,"row":...,"userId":...,"rcExtension":...,"outcome":...,"status":...,
///      "message":...,"data":{} | "error":{"code":...,"message":...},
///      "previous":...,"reasons":[...],"line":...}
///
/// `file` only with several inputs, `previous` only where an extension was replaced, `reasons` and
/// `line` only where there is something to explain. The same rows give the same bytes.
package final class NDJSONReport: Report {
  private var lines: ReportLines

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - file: where it goes.
  ///   - problemsOnly: leaves out rows without reasons.
  ///   - stopMessage: why the run stopped, for rows it did not come to.
  package init(
    to file: OutputFile,
    problemsOnly: Bool = false,
    stopMessage: String = "The run stopped before this row"
  ) {
    lines = ReportLines(to: file, problemsOnly: problemsOnly, stopMessage: stopMessage)
  }

  package func write(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError) {
    try lines.append(plain: rows, of: plan)
  }

  package func write(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError) {
    try lines.append(row, of: plan)
  }

  package func finish() throws(ImportError) { try lines.text.finish() }

  package func abandon() { lines.text.abandon() }
}
