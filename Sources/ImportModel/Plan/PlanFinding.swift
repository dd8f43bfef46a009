/// A finding about a row that needs other rows or the store, packed into 24 bytes.
package struct PlanFinding: BitwiseCopyable, Sendable {
  /// The cases of a code.
  package enum Variant: UInt8, BitwiseCopyable, Sendable {
    /// The code has one case.
    case plain
    /// The store says so; the packed values are a user's id.
    case holder
    /// An extensions export says so; the first packed value is its row in the plan plus one, or 0
    /// when the store remembers the export.
    case inventory
    /// The account of a phone system says so; the first packed value is its id of the extension.
    case account
  }

  /// The row, as its index in the plan.
  package var row: UInt32
  package var code: ReasonCode
  package var severity: Severity
  /// The column it is about.
  package var field: Field
  /// Which of the code's cases it is, where it has several.
  package var variant: Variant
  /// What the code's sentence needs: a packed value whose meaning belongs to the code.
  package var first: UInt64
  /// The second packed value.
  package var second: UInt32

  /// Makes a finding.
  package init(
    row: UInt32,
    _ code: ReasonCode,
    _ severity: Severity,
    field: Field,
    variant: Variant = .plain,
    first: UInt64 = 0,
    second: UInt32 = 0
  ) {
    self.row = row
    self.code = code
    self.severity = severity
    self.field = field
    self.variant = variant
    self.first = first
    self.second = second
  }
}
