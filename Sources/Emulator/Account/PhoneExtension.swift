/// An extension of the account, as far as giving it to somebody needs it.
package struct PhoneExtension: Hashable, Sendable {
  /// A place that extensions belong to.
  package struct Site: Hashable, Sendable {
    package let id: String
    package let name: String

    /// The site that every account has.
    package static let main = Site(id: "main-site", name: "Main Site")
  }

  /// An id under which another system knows the extension.
  package struct Reference: Hashable, Sendable {
    package let ref: String
    package let type: String
  }

  /// RingCentral's own id, which never changes.
  package let id: Int64
  package var type: ExtensionType
  package var status: ExtensionStatus
  /// The digits that are dialled; an unassigned extension has none.
  package var number: String?
  package var contact = Contact()
  package var site: Site?
  package var isHidden: Bool
  package var references: [Reference] = []
  /// How far its owner is with setting it up.
  var setupState = "NotStarted"

  /// Makes an extension; unassigned ones are hidden.
  package init(id: Int64, type: ExtensionType = .user, status: ExtensionStatus = .unassigned) {
    self.id = id
    self.type = type
    self.status = status
    isHidden = status == .unassigned
  }
}
