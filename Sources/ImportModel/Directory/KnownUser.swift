/// What a store knows of a user, as far as a plan needs it.
package struct KnownUser: Equatable, Sendable {
  /// The extension the user has.
  package var extensionNumber: ExtensionNumber?
  /// A `RecordDigest` of the stored values of the fields asked for.
  package var digest: UInt64
  /// Whether the stored status says that the user is switched off.
  package var isDisabled: Bool

  /// Makes what is known.
  package init(extensionNumber: ExtensionNumber?, digest: UInt64, isDisabled: Bool) {
    self.extensionNumber = extensionNumber
    self.digest = digest
    self.isDisabled = isDisabled
  }
}
