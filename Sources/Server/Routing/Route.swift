import HTTPTypes
import Hummingbird

/// What is done for one method on one path.
struct Route: Sendable {
  /// Who may call it.
  enum Access: Sendable {
    case anyone
    /// Whoever has a token with the administrators' claim; checked before the body is read.
    case administrators
  }

  var method: HTTPRequest.Method
  /// The path from its first slash; a part in braces, as in `/runs/{id}`, stands for any text.
  var path: String
  var access: Access
  /// Answers; throws an `APIFailure` for what the client is told, anything else becomes a 500.
  var answer: @Sendable (APIRequest) async throws -> Response

  init(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ access: Access,
    _ answer: @escaping @Sendable (APIRequest) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.answer = answer
  }
}
