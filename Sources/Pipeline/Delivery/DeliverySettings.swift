package import ImportModel
package import Targets

/// How the rows of a run are sent to a target outside the store.
package struct DeliverySettings: Sendable {
  /// What the target is called in reports and in the store.
  package let name: String
  /// Makes the target when rows are to be sent; whoever calls it closes the target.
  let open: @Sendable () throws(ImportError) -> any AssignmentTarget
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
    open: @escaping @Sendable () throws(ImportError) -> any AssignmentTarget
  ) {
    self.name = name
    self.open = open
  }
}
