import AsyncHTTPClient
import NIOCore
import NIOSSL

/// What came of a request.
enum Exchange: Sendable {
  /// An answer, whose body is whole unless it is too long.
  case answered(Answer)
  /// No whole answer, for this reason; the head of one may have come.
  case broken(Attempt, rest: Answer?)
}

/// Sends requests to one service over connections that are kept (HTTP/1.1).
///
/// Redirects are not followed, so that a token goes nowhere else, and no proxy is used. A request is
/// never sent twice by itself.
struct HTTPSender: Sendable {
  private let client: HTTPClient
  private let failure: TransportFailure

  /// Makes it without any connection yet; `close` must be called in the end.
  ///
  /// - Parameters:
  ///   - host: the service, for messages.
  ///   - connectTimeout: how long making a connection may take, with its TLS handshake.
  ///   - timeout: how long a request may take in all.
  ///   - concurrency: the most connections at one time.
  init(host: String, connectTimeout: Duration, timeout: Duration, concurrency: Int) {
    failure = TransportFailure(host: host, connectTimeout: connectTimeout, timeout: timeout)
    // One loop for all connections: nothing hops between threads on the way of a request.
    client = HTTPClient(
      eventLoopGroup: HTTPClient.defaultEventLoopGroup.any(),
      configuration: Self.configuration(connectTimeout, concurrency)
    )
  }

  /// Sends a request and reads its answer; cancellation ends both.
  ///
  /// - Parameters:
  ///   - request: what is sent.
  ///   - maximumByteCount: the most bytes of the answer's body.
  ///   - timeout: how long it may take in all, if that is not the usual time.
  /// - Returns: the answer, or why there is none.
  func send(
    _ request: HTTPClient.Request,
    maximumByteCount: Int,
    timeout: Duration? = nil
  ) async -> Exchange {
    if Task.isCancelled { return stopped }
    let receiver = AnswerReceiver(maximumByteCount: maximumByteCount)
    let task = client.execute(
      request: request,
      delegate: receiver,
      deadline: .now() + TimeAmount(timeout ?? failure.timeout)
    )
    do {
      let answer = try await withTaskCancellationHandler {
        try await task.get()
      } onCancel: {
        task.fail(reason: TransportFailure.Stopped())
      }
      guard let answer else { preconditionFailure("a request ended well without an answer") }
      return .answered(answer)
    } catch {
      if let rest = receiver.rest, case .tooLong = rest.body { return .answered(rest) }
      let isStopped = error is TransportFailure.Stopped
      return .broken(
        failure.attempt(error, isSent: receiver.isSent),
        rest: isStopped ? nil : receiver.rest
      )
    }
  }

  /// What comes of a request that is not to be sent any more.
  var stopped: Exchange {
    .broken(failure.attempt(TransportFailure.Stopped(), isSent: false), rest: nil)
  }

  /// Closes the connections.
  func close() async {
    // It only fails when it is closed already, which is what is wanted.
    try? await client.shutdown()
  }

  private static func configuration(
    _ connectTimeout: Duration,
    _ concurrency: Int
  ) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectTimeout))
    )
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = concurrency
    // Whether to try again is decided for the whole run, above.
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }
}
