import JSON

/// Where the account's resources are.
struct ExtensionAddress: Sendable {
  /// The account's id.
  let accountID: Int64
  /// The account's own address.
  let account: String

  init(origin: String, account: Int64) {
    accountID = account
    self.account = "\(origin)/restapi/v1.0/account/\(account)"
  }

  /// The list's address.
  var list: String { "\(account)/extension" }

  /// An extension's address.
  func address(of id: Int64) -> String { "\(list)/\(id)" }
}

/// Writes extensions as lists and single answers show them.
///
/// An unassigned extension shows little more than its id, type and status.
struct ExtensionJSON: Sendable {
  let address: ExtensionAddress
  /// Whether it is one extension's own answer, which says more than a list.
  let isWhole: Bool

  /// Writes one object.
  func write(_ shown: PhoneExtension, to writer: inout JSONWriter) {
    let uri = address.address(of: shown.id)
    writer.object { object in
      object.member("uri", uri)
      object.member("id", shown.id)
      if let number = shown.number { object.member("extensionNumber", number) }
      if !shown.contact.name.isEmpty { object.member("name", shown.contact.name) }
      object.member("type", shown.type.rawValue)
      object.member("status", shown.status.rawValue)
      object.member("hidden", shown.isHidden)
      if !shown.contact.isEmpty { writeContact(shown.contact, to: &object) }
      if let site = shown.site { writeSite(site, to: &object) }
      if !shown.references.isEmpty { writeReferences(shown.references, to: &object) }
      object.member("profileImage") { image in
        image.object { $0.member("uri", uri + "/profile-image") }
      }
      if isWhole {
        object.member("account") { account in
          account.object {
            $0.member("uri", address.account)
            $0.member("id", "\(address.accountID)")
          }
        }
        object.member("setupWizardState", shown.setupState)
      }
    }
  }

  private func writeContact(_ contact: Contact, to object: inout JSONWriter) {
    object.member("contact") { writer in
      writer.object {
        for member in Contact.Member.allCases {
          if let text = contact[member] { $0.member(member.rawValue, text) }
        }
      }
    }
  }

  private func writeSite(_ site: PhoneExtension.Site, to object: inout JSONWriter) {
    object.member("site") { writer in
      writer.object {
        $0.member("id", site.id)
        $0.member("name", site.name)
      }
    }
  }

  private func writeReferences(
    _ references: [PhoneExtension.Reference],
    to object: inout JSONWriter
  ) {
    object.member("references") { writer in
      writer.array { list in
        for reference in references {
          list.element {
            $0.object {
              $0.member("ref", reference.ref)
              $0.member("type", reference.type)
            }
          }
        }
      }
    }
  }
}
