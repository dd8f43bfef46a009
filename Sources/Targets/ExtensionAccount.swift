package import ImportModel

/// The account of a phone system, whose extensions are given to people.
///
/// It is looked at once before anything is planned; then its target makes the changes that follow.
/// All requests of one account go through the same token and the same limits.
package protocol ExtensionAccount: Sendable {
  /// What it is called in reports and in the store: its address, without any secret.
  var name: String { get }

  /// Lists all its extensions, of all kinds and states, each once.
  ///
  /// Waits for its limits and tries again after failures that pass; cancellation ends it.
  /// - Parameter progress: told how many have come, and of how many if the account says.
  /// - Returns: what there is.
  /// - Throws: `notAuthorized`, `targetUnreachable`, `tryAgainLater` or `interrupted`.
  func look(
    _ progress: @escaping @Sendable (_ count: Int, _ total: Int?) -> Void
  ) async throws(ImportError) -> AccountLook

  /// Makes the target that changes extensions; closing it does not close the account.
  ///
  /// - Parameter changes: what is to be done for each user that will be assigned an extension.
  /// - Returns: the target, which knows no other users.
  func target(_ changes: [ObjectID: ExtensionChange]) -> any AssignmentTarget

  /// Closes what is open; nothing may be asked of it afterwards.
  func close() async
}

/// What an account has, at one moment.
package struct AccountLook: Sendable {
  package var extensions: [AccountExtension]
  /// How many changes in a time the account takes, as it said itself; `nil` when it did not.
  package var pace: Rate?

  /// Makes it.
  package init(extensions: [AccountExtension], pace: Rate? = nil) {
    self.extensions = extensions
    self.pace = pace
  }
}

/// What is done to one extension, so that a person has it.
package struct ExtensionChange: Hashable, Sendable {
  /// How the extension becomes as it should be.
  package typealias Kind = AccountPlacement.Kind

  /// The account's id of the extension.
  package var extensionID: UInt64
  package var kind: Kind
  /// Who gets it.
  package var person: Person

  /// Makes it.
  package init(extensionID: UInt64, kind: Kind, person: Person) {
    self.extensionID = extensionID
    self.kind = kind
    self.person = person
  }
}

/// What an account is told of a person.
package struct Person: Hashable, Sendable {
  package var firstName: String
  /// Empty for the kinds of extensions that must not have one.
  package var lastName: String
  package var email: String
  /// Empty when it is not known.
  package var department: String
  /// Empty when it is not known.
  package var jobTitle: String
  /// The first password, if the input gives one.
  package var password: Secret?
  /// The PIN of the voice mail, if the input gives one.
  package var pin: Secret?

  /// Makes it.
  package init(
    firstName: String,
    lastName: String,
    email: String,
    department: String = "",
    jobTitle: String = "",
    password: Secret? = nil,
    pin: Secret? = nil
  ) {
    self.firstName = firstName
    self.lastName = lastName
    self.email = email
    self.department = department
    self.jobTitle = jobTitle
    self.password = password
    self.pin = pin
  }
}
