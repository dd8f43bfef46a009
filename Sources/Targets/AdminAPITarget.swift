import AsyncHTTPClient
import Glibc
package import ImportModel
import NIOCore
import NIOHTTP1
import NIOSSL

/// The admin API: an HTTP endpoint that gives one user one extension (`PUT
/// /user/update-rcextension`).
///
/// Connections are kept and used again (HTTP/1.1). Redirects are not followed, so that the token
/// goes nowhere else, and no proxy is used. A request is never sent twice by itself.
package struct AdminAPITarget: AssignmentTarget {
  private let client: HTTPClient
  /// All but the body of every request.
  private let template: HTTPClient.Request
  private let reader: AnswerReader
  private let failure: TransportFailure
  private let timeout: TimeAmount

  /// The base address.
  package let name: String

  /// Makes the target without any connection yet; `close` must be called in the end.
  ///
  /// - Parameters:
  ///   - settings: where it is, and how it is called.
  ///   - now: the seconds since 1970 by the wall clock, for the dates of `Retry-After`.
  /// - Throws: `ImportError` of the kind `configuration` when the address cannot be used.
  package init(
    _ settings: AdminAPISettings,
    now: @escaping @Sendable () -> Int64 = Self.wallClock
  ) throws(ImportError) {
    let headers: HTTPHeaders = [
      "Authorization": "Bearer \(settings.token.text)",
      "Content-Type": "application/json",
      "Accept": "application/json",
      "User-Agent": "rcimport",
    ]
    do {
      template = try HTTPClient.Request(
        url: settings.baseAddress.description + settings.path,
        method: HTTPMethod(rawValue: settings.method.rawValue),
        headers: headers
      )
    } catch {
      throw ImportError(
        .configuration,
        "the address of the target cannot be used: \(settings.baseAddress)"
      )
    }
    name = settings.baseAddress.description
    reader = AnswerReader(token: settings.token, now: now)
    failure = TransportFailure(settings: settings)
    timeout = TimeAmount(settings.timeout)
    // One loop for all connections: nothing hops between threads on the way of a request.
    client = HTTPClient(
      eventLoopGroup: HTTPClient.defaultEventLoopGroup.any(),
      configuration: Self.configuration(settings)
    )
  }

  package func assign(_ assignment: Assignment) async -> Attempt {
    if Task.isCancelled { return failure.attempt(TransportFailure.Stopped(), isSent: false) }
    var request = template
    guard let number = assignment.number else {
      preconditionFailure("the admin API chooses no extensions")
    }
    request.body = .byteBuffer(Self.body(assignment.user, number))
    let receiver = AnswerReceiver()
    let task = client.execute(request: request, delegate: receiver, deadline: .now() + timeout)
    do {
      let answer = try await withTaskCancellationHandler {
        try await task.get()
      } onCancel: {
        task.fail(reason: TransportFailure.Stopped())
      }
      guard let answer, let attempt = reader.attempt(answer) else {
        preconditionFailure("a request ended well without an answer")
      }
      return attempt
    } catch {
      // A status that says enough counts even when the body is cut.
      if !(error is TransportFailure.Stopped), let rest = receiver.rest,
        let attempt = reader.attempt(rest)
      {
        return attempt
      }
      return failure.attempt(error, isSent: receiver.isSent)
    }
  }

  package func close() async {
    // It only fails when it is closed already, which is what is wanted.
    try? await client.shutdown()
  }

  /// The seconds since 1970 by the clock of the machine.
  package static let wallClock: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
  }

  private static func configuration(_ settings: AdminAPISettings) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls,
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(settings.connectTimeout))
    )
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.concurrency
    // Whether to try again is decided for the whole run, above.
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }

  /// `{"payload":{"userId":"64b7f1a2e4b0a5d3f9c12345","rcExtension":"1234"}}`.
  private static func body(_ user: ObjectID, _ number: ExtensionNumber) -> ByteBuffer {
    var body = ByteBufferAllocator().buffer(capacity: 96)
    body.writeStaticString(#"{"payload":{"userId":""#)
    body.writeString(user.description)
    body.writeStaticString(#"","rcExtension":""#)
    body.writeString(number.description)
    body.writeStaticString(#""}}"#)
    return body
  }
}
