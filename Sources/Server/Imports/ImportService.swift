import ServiceLifecycle
import Synchronization

/// Runs imports on threads of their own, so many at a time as the limits allow.
///
/// An import belongs to the service, not to the request that brought it: one that was applied keeps
/// its report even when its client is gone.
final class ImportService: Service {
  private let maximumCount: Int
  /// Imports that are received, wait or run.
  private let count = Mutex(0)
  private let jobs: AsyncStream<ImportJob>
  private let source: AsyncStream<ImportJob>.Continuation

  /// Makes a service that does not run yet.
  init(_ limits: ServerLimits) {
    maximumCount = limits.maximumImportCount
    (jobs, source) = AsyncStream.makeStream()
  }

  /// Takes one of the places for imports, to be given back by `leave`, or by the end of a job that
  /// was started.
  ///
  /// - Returns: `false` when all are taken.
  func enter() -> Bool {
    count.withLock { count in
      guard count < maximumCount else { return false }
      count += 1
      return true
    }
  }

  /// Gives a place back.
  func leave() { count.withLock { $0 -= 1 } }

  /// Starts a job that has a place.
  func start(_ job: ImportJob) {
    if case .terminated = source.yield(job) {
      job.refuse()
      leave()
    }
  }

  /// Runs jobs until the server was told to stop and the last one ended.
  func run() async throws {
    let threads = ImportThreads(count: maximumCount)
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for await job in jobs {
          group.addTask(executorPreference: threads) {
            await job.run()
            self.leave()
          }
        }
      }
    } onGracefulShutdown: {
      self.source.finish()
    }
    source.finish()
    try await threads.shutdown()
  }
}
