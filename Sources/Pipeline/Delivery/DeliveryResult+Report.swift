import ImportModel
import Reports
import Stores
import Validation

extension DeliveryResult {
  /// What the target answered in the words of the API, for the row's line in the report.
  var answer: RowAnswer? {
    if state == .applied { return message.isEmpty ? nil : RowAnswer(error: nil, message: message) }
    return error.map { RowAnswer(error: $0, message: message) }
  }

  /// Adds why the row did not end well, if that is so.
  func append(
    to findings: inout FindingList,
    of row: Int,
    in plan: borrowing Plan,
    _ explanation: PlanExplanation
  ) throws(ImportError) {
    guard let reason else { return }
    switch reason {
    case .inCycle:
      findings.append(
        Finding(reason, .error, field: .extensionNumber, number: Int(message) ?? 0)
      )
    case .waitsForRow:
      let packed = PlanFinding(
        row: UInt32(row),
        reason,
        .error,
        field: .extensionNumber,
        first: UInt64(message) ?? 0
      )
      try explanation.append(packed, in: plan, to: &findings)
    case .retriesExhausted:
      findings.append(Finding(reason, .error, number: attempts, text: said))
    default:
      findings.append(Finding(reason, .error, text: said))
    }
  }

  /// The status with what was said beside it.
  private var said: String {
    guard let status else { return message }
    return message.isEmpty ? "status \(status)" : "\(message) (status \(status))"
  }

  /// What the journal says of a row that was settled before.
  init(_ entry: DeliveryEntry) {
    state = entry.state
    attempts = entry.attempts
    reason = entry.reason
    status = entry.status
    error = entry.error
    message = entry.message
  }
}
