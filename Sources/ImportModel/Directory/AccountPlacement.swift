/// Which extension of an account a row's user gets, and how it becomes theirs.
package struct AccountPlacement: Hashable, Sendable {
  /// How the extension becomes as it should be.
  package enum Kind: String, Hashable, Sendable {
    /// It is nobody's and becomes the person's.
    case provision
    /// It is the person's already and gets another number.
    case renumber
    /// It is as it should be; nothing is sent.
    case keep
  }

  /// The account's id of the extension.
  package var extensionID: UInt64
  package var kind: Kind

  /// Makes it.
  package init(extensionID: UInt64, kind: Kind) {
    self.extensionID = extensionID
    self.kind = kind
  }
}

/// Unassigned extensions that an account lacks for the rows of a run.
package struct AccountShortage: Hashable, Sendable {
  /// The kind of extension, such as `User`.
  package var type: String
  /// The site that they must belong to; empty when any will do.
  package var site: String
  /// Rows that need one.
  package var neededCount: Int
  /// Extensions there are for them.
  package var freeCount: Int

  /// Makes it.
  package init(type: String, site: String, neededCount: Int, freeCount: Int) {
    self.type = type
    self.site = site
    self.neededCount = neededCount
    self.freeCount = freeCount
  }
}
