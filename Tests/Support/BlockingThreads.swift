import Dispatch
import Foundation
import Glibc
import Synchronization

/// Threads for work that blocks: it waits here for processes, locks and other threads.
///
/// The threads that serve Swift's tasks are as many as the machine has cores; when all of them
/// wait for something outside the process, every asynchronous test stands still.
package final class BlockingThreads: TaskExecutor {
  /// The threads of all tests.
  package static let shared = BlockingThreads(count: 4)

  /// How many pieces of work can wait at the same time.
  package let count: Int
  private let jobs = Mutex<[UnownedJob]>([])
  private let jobCount = DispatchSemaphore(value: 0)
  private let threads = Mutex<Set<pthread_t>>([])

  /// Makes threads that last as long as the process, whoever holds this object.
  package init(count: Int) {
    self.count = count
    for _ in 0..<count {
      Thread.detachNewThread { [self] in
        threads.withLock { _ = $0.insert(pthread_self()) }
        while true { runNext() }
      }
    }
  }

  /// Whether the caller is on one of these threads.
  package var isCurrent: Bool { threads.withLock { $0.contains(pthread_self()) } }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    jobCount.signal()
  }

  private func runNext() {
    jobCount.wait()
    let job = jobs.withLock { $0.removeFirst() }
    job.runSynchronously(on: asUnownedTaskExecutor())
  }
}
