import AsyncHTTPClient
import Glibc
package import ImportModel
import NIOCore
import NIOHTTP1

/// The admin API: an HTTP endpoint that gives one user one extension (`PUT
/// /user/update-rcextension`).
///
/// A request is never sent twice by itself.
package struct AdminAPITarget: AssignmentTarget {
  private let sender: HTTPSender
  /// All but the body of every request.
  private let template: HTTPClient.Request
  private let reader: AnswerReader

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
    sender = HTTPSender(
      host: settings.baseAddress.host,
      connectTimeout: settings.connectTimeout,
      timeout: settings.timeout,
      concurrency: settings.concurrency
    )
  }

  package func assign(_ assignment: Assignment) async -> Attempt {
    var request = template
    guard let number = assignment.number else {
      preconditionFailure("the admin API chooses no extensions")
    }
    request.body = .byteBuffer(Self.body(assignment.user, number))
    switch await sender.send(
      request,
      maximumByteCount: AdminAPISettings.maximumAnswerByteCount
    ) {
    case .answered(let answer):
      guard let attempt = reader.attempt(answer) else {
        preconditionFailure("a request ended well without an answer")
      }
      return attempt
    case .broken(let failed, let rest):
      // A status that says enough counts even when the body is cut.
      return rest.flatMap { reader.attempt($0) } ?? failed
    }
  }

  package func close() async { await sender.close() }

  /// The seconds since 1970 by the clock of the machine.
  package static let wallClock: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
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
