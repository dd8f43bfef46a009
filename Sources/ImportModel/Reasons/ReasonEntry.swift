/// What a reason says about itself, wherever it is found.
///
/// Sentence and hint are templates that `ReasonText` fills in from a finding.
package final class ReasonEntry: Sendable {
  /// Whether the value can be had back.
  package enum Repair: String, CaseIterable, Sendable {
    /// There is nothing to repair.
    case none
    /// Made under `--fix safe`, and suggested otherwise.
    case safe
    /// Only suggested: a person must agree.
    case suggested
    /// The input does not hold the value any more; it must be exported again.
    case lost
  }

  /// The code in reports, in snake case.
  package let name: String
  /// What it means for its row or input when no flag says otherwise.
  package let severity: Severity
  /// The API's error for a row that is rejected because of it.
  package let error: APIError
  package let repair: Repair
  /// What it is, in one line.
  package let summary: String
  /// What it means for the row or the input.
  package let meaning: String
  /// How it usually comes about.
  package let cause: String
  /// What to do, in general.
  package let hint: String
  /// The summary inside a sentence: with a small first letter, unless a capital belongs there.
  let clause: ReasonTemplate
  /// The sentence of a finding, if it has one; else the summary says it all.
  let sentence: ReasonTemplate
  let hasSentence: Bool
  /// What to do about a finding.
  let hintTemplate: ReasonTemplate
  /// The hint, to stand in for the template where a finding does not know enough.
  let plainHint: ReasonTemplate
  /// Whether there is something to do about a finding.
  let hasHint: Bool

  init(
    _ name: String,
    _ severity: Severity,
    _ repair: Repair = .none,
    error: APIError = .validation,
    summary: String,
    says: String? = nil,
    meaning: String,
    cause: String,
    hint: String
  ) {
    self.name = name
    self.severity = severity
    self.repair = repair
    self.error = error
    self.summary = summary
    sentence = ReasonTemplate(says ?? "")
    hasSentence = says != nil
    self.meaning = meaning
    self.cause = cause
    clause = ReasonTemplate(constant: Self.uncapitalised(Array(summary.utf8)))
    hintTemplate = ReasonTemplate(hint)
    self.hint = ReasonTemplate(hint).general ?? summary
    plainHint = ReasonTemplate(constant: Array(self.hint.utf8))
    hasHint = hint != ReasonText.nothingToDo
  }

  /// With a small first letter, unless the first word is written in capitals.
  private static func uncapitalised(_ text: [UInt8]) -> [UInt8] {
    guard text.count > 1, text[0] >= 0x41, text[0] <= 0x5A,
      text[1] >= 0x61 && text[1] <= 0x7A || text[1] == 0x20
    else { return text }
    return [text[0] | 0x20] + text.dropFirst()
  }
}
