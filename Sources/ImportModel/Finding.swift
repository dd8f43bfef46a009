/// How much a finding weighs.
package enum Severity: UInt8, CaseIterable, Comparable, BitwiseCopyable, Sendable {
  /// Only counted, and shown in lines when asked for.
  case note
  /// Shown in the row's line; the row is kept.
  case warning
  /// Rejects the row.
  case error
  /// Refuses the input.
  case refusal

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The word in reports.
  package var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    case .refusal: "refusal"
    }
  }
}

/// Something noticed about a cell, a row or an input: a code and what its sentence needs.
///
/// The sentence itself is made of the code's `entry` when it is shown, in one place.
package struct Finding: Hashable, Sendable {
  /// What was found.
  package var code: ReasonCode
  /// What it means for the row here, after `--fix` and `--strict`.
  package var severity: Severity
  /// The column, or `nil` when the row or input as a whole is meant.
  package var field: Field?
  /// The number in the sentence: a length, a position from 1, a count.
  package var number: Int
  /// The second number in the sentence: a limit, an expected length.
  package var limit: Int
  /// The text in the sentence: an offending character, other rows, another user.
  package var text: String?
  /// What the value probably should be.
  package var suggestion: String?

  /// Makes a finding.
  package init(
    _ code: ReasonCode,
    _ severity: Severity,
    field: Field? = nil,
    number: Int = 0,
    limit: Int = 0,
    text: String? = nil,
    suggestion: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.field = field
    self.number = number
    self.limit = limit
    self.text = text
    self.suggestion = suggestion
  }
}
