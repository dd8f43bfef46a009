/// What a reason says about itself, wherever it is found.
///
/// `says` and `hint` are templates that `ReasonText` fills in from a finding.
package struct ReasonEntry: Sendable {
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
  /// The sentence of a finding, as a template; `nil` where the summary says it all.
  let says: String?
  /// What to do, as a template.
  let hintTemplate: String

  /// What to do, in general.
  package var hint: String { ReasonTemplate.render(hintTemplate, for: nil) ?? summary }

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
    self.says = says
    self.meaning = meaning
    self.cause = cause
    hintTemplate = hint
  }
}
