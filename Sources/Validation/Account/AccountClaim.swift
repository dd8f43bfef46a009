package import ImportModel

/// What a row says of the person who is to get an extension of an account.
package struct AccountClaim: Sendable {
  /// The row, as its index in the plan.
  package var row: Int
  package var firstName: String
  package var lastName: String
  package var email: String
  /// The site that the person belongs to; empty when the row does not say.
  package var site: String

  /// Makes it; all texts are without outer spaces.
  package init(row: Int, firstName: String, lastName: String, email: String, site: String) {
    self.row = row
    self.firstName = firstName
    self.lastName = lastName
    self.email = email
    self.site = site
  }

  /// Whether a row asks the account for an extension.
  package static func isMade(by row: PlanRow, _ rules: Rules) -> Bool {
    guard row.flags.contains(.hasID),
      !row.flags.hasAny(of: [.rejected, .repeated, .recordsOnly, .clears])
    else { return false }
    return row.extensionNumber != nil || rules.takesNextNumbers
  }

  /// The texts that RingCentral demands of a person who gets an extension of a kind, with the most
  /// characters of each.
  func texts(for type: String) -> [(field: Field, text: String, limit: Int)] {
    let lastName: (Field, String, Int)? =
      AccountExtension.forbidsLastName(type) ? nil : (.lastName, self.lastName, 64)
    return [(.firstName, firstName, 64)] + [lastName].compactMap(\.self) + [(.email, email, 254)]
  }
}
