/// Counts of a run: outcomes, and what was found how often and where first.
package struct Tally: Sendable {
  /// One code at one severity.
  package struct Entry: Sendable {
    /// Number of findings.
    package var count = 0
    /// The first rows it was found in: the input and the row number.
    package var firstRows: [(input: Int, row: UInt32)] = []
  }

  /// Rows remembered with a code.
  package static let shownRowCount = 5

  /// Found in rows, by code and severity.
  package private(set) var entries: [Key: Entry] = [:]
  /// Rows by outcome.
  package private(set) var outcomes: [Outcome: Int] = [:]

  /// A code at a severity.
  package struct Key: Hashable, Sendable {
    package var code: ReasonCode
    package var severity: Severity
    /// Makes a key.
    package init(_ code: ReasonCode, _ severity: Severity) {
      self.code = code
      self.severity = severity
    }
  }

  /// Counts nothing yet.
  package init() {}

  /// Counts a finding in a row.
  package mutating func add(_ code: ReasonCode, _ severity: Severity, input: Int, row: UInt32) {
    let key = Key(code, severity)
    var rows = entries[key, default: Entry()]
    rows.count += 1
    if rows.firstRows.count < Self.shownRowCount { rows.firstRows.append((input, row)) }
    entries[key] = rows
  }

  /// Says how many rows came to each outcome.
  package mutating func setOutcomes(_ counts: [Outcome: Int]) { outcomes = counts }

  /// Rows of an outcome.
  package func count(_ outcome: Outcome) -> Int { outcomes[outcome, default: 0] }

  /// All rows.
  package var rowCount: Int { outcomes.values.reduce(0, +) }
}
