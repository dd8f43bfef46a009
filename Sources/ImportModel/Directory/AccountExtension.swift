/// A phone extension as the account it belongs to lists it, as far as it is given to somebody.
///
/// Only the id is always there: RingCentral lists an extension that is nobody's without a number, a
/// name or an address.
package struct AccountExtension: Hashable, Sendable {
  /// The account's own id of it, which never changes; numbers do.
  package var id: UInt64
  /// The number, empty when it has none; other kinds of extensions may have one digit.
  package var number: String
  /// The kind, such as `User` or `Department`, as the account writes it.
  package var type: String
  /// `Enabled`, `NotActivated`, `Unassigned`, ..., as the account writes it.
  package var status: String
  /// The name on it; empty when there is none.
  package var name: String
  /// The address on it; empty when there is none.
  package var email: String
  /// The name of its site; empty when the account does not say.
  package var site: String

  /// Makes it.
  package init(
    id: UInt64,
    number: String = "",
    type: String = "User",
    status: String,
    name: String = "",
    email: String = "",
    site: String = ""
  ) {
    self.id = id
    self.number = number
    self.type = type
    self.status = status
    self.name = name
    self.email = email
    self.site = site
  }

  /// Whether it is nobody's yet.
  package var isUnassigned: Bool { status == "Unassigned" }

  /// Whether extensions of a kind must not have a last name (EXT-356 of RingCentral's API).
  package static func forbidsLastName(_ type: String) -> Bool { type.lowercased() == "limited" }

  /// Whether it is switched off.
  package var isDisabled: Bool { status == "Disabled" || status == "Frozen" }
}
