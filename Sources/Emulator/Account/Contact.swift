/// What is known of the person or place behind an extension.
package struct Contact: Hashable, Sendable {
  /// One of its texts.
  package enum Member: String, CaseIterable, Sendable {
    case firstName, lastName, company, jobTitle, department, email, businessPhone, mobilePhone

    /// The most characters it may have.
    var maximumLength: Int { self == .email ? 254 : 64 }

    /// Its name in messages about an extension.
    var parameter: String { "contact.\(rawValue)" }
  }

  private var texts: [Member: String] = [:]

  /// Makes an empty contact.
  package init() {}

  /// A text, or `nil` when it is not set.
  ///
  /// Setting an empty text removes it.
  package subscript(member: Member) -> String? {
    get { texts[member] }
    set { texts[member] = newValue?.isEmpty == true ? nil : newValue }
  }

  /// Whether nothing is set.
  package var isEmpty: Bool { texts.isEmpty }

  /// First and last name.
  package var name: String {
    [self[.firstName], self[.lastName]].compactMap { $0 }.joined(separator: " ")
  }

  /// The address as it is compared with others.
  var emailKey: String? { self[.email]?.lowercased() }

  /// Whether a text can be an e-mail address: one at sign, a domain with a dot, no white space.
  static func isEmail(_ text: String) -> Bool {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !text.contains(where: \.isWhitespace) else {
      return false
    }
    let labels = sides[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
      && labels[labels.count - 1].allSatisfy(\.isLetter)
  }
}
