import Harness
import HTTPTypes
import ImportModel
import Pipeline

/// The way of a request from its head to its route, and what the routes make of it before the store
/// is asked.
enum Routing {
  static let table = RouteTable([
    Route(.put, "/user/update-rcextension", needsToken: true),
    Route(.get, "/health", needsToken: false),
    Route(.get, "/openapi.json", needsToken: false),
    Route(.get, "/metrics", needsToken: false),
    Route(.post, "/user/rcextension-imports", needsToken: true),
    Route(.get, "/runs", needsToken: true),
    Route(.get, "/runs/{id}", needsToken: true),
    Route(.get, "/runs/{id}/report", needsToken: true),
  ])

  nonisolated(unsafe) private static var checker = SingleRowChecker()

  /// Answers one request.
  static func answer(
    _ head: HTTPRequest,
    _ body: [UInt8],
    _ limits: ServerLimits
  ) throws(APIFailure) -> (status: HTTPResponse.Status, headers: HTTPFields, body: String) {
    let target = head.path ?? "/"
    let path = String(target.prefix { $0 != "?" })
    let query =
      target.dropFirst(path.count).isEmpty ? nil : String(target.dropFirst(path.count + 1))
    let match = table.match(head.method, path)
    requireSense(of: match, head.method, path)
    switch match {
    case .nothing: throw .notFound
    case .otherMethods(let allowed):
      guard head.method == .options else { throw .methodNotAllowed(allowed: allowed) }
      return (.noContent, [.allow: allowed], "")
    case .route(let index, let parameters):
      let route = table.routes[index]
      if route.needsToken { try checkToken(head.headerFields) }
      try read(route, parameters, head, query, body, limits)
      return (.ok, [:], "{}")
    }
  }

  /// Of the token all but its signature and its time.
  private static func checkToken(_ headers: HTTPFields) throws(APIFailure) {
    guard let token = BearerToken.token(in: headers) else { throw .unauthorized }
    require(!token.isEmpty && !token.contains(" "), "the token \(token)")
    // So that what is behind it is reached.
    if token == "t" { return }
    guard TokenShape(token)?.claims() != nil else { throw .unauthorized }
  }

  private static func read(
    _ route: Route,
    _ parameters: [String: String],
    _ head: HTTPRequest,
    _ query: String?,
    _ body: [UInt8],
    _ limits: ServerLimits
  ) throws(APIFailure) {
    switch route.path {
    case "/user/update-rcextension":
      try JSONBody.checkType(of: head.headerFields)
      _ = try AssignmentBody.values(in: body, checker: &checker)
    case "/user/rcextension-imports":
      let first = Result { () throws(APIFailure) in try ImportParameters(query: query) }
      let second = Result { () throws(APIFailure) in try ImportParameters(query: query) }
      require(
        String(reflecting: first) == String(reflecting: second),
        "\(first) and \(second) of \(query ?? "")"
      )
      _ = try first.get()
      try UploadHead.check(head.headerFields, limit: limits.maximumUploadByteCount)
    case "/runs":
      let count = try RunParameters.limit(query: query)
      require((1...1000).contains(count), "\(count) runs")
    default:
      guard let id = parameters["id"] else { return }
      guard let number = RunParameters.number(id) else { throw .notFound }
      require(number > 0 && "\(number)" == id, "run \(id)")
    }
  }

  /// A route fits the path part by part; a path has the same routes whatever the method.
  private static func requireSense(
    of match: RouteTable.Match,
    _ method: HTTPRequest.Method,
    _ path: String
  ) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    switch match {
    case .nothing:
      for method in [HTTPRequest.Method.get, .put, .post, .options] {
        guard case .nothing = table.match(method, path) else {
          return require(false, "\(path) is there for \(method) alone")
        }
      }
    case .otherMethods(let allowed):
      let names = allowed.split(separator: ", ")
      require(!names.isEmpty && names.last == "OPTIONS", allowed)
      require(method == .options || !names.contains(Substring(method.rawValue)), allowed)
    case .route(let index, let parameters):
      let pattern = table.routes[index].path.split(
        separator: "/",
        omittingEmptySubsequences: false
      )
      require(pattern.count == parts.count, "\(path) is \(table.routes[index].path)")
      for (pattern, part) in zip(pattern, parts) where pattern != part {
        require(pattern == "{id}" && parameters["id"] == String(part), "\(part) of \(path)")
        require(!part.isEmpty, "nothing of \(path)")
      }
    }
  }
}
