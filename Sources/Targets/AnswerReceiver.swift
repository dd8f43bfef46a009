import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// What came of a request: as much of an answer as there is.
struct Answer: Sendable {
  /// What came behind the head.
  enum Body: Sendable {
    case whole(ByteBuffer)
    /// More than is read of an answer; the connection was closed.
    case tooLong
    /// The rest never came.
    case cut
  }

  var head: HTTPResponseHead
  var body: Body
}

/// Collects one answer, up to a bound, and notes whether the request went out.
///
/// Called on the event loop of its request; the lock is for the task that looks at it afterwards.
final class AnswerReceiver: HTTPClientResponseDelegate {
  /// The answer has more bytes than are read.
  struct TooLong: Error {}

  private struct State {
    var isSent = false
    var head: HTTPResponseHead?
    var body = ByteBuffer()
    var isTooLong = false
  }

  private let state = Mutex(State())
  /// More bytes of a body are not read.
  private let maximumByteCount: Int

  init(maximumByteCount: Int) { self.maximumByteCount = maximumByteCount }

  /// Whether part of the request may have reached the other side.
  var isSent: Bool { state.withLock { $0.isSent } }

  /// What has come, when the request failed; `nil` without a head.
  var rest: Answer? {
    state.withLock { state in
      state.head.map { Answer(head: $0, body: state.isTooLong ? .tooLong : .cut) }
    }
  }

  func didSendRequestHead(task: HTTPClient.Task<Answer?>, _ head: HTTPRequestHead) {
    state.withLock { $0.isSent = true }
  }

  func didReceiveHead(
    task: HTTPClient.Task<Answer?>,
    _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    let isTooLong = state.withLock { state in
      state.head = head
      state.isTooLong = length > maximumByteCount
      return state.isTooLong
    }
    return completed(task, isTooLong: isTooLong)
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<Answer?>,
    _ part: ByteBuffer
  ) -> EventLoopFuture<Void> {
    let isTooLong = state.withLock { state in
      var part = part
      state.isTooLong = state.body.readableBytes + part.readableBytes > maximumByteCount
      if !state.isTooLong {
        if state.body.readableBytes == 0 {
          state.body = part
        } else {
          state.body.writeBuffer(&part)
        }
      }
      return state.isTooLong
    }
    return completed(task, isTooLong: isTooLong)
  }

  func didFinishRequest(task: HTTPClient.Task<Answer?>) -> Answer? {
    state.withLock { state in
      state.head.map { Answer(head: $0, body: .whole(state.body)) }
    }
  }

  /// A failed future ends the request and closes its connection.
  private func completed(
    _ task: HTTPClient.Task<Answer?>,
    isTooLong: Bool
  ) -> EventLoopFuture<Void> {
    isTooLong
      ? task.eventLoop.makeFailedFuture(TooLong()) : task.eventLoop.makeSucceededVoidFuture()
  }
}
