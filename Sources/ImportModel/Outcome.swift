/// What became of a row.
package enum Outcome: UInt8, CaseIterable, Sendable {
  /// Not decided yet; never in a report.
  case undecided
  /// Dry run: the row would be written.
  case wouldApply
  /// The row is written.
  case applied
  /// Everything the row asks for is so already.
  case unchanged
  /// The row's data are bad.
  case rejected
  /// The target did not take the row.
  case failed
  /// The run stopped before the row.
  case unprocessed

  /// The word in reports.
  package var name: String {
    switch self {
    case .undecided: "undecided"
    case .wouldApply: "would_apply"
    case .applied: "applied"
    case .unchanged: "unchanged"
    case .rejected: "rejected"
    case .failed: "failed"
    case .unprocessed: "unprocessed"
    }
  }
}

/// An error code of the API with its HTTP status.
package enum APIError: String, CaseIterable, Sendable {
  case validation = "VALIDATION_ERROR"
  case unauthorized = "UNAUTHORIZED"
  case userNotFound = "USER_NOT_FOUND"
  case server = "SERVER_ERROR"

  /// The HTTP status that goes with the code.
  package var status: Int {
    switch self {
    case .validation: 400
    case .unauthorized: 401
    case .userNotFound: 404
    case .server: 500
    }
  }
}
