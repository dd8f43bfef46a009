import ImportModel
import Synchronization

/// Which extensions are nobody's, as far as the last look tells.
///
/// A look is good for some minutes: others may give extensions away meanwhile, and none of theirs is
/// to be overwritten.
final class ExtensionPool<Time: Clock>: Sendable where Time.Duration == Duration {
  /// How long a look is good.
  static var lifetime: Duration { .seconds(300) }

  /// One look, known by when it is not good any more.
  struct Look: Sendable {
    fileprivate let end: Time.Instant
  }

  private struct State {
    var unassigned: Set<UInt64> = []
    var lookEnd: Time.Instant?
  }

  private let clock: Time
  private let work = SharedWork<CallFailure>()
  private let state = Mutex(State())

  init(clock: Time) { self.clock = clock }

  /// Whether the last look is still good.
  var isFresh: Bool {
    let now = clock.now
    return state.withLock { $0.lookEnd.map { now < $0 } ?? false }
  }

  /// Notes what a look that began at a moment found.
  func note(_ extensions: [AccountExtension], begun: Time.Instant) {
    state.withLock { state in
      state.unassigned = Set(extensions.lazy.filter(\.isUnassigned).map(\.id))
      state.lookEnd = begun.advanced(by: Self.lifetime)
    }
  }

  /// Looks again unless the last look is still good; several tasks share one.
  func refresh(with lister: ExtensionLister<Time>) async throws(CallFailure) {
    try await work.run(unless: { isFresh }, stopped: .stopped) { () async throws(CallFailure) in
      let begin = clock.now
      note(try await lister.list("status=Unassigned"), begun: begin)
    }
  }

  /// Takes an extension out, for it is about to be given to somebody.
  ///
  /// - Returns: the look that found it; `nil` when it is not there.
  func take(_ id: UInt64) -> Look? {
    state.withLock { state in
      guard let end = state.lookEnd, state.unassigned.remove(id) != nil else { return nil }
      return Look(end: end)
    }
  }

  /// Puts an extension back that was not given away after all, unless there was another look.
  func putBack(_ id: UInt64, _ look: Look) {
    state.withLock { state in
      if state.lookEnd == look.end { state.unassigned.insert(id) }
    }
  }
}
