import HTTPTypes

/// What the server counts.
struct ServerMetrics: Sendable {
  /// The methods that are told apart.
  static let methods: [HTTPRequest.Method] = [.get, .head, .put, .post, .delete, .patch, .options]

  init(routes: [Route]) {}

  /// Counts a request; `nil` for one that has no route.
  func record(
    route: Int?,
    method: HTTPRequest.Method,
    _ status: HTTPResponse.Status,
    _ duration: Duration
  ) {}
}
