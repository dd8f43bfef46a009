import Synchronization

/// The one gate that all requests of a run go through, in the order they come.
///
/// It lets them through evenly when a rate is given, and none at all while the target wants to be
/// left alone. One task at a time looks at the clock; the others queue behind it.
package final class Pacer<Time: Clock>: Sendable where Time.Duration == Duration {
  /// How long a target is left alone that does not say for how long.
  package static var defaultPause: Duration { .seconds(30) }

  /// What a late waking may catch up on; what is later, such as a machine that slept, is let go.
  private static var longestLag: Duration { .seconds(1) }

  private struct State {
    /// Whether a task has the gate: it waits for its moment.
    var isHeld = false
    var waiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    var nextID: UInt64 = 0
    var nextSlot: Time.Instant?
    var pauseEnd: Time.Instant?
  }

  private let clock: Time
  private let interval: Duration?
  private let state = Mutex(State())

  /// Makes a gate that is open.
  ///
  /// - Parameters:
  ///   - rate: the most requests in a time, or `nil` for as many as come.
  ///   - clock: a monotonic clock.
  package init(rate: Rate?, clock: Time) {
    interval = rate?.interval
    self.clock = clock
  }

  /// How long no request goes out from now on; `nil` when there is no pause.
  package var remainingPause: Duration? {
    guard let end = state.withLock({ $0.pauseEnd }) else { return nil }
    let rest = clock.now.duration(to: end)
    return rest > .zero ? rest : nil
  }

  /// How many tasks stand behind the one that waits for its moment.
  package var queueCount: Int { state.withLock { $0.waiters.count } }

  /// Lets no request out for a time; a longer pause that is in force stays.
  ///
  /// - Parameter wait: what the target asks for; `nil` when it does not say.
  package func pause(for wait: Duration?) {
    let end = clock.now.advanced(by: wait ?? Self.defaultPause)
    state.withLock { state in
      if let present = state.pauseEnd, present >= end { return }
      state.pauseEnd = end
    }
  }

  /// Waits until the next request may go out.
  package func permit() async throws(CancellationError) {
    let (id, isFree) = state.withLock { state in
      if state.isHeld {
        state.nextID += 1
        return (state.nextID, false)
      }
      state.isHeld = true
      return (0, true)
    }
    if !isFree {
      guard await queue(id) else { throw CancellationError() }
    }
    defer { passOn() }
    var hasWaited = !isFree
    while let moment = state.withLock({ state in Self.nextMoment(state) }), moment > clock.now {
      hasWaited = true
      do {
        try await clock.sleep(until: moment, tolerance: nil)
      } catch {
        throw CancellationError()
      }
    }
    if Task.isCancelled { throw CancellationError() }
    takeSlot(hasWaited: hasWaited)
  }

  /// When the next request may go out; `nil` for at once.
  private static func nextMoment(_ state: borrowing State) -> Time.Instant? {
    guard let slot = state.nextSlot else { return state.pauseEnd }
    guard let end = state.pauseEnd else { return slot }
    return max(slot, end)
  }

  /// Sets the moment of the request behind this one.
  ///
  /// A request that waited counts from the moment it was meant for: timers wake late, and the rate
  /// would suffer. One that came by itself counts from now, so that no burst follows a lull.
  private func takeSlot(hasWaited: Bool) {
    guard let interval else { return }
    let now = clock.now
    state.withLock { state in
      var base = now
      if hasWaited, let moment = Self.nextMoment(state),
        moment.duration(to: now) < Self.longestLag
      {
        base = moment
      }
      state.nextSlot = base.advanced(by: interval)
    }
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

  /// Gives the gate to the next in the queue.
  private func passOn() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      if state.waiters.isEmpty {
        state.isHeld = false
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
