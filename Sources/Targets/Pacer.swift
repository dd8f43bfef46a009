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
    var nextSlot: Time.Instant?
    var pauseEnd: Time.Instant?
  }

  private let clock: Time
  private let interval: Duration?
  private let state = Mutex(State())
  /// Whoever has it waits for its moment.
  private let turnstile = Turnstile()

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
  package var queueCount: Int { turnstile.queueCount }

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
    var hasWaited = try await turnstile.enter()
    defer { turnstile.leave() }
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
}
