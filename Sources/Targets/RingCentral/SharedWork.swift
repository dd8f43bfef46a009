import Synchronization

/// Work that several tasks need at the same time, and one of them does for all.
///
/// Whoever waited while it failed gets that failure, and does not try the same again.
final class SharedWork<Failure: Error>: Sendable {
  private struct State {
    var failureCount = 0
    var lastFailure: Failure?
  }

  private let turnstile = Turnstile()
  private let state = Mutex(State())

  /// Does the work, or waits for the one who does it.
  ///
  /// - Parameters:
  ///   - isDone: whether there is nothing to do (any more).
  ///   - stopped: what is thrown when the task is cancelled while it waits.
  ///   - work: the work.
  /// - Throws: what the work threw, here or for the one that was waited for.
  func run(
    unless isDone: () -> Bool,
    stopped: Failure,
    _ work: () async throws(Failure) -> Void
  ) async throws(Failure) {
    if isDone() { return }
    let failureCount = state.withLock { $0.failureCount }
    do { _ = try await turnstile.enter() } catch { throw stopped }
    defer { turnstile.leave() }
    if isDone() { return }
    let failure = state.withLock { $0.failureCount > failureCount ? $0.lastFailure : nil }
    if let failure { throw failure }
    do throws(Failure) {
      try await work()
    } catch {
      // Whoever was told to stop says nothing about the work.
      if !Task.isCancelled {
        state.withLock { state in
          state.failureCount += 1
          state.lastFailure = error
        }
      }
      throw error
    }
  }
}
