/// How a run comes to the account of a phone system.
package struct AccountAccess: Sendable {
  /// The kind of extension that people get.
  package var type = "User"
  let open: AccountOpening
  /// Makes the target that records what the account took; `nil` when the store alone does.
  let then: Opening?

  /// Makes it.
  ///
  /// - Parameters:
  ///   - open: makes the account; in a dry run only called when no input describes its extensions.
  ///   - then: makes a second target; never called in a dry run.
  package init(
    open: @escaping AccountOpening,
    then: Opening? = nil
  ) {
    self.open = open
    self.then = then
  }
}
