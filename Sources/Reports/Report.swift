package import ImportModel

/// Takes the rows of a plan in order, each once, and makes a file of them.
///
/// A report appears under its name only by `finish`; `abandon` leaves nothing behind.
package protocol Report: AnyObject {
  /// Takes consecutive rows of one input without anything to explain.
  ///
  /// What became of them, their ids and numbers stand in the plan.
  func write(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError)

  /// Takes a row with findings.
  func write(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError)

  /// Completes the output; nothing may be written afterwards.
  ///
  /// - Throws: `outputNotWritten`; then nothing appeared.
  func finish() throws(ImportError)

  /// Gives the output up; what it replaced, if anything, stays.
  func abandon()
}
