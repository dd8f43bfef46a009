import Bytes
import ImportModel

/// What a row is about, for the sentence of its response.
enum RowSubject: Int, CaseIterable {
  /// A user gets an extension.
  case assignment
  /// A user's extension is taken away.
  case removal
  /// A user is recorded.
  case user
  /// An extension is recorded.
  case inventory

  /// What a row of the plan is about.
  init(_ row: PlanRow, kind: InputKind) {
    let flags = row.flags
    if kind == .extensions {
      self = .inventory
    } else if flags.contains(.clears) {
      self = .removal
    } else if flags.contains(.recordsOnly) || row.extensionNumber == nil {
      self = .user
    } else {
      self = .assignment
    }
  }

  /// The sentence of a row that ended well; `nil` for an outcome that is not one.
  func message(_ outcome: Outcome) -> String? {
    switch (self, outcome) {
    case (.assignment, .applied): "RingCentral extension updated successfully"
    case (.assignment, .wouldApply): "RingCentral extension would be updated"
    case (.removal, .applied): "RingCentral extension removed"
    case (.removal, .wouldApply): "RingCentral extension would be removed"
    case (.assignment, .unchanged), (.removal, .unchanged): "RingCentral extension unchanged"
    case (.user, .applied): "User recorded"
    case (.user, .wouldApply): "User would be recorded"
    case (.user, .unchanged): "User unchanged"
    case (.inventory, .applied): "Extension recorded"
    case (.inventory, .wouldApply): "Extension would be recorded"
    case (.inventory, .unchanged): "Extension unchanged"
    case (_, .undecided), (_, .rejected), (_, .failed), (_, .unprocessed): nil
    }
  }
}

extension ByteBuffer {
  /// Adds the outcome and a response of the API that says the row ended well.
  ///
  /// The data names the target's extension, where it has such.
  mutating func append(success message: String, _ outcome: Outcome, extensionID: UInt64? = nil) {
    append(",\"outcome\":\"")
    append(text: outcome.name)
    append("\",\"status\":200,\"message\":")
    append(json: message)
    guard let extensionID else { return append(",\"data\":{}") }
    append(",\"data\":{\"extensionId\":\"")
    append(decimal: extensionID)
    append("\"}")
  }

  /// Adds the outcome and a response of the API that says why it did not.
  mutating func append(failure error: APIError, _ message: String, _ outcome: Outcome) {
    append(openingOfFailure: error, outcome)
    append(json: message)
    append("}")
  }

  /// Adds what stands before the message of such a response.
  mutating func append(openingOfFailure error: APIError, _ outcome: Outcome) {
    append(",\"outcome\":\"")
    append(text: outcome.name)
    append("\",\"status\":")
    append(decimal: UInt64(error.status))
    append(",\"error\":{\"code\":\"")
    append(text: error.rawValue)
    append("\",\"message\":")
  }
}
