/// What differs between accounts.
package struct AccountRules: Sendable {
  /// The most digits of a number, 3 to 8.
  package var maximumNumberLength = 8
  /// Whether people sign in elsewhere, so that passwords cannot be written.
  package var usesSingleSignOn = false
  /// Whether an address may stand on one extension only.
  package var wantsUniqueEmails = true
  /// The status of the answer about a number that somebody has: 400 or 409.
  ///
  /// Which of them RingCentral gives is not documented.
  package var takenNumberStatus = 400
  /// Whether the bulk update provisions unassigned extensions, which is not documented either.
  package var bulkProvisions = false

  /// The rules when nothing else is said.
  package init() {}
}
