import Synchronization

/// Lets one task through at a time, in the order they come.
final class Turnstile: Sendable {
  private struct State {
    var isHeld = false
    var waiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    var nextID: UInt64 = 0
  }

  private let state = Mutex(State())

  /// How many tasks wait for the one that is inside.
  var queueCount: Int { state.withLock { $0.waiters.count } }

  /// Waits for its turn; whoever came in must leave.
  ///
  /// - Returns: whether it had to wait.
  /// - Throws: when the task is cancelled while it waits; then it is not inside.
  func enter() async throws(CancellationError) -> Bool {
    let id: UInt64? = state.withLock { state in
      if state.isHeld {
        state.nextID += 1
        return state.nextID
      }
      state.isHeld = true
      return nil
    }
    guard let id else { return false }
    guard await queue(id) else { throw CancellationError() }
    return true
  }

  /// Lets the next one in.
  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      if state.waiters.isEmpty {
        state.isHeld = false
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: true)
  }

  /// Stands in the queue; `false` when the task was cancelled.
  private func queue(_ id: UInt64) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = state.withLock { state in
          if Task.isCancelled { return false }
          guard state.isHeld else {
            state.isHeld = true
            return true
          }
          state.waiters.append((id, continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: false)
    }
  }
}
