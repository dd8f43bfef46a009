/// Something that goes wrong when it is asked to.
package enum FaultKind: String, CaseIterable, Sendable {
  /// 429 with `Retry-After`; the penalty begins.
  case rateLimit = "rate-limit"
  /// 429 of another limiter, which says nothing about itself.
  case rateLimitBare = "rate-limit-bare"
  /// 401; the token is worth nothing from then on.
  case tokenExpired = "token-expired"
  /// 409: the extension is blocked by another operation.
  case conflict
  case serverError = "server-error"
  /// 503 with `Retry-After`.
  case unavailable
  /// 200 for an update that changes nothing.
  case noEffect = "no-effect"
  /// The connection ends behind the write, before the answer.
  case drop
  /// An extension appears at the head of the list between two pages, so that all others move.
  case shiftPages = "shift-pages"
  /// A page without the totals.
  case missingTotals = "missing-totals"
  /// An extension whose type and status nobody documented.
  case unknownValues = "unknown-values"
  /// The results of a bulk task are an array.
  case arrayResult = "array-result"
  /// A bulk task that is in progress for ever.
  case taskStuck = "task-stuck"
  /// A bulk task that fails without a result, and has done nothing.
  case taskFailed = "task-failed"

  /// What happens, for people.
  package var summary: String {
    switch self {
    case .rateLimit: "429 with Retry-After, and the penalty begins"
    case .rateLimitBare: "429 without Retry-After and without the limit's headers"
    case .tokenExpired: "401, and the token is worth nothing any more"
    case .conflict: "409 CMN-204 for an update"
    case .serverError: "500"
    case .unavailable: "503 with Retry-After"
    case .noEffect: "200 for an update that changes nothing"
    case .drop: "the connection ends behind an update, before its answer"
    case .shiftPages: "an extension appears between two pages of a list"
    case .missingTotals: "pages of a list without totals, each time"
    case .unknownValues: "an extension of an unknown type and status appears"
    case .arrayResult: "a bulk task's results as an array, each time"
    case .taskStuck: "a bulk task that never ends"
    case .taskFailed: "a bulk task that fails without a result"
    }
  }

  /// Whether it can happen to a request.
  func concerns(_ operation: Operation) -> Bool {
    switch (self, operation) {
    case (.rateLimit, _), (.serverError, _), (.unavailable, _): true
    case (.rateLimitBare, .token), (.rateLimitBare, .revokeToken): false
    case (.rateLimitBare, _): true
    case (.tokenExpired, .token), (.tokenExpired, .revokeToken): false
    case (.tokenExpired, _): true
    case (.conflict, .update), (.noEffect, .update), (.drop, .update): true
    case (.conflict, .startBulkUpdate), (.drop, .startBulkUpdate): true
    case (.shiftPages, .list), (.missingTotals, .list), (.unknownValues, .list): true
    case (.taskStuck, .startBulkUpdate), (.taskFailed, .startBulkUpdate): true
    case (.arrayResult, .bulkTask): true
    default: false
    }
  }

  /// When it happens if nothing is said.
  ///
  /// What only changes the form of an answer does so each time; pages shift behind the first one.
  package var usualSchedule: FaultRule.Schedule {
    switch self {
    case .missingTotals, .arrayResult: .every(1)
    case .shiftPages: .after(1)
    default: .after(0)
    }
  }
}
