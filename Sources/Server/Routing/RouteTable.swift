import HTTPTypes

/// Finds the route of a request.
struct RouteTable: Sendable {
  /// What is at a path.
  enum Match: Sendable {
    /// A route by its index, and what stands for the parts in braces.
    case route(Int, parameters: [String: String])
    /// Something for other methods.
    case otherMethods(allowed: String)
    case nothing
  }

  /// The methods of one path.
  private struct Entry: Sendable {
    var parts: [Substring]
    var routes: [(method: HTTPRequest.Method, index: Int)]
    /// What an `Allow` field says (RFC 9110, section 10.2.1).
    var allowed = ""
  }

  let routes: [Route]
  /// The paths without parts in braces, by their text.
  private var fixed: [String: Entry] = [:]
  private var patterns: [Entry] = []

  init(_ routes: [Route]) {
    self.routes = routes
    var order: [String] = []
    var entries: [String: Entry] = [:]
    for (index, route) in routes.enumerated() {
      if entries[route.path] == nil { order.append(route.path) }
      entries[route.path, default: Entry(parts: Self.parts(of: route.path), routes: [])]
        .routes.append((route.method, index))
    }
    for path in order {
      guard var entry = entries[path] else { continue }
      entry.allowed = Self.allowed(entry.routes.map(\.method))
      if path.utf8.contains(UInt8(ascii: "{")) {
        patterns.append(entry)
      } else {
        fixed[path] = entry
      }
    }
  }

  /// Finds what is at a path; a request for the head alone is one for the whole.
  func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
    if let entry = fixed[path] { return choose(method, entry, [:]) }
    let parts = Self.parts(of: path)
    for entry in patterns where entry.parts.count == parts.count {
      var parameters: [String: String] = [:]
      let fits = zip(entry.parts, parts).allSatisfy { pattern, part in
        guard pattern.utf8.first == UInt8(ascii: "{") else { return pattern == part }
        parameters[String(pattern.dropFirst().dropLast())] = String(part)
        return !part.isEmpty
      }
      if fits { return choose(method, entry, parameters) }
    }
    return .nothing
  }

  private func choose(
    _ method: HTTPRequest.Method,
    _ entry: Entry,
    _ parameters: [String: String]
  ) -> Match {
    let wanted = method == .head ? .get : method
    guard let route = entry.routes.first(where: { $0.method == wanted }) else {
      return .otherMethods(allowed: entry.allowed)
    }
    return .route(route.index, parameters: parameters)
  }

  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func allowed(_ methods: [HTTPRequest.Method]) -> String {
    var names = methods.map(\.rawValue)
    if methods.contains(.get) { names.append(HTTPRequest.Method.head.rawValue) }
    names.append(HTTPRequest.Method.options.rawValue)
    return names.joined(separator: ", ")
  }
}
