import NIOPosix

/// Threads of their own for imports, which compute and wait for their clients: neither the threads
/// that serve connections nor those of other tasks may do that.
final class ImportThreads: TaskExecutor {
  private let pool: NIOThreadPool

  /// Makes so many threads.
  init(count: Int) {
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    // A task always goes on: it must see that it was cancelled.
    pool.submit { _ in job.runSynchronously(on: executor) }
  }

  /// Ends the threads; no task may run on them any more.
  func shutdown() async throws { try await pool.shutdownGracefully() }
}
