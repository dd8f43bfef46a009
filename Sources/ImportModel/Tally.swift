/// Counts of a run: outcomes, and what was found how often and where first.
package struct Tally: Sendable {
  /// One code at one severity.
  package struct Entry: Sendable {
    /// Number of findings.
    package fileprivate(set) var count = 0
    /// The first rows it was found in, each once: the input and the row number.
    package fileprivate(set) var firstRows: [(input: Int, row: UInt32)] = []
    /// Whether it was found in other rows too.
    package fileprivate(set) var hasMoreRows = false

    /// Counts a finding; those of a row come one after the other.
    fileprivate mutating func add(input: Int, row: UInt32) {
      count += 1
      if let last = firstRows.last, last == (input, row) { return }
      if firstRows.count < Tally.shownRowCount {
        firstRows.append((input, row))
      } else {
        hasMoreRows = true
      }
    }
  }

  /// Rows remembered with a code.
  package static let shownRowCount = 5

  /// What was found in rows, in the order it was met first.
  package private(set) var entries: [(key: Key, entry: Entry)] = []
  /// Rows by outcome.
  package private(set) var outcomes: [Outcome: Int] = [:]

  /// The place in `entries` of each key, by its index, from 1; 0 where there is none.
  private var places = [UInt16](repeating: 0, count: Key.count)

  /// A code at a severity.
  package struct Key: Sendable {
    package var code: ReasonCode
    package var severity: Severity

    /// Number of keys that there can be.
    fileprivate static let count = ReasonCode.allCases.count * Severity.allCases.count

    /// The key among all keys.
    fileprivate var index: Int {
      Int(code.rawValue) * Severity.allCases.count + Int(severity.rawValue)
    }

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
    if places[key.index] == 0 {
      entries.append((key, Entry()))
      places[key.index] = UInt16(entries.count)
    }
    entries[Int(places[key.index]) - 1].entry.add(input: input, row: row)
  }

  /// Says how many rows came to each outcome.
  package mutating func setOutcomes(_ counts: [Outcome: Int]) { outcomes = counts }

  /// Rows of an outcome.
  package func count(_ outcome: Outcome) -> Int { outcomes[outcome, default: 0] }

  /// All rows.
  package var rowCount: Int { outcomes.values.reduce(0, +) }
}
