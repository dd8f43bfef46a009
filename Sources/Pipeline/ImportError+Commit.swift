import ImportModel
import Stores

extension ImportError {
  /// The same failure, told by a run that had written everything before it failed.
  ///
  /// What is missing is only what the run says of itself; that the store holds it must not be left
  /// to be found out.
  func afterCommit(of run: String) -> ImportError {
    let sentence = finding.map { ReasonText.message($0, value: nil) } ?? message
    return ImportError(
      kind,
      "\(sentence); run \(run) was applied all the same, only its reports are incomplete",
      hint: "Run the same command again for the reports: rows that were applied come out unchanged",
      file: file
    )
  }

  /// The same failure, told by a run that had begun to send rows to a target.
  func during(_ run: RunID) -> ImportError {
    let sentence = finding.map { ReasonText.message($0, value: nil) } ?? message
    return ImportError(
      kind,
      "\(sentence); run \(run) stopped, and rows under way may have been taken by the target",
      hint: "When that is mended, go on with: rcimport resume \(run)",
      file: file
    )
  }
}
