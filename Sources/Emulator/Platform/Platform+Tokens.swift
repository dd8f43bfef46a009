import JSON

/// Who asks, and the tokens of those who may.
extension Platform {
  /// The application that a request is of.
  ///
  /// - Throws: 401 for a token that does not hold, the token endpoint's errors for a client that it
  ///   does not know.
  func client(
    of request: PlatformRequest,
    _ operation: Operation,
    at now: Instant
  ) throws(PlatformError) -> String {
    guard operation.account != nil else { return try application(of: request).name }
    guard let authorization = request.authorization else {
      throw .unauthorized("CMN-405", "Login to extension required")
    }
    guard authorization.lowercased().hasPrefix("bearer") else {
      throw .unauthorized("OAU-151", "Authorization method not supported")
    }
    guard let token = request.bearerToken else {
      throw .unauthorized("OAU-134", "Wrong format of the Authorization header")
    }
    switch tokens.standing(of: token, at: now) {
    case .valid(let client): return client
    case .expired: throw .unauthorized("OAU-128", "Access token is expired")
    case .unknown: throw .unauthorized("OAU-213", "Token not found")
    }
  }

  private func application(
    of request: PlatformRequest
  ) throws(PlatformError) -> BasicAuthorization {
    guard let value = request.authorization else {
      throw .token("invalid_client", "OAU-123", "Client authentication is required")
    }
    guard let client = BasicAuthorization(value) else {
      throw .token("invalid_client", "OAU-123", "Client authentication is not well-formed")
    }
    guard settings.credentials.accepts(client) else {
      throw .token("invalid_client", "OAU-146", "Invalid client credentials", status: 401)
    }
    return client
  }

  /// Gives a token for a JWT (RFC 7523, section 2.1).
  mutating func issueToken(
    _ request: PlatformRequest,
    to client: String,
    at now: Instant
  ) throws(PlatformError) -> String {
    guard let form = request.form else {
      throw .token("invalid_request", "CMN-101", "The body must be a form", status: 415)
    }
    guard let grant = form["grant_type"] else {
      throw .token("invalid_request", "CMN-100", "Parameter [grant_type] is mandatory")
    }
    guard grant == "urn:ietf:params:oauth:grant-type:jwt-bearer" else {
      throw .token("unsupported_grant_type", "OAU-250", "Only the JWT grant is supported here")
    }
    guard let assertion = form["assertion"], !assertion.isEmpty else {
      throw .token("invalid_request", "CMN-100", "Parameter [assertion] is mandatory")
    }
    guard settings.credentials.jwt?.isMet(by: assertion) ?? true else {
      throw .token("invalid_grant", "OAU-210", "The token is not valid")
    }
    let lifetime = settings.tokenLifetime ?? Self.lifetime(asked: form["access_token_ttl"])
    let token = tokens.issue(to: client, lifetime: lifetime, at: now)
    var writer = JSONWriter()
    writer.object {
      $0.member("access_token", token)
      $0.member("token_type", "bearer")
      $0.member("expires_in", max(1, lifetime.components.seconds))
      $0.member("scope", "ReadAccounts EditExtensions")
      $0.member("owner_id", "\(account.id)")
      $0.member("endpoint_id", AccessTokens.randomText(partCount: 1))
      $0.member("session_id", AccessTokens.randomText(partCount: 1))
    }
    return writer.text
  }

  /// Ends a token; one that nobody knows is none of our business (RFC 7009, section 2.2).
  mutating func revokeToken(_ request: PlatformRequest) -> String {
    if let token = request.form?["token"] { tokens.revoke(token) }
    return ""
  }

  /// Ten minutes to an hour.
  private static func lifetime(asked text: String?) -> Duration {
    .seconds(text.flatMap { Int($0) }.map { min(max($0, 600), 3600) } ?? 3600)
  }
}

extension PlatformRequest {
  /// The token that it carries (RFC 6750, section 2.1).
  var bearerToken: String? {
    guard let parts = authorization?.split(separator: " "), parts.count == 2,
      parts[0].lowercased() == "bearer"
    else { return nil }
    return String(parts[1])
  }
}
