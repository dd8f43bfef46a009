import Synchronization

/// Leave for calls that was taken before it is needed; what is not used in the end is given back.
final class ReservedCalls<Time: Clock>: Sendable where Time.Duration == Duration {
  private let limiter: UsageLimiter<Time>
  private let permits: Mutex<[UsagePermit]>

  init(_ permits: [UsagePermit], _ limiter: UsageLimiter<Time>) {
    self.permits = Mutex(permits)
    self.limiter = limiter
  }

  /// Takes what was reserved, or waits for leave when there is nothing (more) of the kind.
  func take(_ call: UsageCall) async throws(CallFailure) -> UsagePermit {
    let reserved = permits.withLock { permits in
      permits.firstIndex { $0.call == call }.map { permits.remove(at: $0) }
    }
    if let reserved { return reserved }
    do { return try await limiter.permit(call) } catch { throw .stopped }
  }

  /// Gives back what there is of a kind, or all of it.
  func giveBack(_ call: UsageCall? = nil) {
    let rest = permits.withLock { permits in
      let rest = permits.filter { call == nil || $0.call == call }
      permits.removeAll { call == nil || $0.call == call }
      return rest
    }
    for permit in rest { limiter.end(permit, .notSent) }
  }
}
