import ImportModel

/// How much a run may reject or change before it writes nothing at all.
package struct RunLimits: Sendable {
  /// A number of rows, or a share of them.
  package enum Amount: Sendable, Equatable {
    case count(Int)
    /// In percent.
    case percent(Double)

    /// Whether `part` of `whole` is more than this.
    func isExceeded(by part: Int, of whole: Int) -> Bool {
      switch self {
      case .count(let limit): part > limit
      case .percent(let limit): whole > 0 && Double(part) * 100 > limit * Double(whole)
      }
    }

    /// As the user writes it: `12` or `5%`.
    package var description: String {
      switch self {
      case .count(let limit): "\(limit)"
      case .percent(let limit):
        limit == limit.rounded() ? "\(Int(limit))%" : "\(limit)%"
      }
    }
  }

  /// The most rejected rows.
  package var maximumErrors: Amount?
  /// The largest share of present assignments that may be replaced or taken away, in percent.
  package var maximumChange: Double?
  /// Whether one rejected row keeps all others from being written.
  package var isAtomic = false

  /// No limits.
  package init() {}

  /// Why the run must stop before it writes, or `nil`.
  ///
  /// - Parameters:
  ///   - tally: the outcomes of the plan.
  ///   - changeCount: rows that replace or take away a present assignment.
  ///   - assignmentCount: assignments in the store.
  /// - Returns: the reason to stop.
  func stop(_ tally: Tally, changeCount: Int, assignmentCount: Int) -> Finding? {
    let rejected = tally.count(.rejected)
    if isAtomic && rejected > 0 {
      return Finding(.stoppedByAtomic, .error, number: rejected)
    }
    if let maximumErrors, maximumErrors.isExceeded(by: rejected, of: tally.rowCount) {
      return Finding(
        .stoppedByBudget,
        .error,
        number: rejected,
        text: maximumErrors.description
      )
    }
    if let maximumChange,
      Amount.percent(maximumChange).isExceeded(by: changeCount, of: assignmentCount)
    {
      return Finding(
        .stoppedByBrake,
        .error,
        number: changeCount,
        limit: assignmentCount,
        text: Amount.percent(maximumChange).description
      )
    }
    return nil
  }
}
