import ImportModel

/// What an answer to an update, or what an extension shows afterwards, means for its row.
enum ChangeAnswer {
  /// The sentence of the API for a row that is as it should be.
  static let success = "RingCentral extension updated successfully"

  /// The row is as it should be.
  static func done(_ number: ExtensionNumber? = nil) -> Attempt {
    .accepted(TargetAnswer(status: 200, message: success, number: number))
  }

  /// What an update that was not taken means.
  static func refusal(_ answer: PlatformAnswer) -> Attempt {
    let failure = answer.failure
    guard case .refused = failure, let problem = answer.problem else { return failure }
    if answer.status == 404, problem.concerns("extensionId") {
      return .unexpected(answer.said(reason: .conflictAtTarget))
    }
    if problem.code.hasPrefix("PWD-") || problem.code == "EXT-413"
      || problem.concerns("password", "ivrPin")
    {
      return .refused(answer.said(error: .validation, reason: .credentialsRefused))
    }
    if [400, 403, 409].contains(answer.status) {
      if problem.concerns("extensionNumber") {
        return .refused(answer.said(error: .validation, reason: .alreadyAssigned))
      }
      if problem.concerns("email") {
        return .refused(answer.said(error: .validation, reason: .emailTaken))
      }
    }
    return failure
  }

  /// What it means that an extension could not be read.
  static func unread(_ answer: PlatformAnswer) -> Attempt {
    let failure = answer.failure
    guard case .refused = failure else { return failure }
    let isGone = answer.status == 404 && answer.problem?.code == "CMN-102"
    return .unexpected(answer.said(reason: isGone ? .conflictAtTarget : nil))
  }
}

/// How an extension differs from what it should be.
struct ExtensionDifference: Hashable, Sendable {
  /// What it shows, for people; `nil` when all is as it should be.
  let text: String?
  /// Whether the address on it is the person's.
  let isPersons: Bool

  /// Compares.
  ///
  /// - Parameters:
  ///   - shown: the extension as the platform shows it.
  ///   - person: whose it should be.
  ///   - number: the number it should have; `nil` for any that a user can have.
  init(_ shown: AccountExtension, person: Person, number: ExtensionNumber?) {
    let wanted = EmailDigest.of(person.email)
    isPersons = wanted != 0 && EmailDigest.of(shown.email) == wanted
    var texts: [String] = []
    if shown.isUnassigned { texts.append("it is still Unassigned") }
    if let number {
      if shown.number != number.description { texts.append(Self.text("number", shown.number)) }
    } else if !shown.isUnassigned, ExtensionNumber(shown.number) == nil {
      texts.append(Self.text("number", shown.number))
    }
    if !isPersons { texts.append(Self.text("address", shown.email)) }
    text = texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  private static func text(_ name: String, _ value: String) -> String {
    value.isEmpty ? "it has no \(name)" : "its \(name) is \(value)"
  }
}
