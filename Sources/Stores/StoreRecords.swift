package import ImportModel

/// When a number was taken from a user, and from whom.
package struct NumberRelease: Hashable, Sendable {
  package var user: ObjectID
  /// The end of the run that took it, or the change that somebody asked for over the API.
  package var time: UTCTime

  /// Makes it.
  package init(user: ObjectID, time: UTCTime) {
    self.user = user
    self.time = time
  }
}

/// A user as stored.
package struct UserRecord: Hashable, Sendable {
  package var id: ObjectID
  package var extensionNumber: ExtensionNumber?
  /// A text for each field of `Field.profile`.
  package var values: [String]

  /// Makes it.
  package init(id: ObjectID, extensionNumber: ExtensionNumber?, values: [String]) {
    self.id = id
    self.extensionNumber = extensionNumber
    self.values = values
  }
}

/// An extension as stored.
package struct ExtensionRecord: Hashable, Sendable {
  package var number: ExtensionNumber?
  /// A text for each field of `Field.inventory`.
  package var values: [String]

  /// Makes it.
  package init(number: ExtensionNumber?, values: [String]) {
    self.number = number
    self.values = values
  }
}

/// Whether a store knows anybody and anything.
package struct StoreHoldings: Hashable, Sendable {
  package var hasUsers: Bool
  package var hasExtensions: Bool

  /// Makes it.
  package init(hasUsers: Bool, hasExtensions: Bool) {
    self.hasUsers = hasUsers
    self.hasExtensions = hasExtensions
  }
}

/// How much a store holds.
package struct StoreCounts: Hashable, Sendable {
  package var users: Int
  /// Users with an extension.
  package var assignments: Int
  package var extensions: Int
  package var runs: Int

  /// Makes it.
  package init(users: Int, assignments: Int, extensions: Int, runs: Int) {
    self.users = users
    self.assignments = assignments
    self.extensions = extensions
    self.runs = runs
  }
}
