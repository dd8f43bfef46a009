package import ImportModel

/// What a write does with the number that a user holds.
package enum NumberChange: Hashable, Sendable {
  case keep
  case clear
  case set(ExtensionNumber)
}

/// A user that is written.
package struct UserWrite: Sendable {
  package var id: ObjectID
  /// Whether the store does not know the user yet.
  package var isNew: Bool
  package var number: NumberChange
  /// The number that the user held before the run's first release; for the history, which looks
  /// it up itself where the number is kept.
  package var before: ExtensionNumber?
  package var origin: ChangeOrigin

  /// Makes it.
  package init(
    id: ObjectID,
    isNew: Bool,
    number: NumberChange,
    before: ExtensionNumber?,
    origin: ChangeOrigin
  ) {
    self.id = id
    self.isNew = isNew
    self.number = number
    self.before = before
    self.origin = origin
  }
}

/// An extension that is written; it has a number, or a RingCentral id, or both.
package struct ExtensionWrite: Sendable {
  package var number: ExtensionNumber?
  package var ringCentralID: UInt64?
  package var origin: ChangeOrigin

  /// Makes it.
  package init(number: ExtensionNumber?, ringCentralID: UInt64?, origin: ChangeOrigin) {
    self.number = number
    self.ringCentralID = ringCentralID
    self.origin = origin
  }
}

/// Writes the changes of one run.
///
/// A row is written by `begin`, a `set` for each value, `finish`. Values are copied when they are
/// set; nothing is allocated for a row. Each change is recorded in the history together with what
/// it overwrites. Ascending ids are fastest.
package protocol StoreWriter: AnyObject {
  /// The id of the run that is being recorded.
  var run: RunID { get }

  /// Says which profile fields the next users bring; other fields keep what is stored.
  func useProfile(_ fields: [Field]) throws(ImportError)

  /// Says which inventory fields the next extensions bring; other fields keep what is stored.
  func useInventory(_ fields: [Field]) throws(ImportError)

  /// Takes the number from a user.
  ///
  /// Every number that moves is released before any is given, so that swaps and chains work in any
  /// order; the user is then written with the number it had as `before`.
  func release(_ id: ObjectID) throws(ImportError)

  /// Begins to write a user.
  func begin(_ user: UserWrite) throws(ImportError)

  /// Begins to write an extension.
  ///
  /// The record with its RingCentral id is replaced, or else the one with its number if that has no
  /// other id; another record that has the number is removed. Without an id a known one is kept.
  func begin(_ phoneExtension: ExtensionWrite) throws(ImportError)

  /// Gives the text of a field, in valid UTF-8; fields in use that are not given are written empty.
  func set(_ field: Field, _ value: Span<UInt8>) throws(ImportError)

  /// Writes what was begun.
  ///
  /// - Throws: `tryAgainLater` when the store is not as `begin` says: the user known or not, the
  ///   number held by somebody else.
  func finish() throws(ImportError)
}
