/// What a store knows of a phone extension, as far as a plan needs it.
package struct KnownExtension: Equatable, Sendable {
  /// The number, unless the extension has none yet.
  package var number: ExtensionNumber?
  /// RingCentral's own id, when an export gave it.
  package var ringCentralID: UInt64?
  /// What decides whether it can be given to somebody.
  package var traits: InventoryTraits
  /// A `RecordDigest` of the stored values of the fields asked for.
  package var digest: UInt64
  /// The kind of extension, as the export had it.
  package var type: String
  /// The e-mail address on it; empty when it is free.
  package var email: String

  /// Makes what is known.
  package init(
    number: ExtensionNumber?,
    ringCentralID: UInt64?,
    traits: InventoryTraits,
    digest: UInt64,
    type: String,
    email: String
  ) {
    self.number = number
    self.ringCentralID = ringCentralID
    self.traits = traits
    self.digest = digest
    self.type = type
    self.email = email
  }
}
