import HTTPTypes
import ImportModel
import JSON

/// Why a request is not done: a status and the body `{"error":{"code":...,"message":...}}`.
struct APIFailure: Error, Hashable, Sendable {
  var status: HTTPResponse.Status
  /// The code of the body: that of the documented errors, or the name of another status.
  var code: String
  /// A sentence for people, without its full stop; never with a value of somebody else.
  var message: String
  /// What the answer says in its head beside the type and length of its body.
  var headers: HTTPFields

  init(
    _ status: HTTPResponse.Status,
    code: String,
    _ message: String,
    headers: HTTPFields = [:]
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.headers = headers
  }

  /// 400: the request cannot be what is meant.
  static func invalid(_ message: String) -> APIFailure {
    APIFailure(.badRequest, code: APIError.validation.rawValue, message)
  }

  /// 401: no token, one that does not hold, or one without the right.
  static let unauthorized = APIFailure(
    .unauthorized,
    code: APIError.unauthorized.rawValue,
    "Missing or invalid token or insufficient permissions",
    headers: [.wwwAuthenticate: "Bearer"]
  )

  /// 404: nobody has the id.
  static let userNotFound = APIFailure(
    .notFound,
    code: APIError.userNotFound.rawValue,
    "User not found"
  )

  /// 404: nothing is at the path.
  static let notFound = APIFailure(.notFound, code: "NOT_FOUND", "Nothing is at this path")

  /// 405: the path is for other methods.
  static func methodNotAllowed(allowed: String) -> APIFailure {
    APIFailure(
      .methodNotAllowed,
      code: "METHOD_NOT_ALLOWED",
      "The method is not one of this path",
      headers: [.allow: allowed]
    )
  }

  /// 408: the client took too long.
  static let timeout = APIFailure(
    .requestTimeout,
    code: "REQUEST_TIMEOUT",
    "The request did not arrive in time"
  )

  /// 413: the body is longer than what the path takes.
  static func tooLarge(limit: Int) -> APIFailure {
    APIFailure(
      .contentTooLarge,
      code: "PAYLOAD_TOO_LARGE",
      "The body is longer than \(limit) bytes"
    )
  }

  /// 431: the head is longer than what the server takes.
  static let headTooLarge = APIFailure(
    .requestHeaderFieldsTooLarge,
    code: "HEADERS_TOO_LARGE",
    "The head of the request is too large"
  )

  /// 500: our own failure; what it is stands in the log alone.
  static let server = APIFailure(
    .internalServerError,
    code: APIError.server.rawValue,
    "Internal server error"
  )

  /// 500 for what failed outside; somebody else's lock on the store is worth another try.
  init(_ error: ImportError) {
    self = .server
    if error.kind == .tryAgainLater { headers[.retryAfter] = "1" }
  }

  /// The body.
  var body: String {
    var writer = JSONWriter()
    writer.object {
      $0.member("error") {
        $0.object {
          $0.member("code", code)
          $0.member("message", message)
        }
      }
    }
    return writer.text
  }
}
