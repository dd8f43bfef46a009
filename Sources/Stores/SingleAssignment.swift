package import ImportModel

/// A change of one user's extension that somebody asks for over the API.
package struct SingleAssignment: Hashable, Sendable {
  package var user: ObjectID
  package var number: ExtensionNumber
  /// Who asks: the subject of the token.
  package var actor: String

  /// Makes it.
  package init(user: ObjectID, number: ExtensionNumber, actor: String) {
    self.user = user
    self.number = number
    self.actor = actor
  }
}

/// What became of a single assignment.
package enum SingleOutcome: Hashable, Sendable {
  /// The user has the extension now, in place of the one before.
  case applied(previous: ExtensionNumber?)
  /// The user had it already; nothing was written.
  case unchanged
  /// The store does not know the user.
  case userNotFound
  /// Somebody else has the extension.
  case taken(by: ObjectID)
  /// The store knows extensions, and this one is none that the user can get.
  case unavailable(ReasonCode)
}

/// A change that was made over the API.
package struct AuditRecord: Hashable, Sendable {
  package var time: UTCTime
  package var actor: String
  package var user: ObjectID
  package var before: ExtensionNumber?
  package var after: ExtensionNumber?

  /// Makes it.
  package init(
    time: UTCTime,
    actor: String,
    user: ObjectID,
    before: ExtensionNumber?,
    after: ExtensionNumber?
  ) {
    self.time = time
    self.actor = actor
    self.user = user
    self.before = before
    self.after = after
  }
}

/// Changes of single users, each on its own account.
package protocol SingleAssignments: AnyObject, Sendable {
  /// Makes changes in their order, in one transaction; each sees those before it.
  ///
  /// Every change is recorded with who asked for it. A number that somebody gave up this way counts
  /// as released (`lastRelease`).
  /// - Returns: an outcome for each.
  func assign(_ assignments: [SingleAssignment]) throws(ImportError) -> [SingleOutcome]

  /// The changes made this way, newest first.
  func audit(limit: Int) throws(ImportError) -> [AuditRecord]
}
