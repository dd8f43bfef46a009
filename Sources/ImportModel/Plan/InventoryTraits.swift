/// What decides whether an extension can be given to somebody, packed beside its RingCentral id.
package struct InventoryTraits: Hashable, BitwiseCopyable, Sendable {
  /// Whether the kind of extension can belong to a person.
  package var isUserKind: Bool
  /// Whether it is switched off.
  package var isDisabled: Bool
  /// Whether an e-mail address on it says whose it is.
  package var hasHolder: Bool

  /// Makes traits.
  package init(isUserKind: Bool, isDisabled: Bool, hasHolder: Bool) {
    self.isUserKind = isUserKind
    self.isDisabled = isDisabled
    self.hasHolder = hasHolder
  }

  /// Reads traits from a plan row's low word.
  package init(packed: UInt32) {
    self.init(
      isUserKind: packed & 1 != 0,
      isDisabled: packed & 2 != 0,
      hasHolder: packed & 4 != 0
    )
  }

  /// The traits as a plan row's low word.
  package var packed: UInt32 {
    (isUserKind ? 1 : 0) | (isDisabled ? 2 : 0) | (hasHolder ? 4 : 0)
  }
}
