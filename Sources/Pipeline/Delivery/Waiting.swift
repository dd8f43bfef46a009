import Dispatch
import Synchronization

/// Lets a thread of its own wait for asynchronous work.
///
/// A run reads, asks and writes on the thread that began it, because only there does a signal end the
/// waiting for input; sending to a target is the one part of it that is asynchronous. The thread must
/// not be one of those that run tasks.
enum Waiting {
  private final class Result<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isReady = DispatchSemaphore(value: 0)
  }

  /// Does asynchronous work and waits until it is done.
  ///
  /// - Parameters:
  ///   - step: how often `meanwhile` is called.
  ///   - work: the work.
  ///   - meanwhile: called on the waiting thread.
  ///   - isCancelled: asked on the waiting thread; once it says so, the work is cancelled.
  /// - Returns: what the work gives.
  static func wait<Value: Sendable>(
    every step: Duration,
    for work: @escaping @Sendable () async -> Value,
    meanwhile: () -> Void = {},
    isCancelled: () -> Bool = { false }
  ) -> Value {
    let result = Result<Value>()
    let task = Task {
      let value = await work()
      result.value.withLock { $0 = value }
      result.isReady.signal()
    }
    let nanoseconds = Int(step / .nanoseconds(1))
    while result.isReady.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .timedOut {
      meanwhile()
      if isCancelled() { task.cancel() }
    }
    guard let value = result.value.withLock({ $0 }) else {
      preconditionFailure("work was done without a result")
    }
    return value
  }
}
