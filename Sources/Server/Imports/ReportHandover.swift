import NIOCore
import Synchronization

/// Hands pieces of a report from the thread that makes it to the task that sends it.
///
/// The thread waits while two pieces wait to be taken, so that a report takes no more memory than a
/// few pieces however slowly its client reads.
final class ReportHandover: Sendable {
  /// What stands between both sides; its functions say what is to be done outside the lock.
  private struct State {
    var pieces: [ByteBuffer] = []
    /// The task, waiting for a piece.
    var taker: CheckedContinuation<ByteBuffer?, Never>?
    /// Ends the thread's wait.
    var room: EventLoopPromise<Void>?
    /// Whether all pieces were given.
    var isComplete = false
    /// Whether nobody takes pieces any more.
    var isClosed = false
    /// How many pieces were taken.
    var takenCount = 0
  }

  private static let maximumWaitingCount = 2

  private let state = Mutex(State())
  private let eventLoop: any EventLoop

  /// Makes one without pieces; the event loop only serves to end waits.
  init(on eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  // MARK: - The thread's side

  /// Gives a piece, and waits when two wait already; not to be called on an event loop.
  ///
  /// - Returns: whether somebody still takes pieces.
  func give(_ piece: ByteBuffer) -> Bool {
    let (taker, room) = state.withLock {
      state -> (CheckedContinuation<ByteBuffer?, Never>?, EventLoopFuture<Void>?) in
      guard !state.isClosed else { return (nil, nil) }
      if let taker = state.taker {
        state.taker = nil
        state.takenCount += 1
        return (taker, nil)
      }
      state.pieces.append(piece)
      guard state.pieces.count >= Self.maximumWaitingCount else { return (nil, nil) }
      let room = eventLoop.makePromise(of: Void.self)
      state.room = room
      return (nil, room.futureResult)
    }
    taker?.resume(returning: piece)
    // The promise is only ever fulfilled, never failed.
    try? room?.wait()
    return state.withLock { !$0.isClosed }
  }

  /// Says that all pieces were given.
  func complete() {
    let taker = state.withLock { state in
      state.isComplete = true
      defer { state.taker = nil }
      return state.taker
    }
    taker?.resume(returning: nil)
  }

  // MARK: - The task's side

  /// Takes the next piece; `nil` when there will be none.
  func take() async -> ByteBuffer? {
    await withCheckedContinuation { continuation in
      let (piece, room) = state.withLock { state -> (ByteBuffer??, EventLoopPromise<Void>?) in
        guard let piece = state.pieces.first else {
          if state.isComplete || state.isClosed { return (.some(nil), nil) }
          state.taker = continuation
          return (nil, nil)
        }
        state.pieces.removeFirst()
        state.takenCount += 1
        defer { state.room = nil }
        return (piece, state.room)
      }
      room?.succeed()
      if let piece { continuation.resume(returning: piece) }
    }
  }

  /// Gives up on the rest; the thread does not wait any more.
  ///
  /// May be called from anywhere, again and again.
  func close() {
    let (taker, room) = state.withLock { state in
      state.isClosed = true
      state.pieces = []
      defer {
        state.taker = nil
        state.room = nil
      }
      return (state.taker, state.room)
    }
    room?.succeed()
    taker?.resume(returning: nil)
  }

  /// Pieces taken so far while others wait; `nil` when none waits.
  var takenCountWhilePiecesWait: Int? {
    state.withLock { $0.pieces.isEmpty ? nil : $0.takenCount }
  }
}
