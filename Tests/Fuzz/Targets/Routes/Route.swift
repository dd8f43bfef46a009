import HTTPTypes

/// A route without what it does: all that `RouteTable` looks at.
struct Route: Sendable {
  var method: HTTPRequest.Method
  var path: String
  var needsToken: Bool

  init(_ method: HTTPRequest.Method, _ path: String, needsToken: Bool) {
    self.method = method
    self.path = path
    self.needsToken = needsToken
  }
}
