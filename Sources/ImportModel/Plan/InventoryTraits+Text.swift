import Bytes

extension InventoryTraits {
  /// Reads traits from an extension's type, status and e-mail address, each without outer spaces.
  ///
  /// Exports that have no type column describe people's extensions, and RingCentral writes a
  /// user's kind also as `User (Video Pro)`. Letter case does not matter.
  package init(type: Span<UInt8>, status: Span<UInt8>, email: Span<UInt8>) {
    self.init(
      isUserKind: type.isEmpty || type.equalsIgnoringCase("user")
        || type.startsIgnoringCase("user ("),
      isDisabled: status.equalsIgnoringCase("disabled") || status.equalsIgnoringCase("frozen"),
      hasHolder: !email.isEmpty
    )
  }
}
