package import ImportModel
import Synchronization

/// A RingCentral account, over its REST API.
package struct RingCentralAccount<Time: Clock>: ExtensionAccount
where Time.Duration == Duration {
  /// The base address.
  package let name: String
  private let client: PlatformClient<Time>
  private let pool: ExtensionPool<Time>
  private let retries: RetryPolicy

  /// Makes it without any connection yet; `close` must be called in the end.
  ///
  /// - Parameters:
  ///   - settings: where it is, and who asks.
  ///   - clock: a monotonic clock, which goes on while the machine sleeps.
  ///   - retries: how often looking is tried again after failures that pass.
  ///   - now: the seconds since 1970 by the wall clock, for the dates of `Retry-After`.
  package init(
    _ settings: RingCentralSettings,
    clock: Time,
    retries: RetryPolicy = RetryPolicy(retryCount: 5),
    now: @escaping @Sendable () -> Int64 = AdminAPITarget.wallClock
  ) {
    let sender = HTTPSender(
      host: settings.baseAddress.host,
      connectTimeout: settings.connectTimeout,
      timeout: settings.timeout,
      concurrency: settings.concurrency
    )
    let limiter = UsageLimiter(clock: clock)
    name = settings.baseAddress.description
    pool = ExtensionPool(clock: clock)
    self.retries = retries
    client = PlatformClient(
      settings: settings,
      sender: sender,
      limiter: limiter,
      signIn: SignIn(settings, sender: sender, limiter: limiter, clock: clock, now: now),
      clock: clock,
      now: now
    )
  }

  package func look(
    _ progress: @escaping @Sendable (_ count: Int, _ total: Int?) -> Void
  ) async throws(ImportError) -> AccountLook {
    let begin = client.clock.now
    let extensions: [AccountExtension]
    do throws(CallFailure) {
      extensions = try await ExtensionLister(
        client: client,
        retries: retries,
        progress: progress
      )
      .list()
    } catch {
      if Task.isCancelled {
        throw ImportError(.interrupted, "stopped while the account was looked at")
      }
      throw error.importError
    }
    pool.note(extensions, begun: begin)
    return AccountLook(
      extensions: extensions,
      pace: client.limiter.report(of: .update)?.rate
    )
  }

  package func target(_ changes: [ObjectID: ExtensionChange]) -> any AssignmentTarget {
    ExtensionTarget(changes, name: name, client: client, pool: pool)
  }

  /// Gives the token back and closes the connections.
  package func close() async {
    await client.signIn.revoke()
    await client.sender.close()
  }
}

extension RingCentralAccount where Time == ContinuousClock {
  /// Makes it for the machine's own time.
  package init(_ settings: RingCentralSettings) { self.init(settings, clock: ContinuousClock()) }
}
