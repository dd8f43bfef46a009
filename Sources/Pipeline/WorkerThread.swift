import Dispatch
import Glibc
import Reports

/// A second thread of a run.
///
/// A run reads, decides and fails on the thread that began it, because only there does a signal end
/// the waiting for input. What it hands to this thread is computed or written beside that: the
/// signals that the program listens to are never delivered to threads of Dispatch.
final class WorkerThread: Companion {
  private let queue = DispatchQueue(label: "rcimport.worker")

  /// Makes one, or `nil` where there is one processor only and nothing would be won.
  static func beside() -> WorkerThread? {
    sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 ? WorkerThread() : nil
  }

  private init() {}

  func begin(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

  func wait() { queue.sync {} }

  /// Does pieces of work that have nothing to do with each other, at the same time where that is
  /// possible.
  static func concurrently(_ count: Int, _ work: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: work)
  }
}
