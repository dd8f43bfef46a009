package import ImportModel
package import Stores

/// Records the steps of one run; what comes while it is writing goes into the next transaction.
///
/// A caller goes on only when its own steps are durable, so that no row is sent of which nothing is
/// written, and no more than those under way are in doubt after a kill.
package actor JournalWriter {
  private let write: @Sendable ([DeliveryRecord]) throws(ImportError) -> Void
  private var pending: [DeliveryRecord] = []
  private var followers: [CheckedContinuation<ImportError?, Never>] = []
  private var hasLeader = false
  /// What made writing impossible; nothing is tried again after it.
  package private(set) var failure: ImportError?

  /// Makes it.
  ///
  /// - Parameter write: makes steps durable, in their order, in one transaction.
  package init(_ write: @escaping @Sendable ([DeliveryRecord]) throws(ImportError) -> Void) {
    self.write = write
  }

  /// Records steps and returns when they are durable.
  func record(_ records: [DeliveryRecord]) async throws(ImportError) {
    if records.isEmpty { return }
    if let failure { throw failure }
    pending += records
    if hasLeader {
      let failure = await withCheckedContinuation { followers.append($0) }
      if let failure { throw failure }
      return
    }
    hasLeader = true
    // Others that wait for their turn add their steps first.
    await Task.yield()
    hasLeader = false
    let batch = pending
    let waiting = followers
    pending = []
    followers = []
    do throws(ImportError) {
      if let failure { throw failure }
      try write(batch)
    } catch {
      failure = failure ?? error
    }
    for follower in waiting { follower.resume(returning: failure) }
    if let failure { throw failure }
  }
}
