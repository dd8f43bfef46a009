package import ImportModel
package import Targets

/// Makes a target when rows are to be sent; whoever calls it closes the target.
package typealias Opening = @Sendable () throws(ImportError) -> any AssignmentTarget

/// Makes an account when it is looked at; whoever calls it closes the account.
package typealias AccountOpening = @Sendable () throws(ImportError) -> any ExtensionAccount

/// How the rows of a run are sent to a target outside the store.
package struct DeliverySettings: Sendable {
  /// What rows are sent to.
  enum Door: Sendable {
    /// A target that knows users by their ids.
    case users(Opening)
    /// The account of a phone system, which knows people by their addresses.
    case account(AccountAccess)
  }

  /// What the target is called in reports and in the store.
  package let name: String
  /// What the rows are sent to.
  let door: Door
  /// Requests under way at one time.
  package var concurrency = 16
  /// When a row is sent again.
  package var retries = RetryPolicy(retryCount: 5)
  /// The most requests in a time; `nil` for as fast as the target answers.
  package var rate: Rate?
  /// Extensions nobody has, over which swaps may go.
  package var spares: [ExtensionNumber] = []
  /// Whether rows that the store has already as they should be are left out.
  package var skipsUnchanged = false
  /// The run to go on with; `nil` to look for one that read the same inputs.
  package var resuming: Int64?
  /// The command's arguments, as JSON, and the folder they were given in, for going on later.
  package var arguments = "[]"
  package var directory = "/"

  /// Sends to a target with the usual settings.
  ///
  /// - Parameters:
  ///   - name: what it is called.
  ///   - open: makes it; never called in a dry run.
  package init(
    name: String,
    open: @escaping Opening
  ) {
    self.name = name
    door = .users(open)
  }

  /// Sends to the account of a phone system with the usual settings.
  package init(name: String, account: AccountAccess) {
    self.name = name
    door = .account(account)
  }

  /// The account, if it is one that the rows are sent to.
  var account: AccountAccess? {
    guard case .account(let access) = door else { return nil }
    return access
  }
}
