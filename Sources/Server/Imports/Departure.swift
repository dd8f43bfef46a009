import NIOCore
import Synchronization

/// Notices that the client of a connection goes away while its request is worked on.
///
/// A client that only closes its own direction counts as gone: one that was ended looks the same,
/// and nothing is written to it for long that would tell them apart.
final class Departure: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = Any

  private enum State {
    case present(then: [@Sendable () -> Void])
    case gone
  }

  private let state = Mutex(State.present(then: []))

  /// Does something when the client goes; at once when it is gone.
  func whenGone(_ action: @escaping @Sendable () -> Void) {
    let isGone = state.withLock { state in
      guard case .present(let actions) = state else { return true }
      state = .present(then: actions + [action])
      return false
    }
    if isGone { action() }
  }

  /// Whether the client is gone.
  var isGone: Bool { state.withLock { if case .gone = $0 { true } else { false } } }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed = event as? ChannelEvent { leave() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  private func leave() {
    let actions: [@Sendable () -> Void] = state.withLock { state in
      guard case .present(let actions) = state else { return [] }
      state = .gone
      return actions
    }
    for action in actions { action() }
  }
}
