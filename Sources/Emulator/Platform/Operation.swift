/// What a request asks for.
enum Operation: Hashable, Sendable {
  case token
  case revokeToken
  case list(account: String)
  case get(account: String, id: String)
  case update(account: String, id: String)
  case startBulkUpdate(account: String)
  case bulkTask(account: String, id: String)
  case serviceInfo(account: String)
  case updateDevice(account: String)

  /// The usage group that it counts in.
  var group: UsageGroup {
    switch self {
    case .token, .revokeToken: .auth
    case .list, .update, .updateDevice: .medium
    case .get, .bulkTask, .serviceInfo: .light
    case .startBulkUpdate: .heavy
    }
  }

  /// The account that it is about, as the path has it.
  var account: String? {
    switch self {
    case .token, .revokeToken: nil
    case .list(let account), .get(let account, _), .update(let account, _),
      .startBulkUpdate(let account), .bulkTask(let account, _), .serviceInfo(let account),
      .updateDevice(let account):
      account
    }
  }

  /// Finds what a method and path mean.
  ///
  /// - Throws: 404 for a path that is nothing here, 405 for one that takes other methods.
  init(method: String, path: String) throws(PlatformError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      .map(String.init)
    let choices = Self.choices(parts)
    guard !choices.isEmpty else {
      throw PlatformError(status: 404, code: "CMN-102", message: "Nothing is at this path here")
    }
    guard let operation = choices[method] else {
      throw PlatformError(status: 405, code: "CMN-202", message: "The method is not supported")
    }
    self = operation
  }

  /// The operations of a path by their methods.
  private static func choices(_ parts: [String]) -> [String: Operation] {
    if parts == ["restapi", "oauth", "token"] { return ["POST": .token] }
    if parts == ["restapi", "oauth", "revoke"] { return ["POST": .revokeToken] }
    guard parts.count >= 5, Array(parts[0..<3]) == ["restapi", "v1.0", "account"],
      !parts.contains("")
    else { return [:] }
    let account = parts[3]
    switch (parts[4], Array(parts[5...])) {
    case ("extension", []): return ["GET": .list(account: account)]
    case ("extension", let rest) where rest.count == 1:
      return [
        "GET": .get(account: account, id: rest[0]), "PUT": .update(account: account, id: rest[0]),
      ]
    case ("extension-bulk-update", []): return ["POST": .startBulkUpdate(account: account)]
    case ("extension-bulk-update", let rest) where rest.count == 2 && rest[0] == "tasks":
      return ["GET": .bulkTask(account: account, id: rest[1])]
    case ("service-info", []): return ["GET": .serviceInfo(account: account)]
    case ("device", let rest) where rest.count == 1:
      return ["PUT": .updateDevice(account: account)]
    default: return [:]
    }
  }
}
