/// A column that the importer understands, whatever an export calls it.
package enum Field: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  /// The MongoDB ObjectId of a user.
  case userID
  /// The phone extension: wanted by a user, or described by a row of an extensions export.
  case extensionNumber
  /// RingCentral's own id of an extension (`id`, `Mailbox ID`); only in extensions exports.
  case extensionID
  /// Given name.
  case firstName
  /// Family name.
  case lastName
  /// Whole name.
  case name
  /// E-mail address.
  case email
  /// Department.
  case department
  /// Job title.
  case jobTitle
  /// Kind of extension (`User`, `Department`, ...); only in extensions exports.
  case type
  /// `Enabled`, `Disabled`, `Unassigned`, ... of an extension or a user.
  case status
  /// Site or location.
  case site
  /// A first password; only where `--map` says so, and never recorded.
  case password
  /// A PIN for the voice mail; only where `--map` says so, and never recorded.
  case pin

  /// The name in reports and in `--map`.
  package var name: String { constantName.description }

  /// The same as constant text, which is added to a buffer at no cost.
  package var constantName: StaticString {
    switch self {
    case .userID: "userId"
    case .extensionNumber: "rcExtension"
    case .extensionID: "extensionId"
    case .firstName: "firstName"
    case .lastName: "lastName"
    case .name: "name"
    case .email: "email"
    case .department: "department"
    case .jobTitle: "jobTitle"
    case .type: "type"
    case .status: "status"
    case .site: "site"
    case .password: "password"
    case .pin: "pin"
    }
  }

  /// The fields of a user that are recorded beside the id and the extension, in stored order.
  package static let profile: [Field] = [
    .firstName, .lastName, .name, .email, .department, .jobTitle, .status, .site,
  ]

  /// The fields that say who a user is: a users export that has one introduces its users, while a
  /// mere list of assignments does not.
  package static let introduction: [Field] = [
    .firstName, .lastName, .name, .email, .department, .jobTitle,
  ]

  /// The fields of an extension that are recorded beside the number, in stored order.
  package static let inventory: [Field] = [.extensionID, .type, .status, .name, .email, .site]
}

/// What the rows of an input describe.
package enum InputKind: String, CaseIterable, Sendable {
  /// People, with the extension each should get, if any.
  case users
  /// Phone extensions that exist.
  case extensions
}
