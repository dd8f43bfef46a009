import Synchronization

/// Lets requests out so that no usage group goes over its limit, as far as its answers tell it.
///
/// Whoever goes over a limit is shut out for a penalty that every further request begins anew:
/// while a group is to be silent, none of its requests goes out.
package final class UsageLimiter<Time: Clock>: Sendable where Time.Duration == Duration {
  typealias Instant = Time.Instant

  /// What came of asking for permits.
  package enum Taking: Hashable, Sendable {
    case taken([UsagePermit])
    /// Nothing was taken; asking again makes no sense before this time is over.
    case wait(Duration)
  }

  private struct State {
    var ledger = UsageLedger<Instant>()
    /// Who waits in `permit`, and in which group.
    var waiters: [(id: UInt64, call: UsageCall)] = []
    /// Those of them that wait for the end of a request.
    var sleepers: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var nextID: UInt64 = 0
  }

  /// When to ask again for what only the end of another request opens.
  static var shortWait: Duration { .milliseconds(50) }

  private let clock: Time
  private let state = Mutex(State())

  /// Makes a limiter that knows nothing of the limits yet.
  package init(clock: Time) { self.clock = clock }

  /// What was said of the limit of a call's group.
  package func report(of call: UsageCall) -> UsageReport? {
    state.withLock { $0.ledger.report(of: call) }
  }

  /// Takes leave for requests that go out now, all of them or none.
  package func take(_ calls: [UsageCall]) -> Taking {
    let now = clock.now
    return state.withLock { state in
      switch state.ledger.opening(calls, at: now) {
      case .at(let moment): return .wait(now.duration(to: moment))
      case .later: return .wait(Self.shortWait)
      case .now:
        let names = Set(calls.map { state.ledger.name(of: $0) })
        let isAwaited = state.waiters.contains { names.contains(state.ledger.name(of: $0.call)) }
        if isAwaited { return .wait(Self.shortWait) }
        return .taken(calls.map { state.ledger.begin($0, at: now) })
      }
    }
  }

  /// Waits for leave for one request, before all that only `take`.
  package func permit(_ call: UsageCall) async throws(CancellationError) -> UsagePermit {
    let id = state.withLock { state in
      state.nextID += 1
      state.waiters.append((state.nextID, call))
      return state.nextID
    }
    defer { state.withLock { state in state.waiters.removeAll { $0.id == id } } }
    while true {
      if Task.isCancelled { throw CancellationError() }
      let now = clock.now
      let (permit, moment) = state.withLock { state -> (UsagePermit?, Instant?) in
        switch state.ledger.opening([call], at: now) {
        case .now: (state.ledger.begin(call, at: now), nil)
        case .at(let moment): (nil, moment)
        case .later: (nil, nil)
        }
      }
      if let permit { return permit }
      if let moment {
        do { try await clock.sleep(until: moment, tolerance: nil) } catch {
          throw CancellationError()
        }
      } else {
        await sleep(id, call)
      }
    }
  }

  /// Notes how a request ended.
  ///
  /// - Returns: how long nothing is sent in its group from now on, if the answer asked for it.
  @discardableResult package func end(_ permit: UsagePermit, _ ending: UsageEnding) -> Duration? {
    let now = clock.now
    let (silence, sleepers) = state.withLock { state in
      let silence = state.ledger.end(permit, ending, at: now)
      defer { state.sleepers = [:] }
      return (silence, Array(state.sleepers.values))
    }
    for sleeper in sleepers { sleeper.resume() }
    return silence
  }

  /// Sleeps until a request ends, unless its call can go out meanwhile.
  private func sleep(_ id: UInt64, _ call: UsageCall) async {
    let now = clock.now
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isAwake = state.withLock { state in
          if Task.isCancelled || state.ledger.opening([call], at: now) != .later { return true }
          state.sleepers[id] = continuation
          return false
        }
        if isAwake { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.resume()
    }
  }
}
