/// All that the stand-in knows, and how it answers: no sockets, and no clock of its own.
///
/// The order is fixed: the path, the token, the limit, faults, the account, and then the request.
struct Platform: Sendable {
  typealias Instant = ContinuousClock.Instant

  let settings: EmulatorSettings
  var account: Account
  var tokens = AccessTokens()
  var tasks: [String: BulkTask] = [:]
  private var limiter: RateLimiter?
  private var faults: FaultPlan

  init(_ settings: EmulatorSettings, account: Account) {
    self.settings = settings
    self.account = account
    limiter = settings.limitFactor.map { RateLimiter(factor: $0) }
    faults = FaultPlan(settings.faults, seed: settings.seed)
  }

  /// Answers a request.
  mutating func reply(to request: PlatformRequest, at now: Instant) -> PlatformReply {
    var reply = PlatformReply()
    do throws(PlatformError) {
      try answer(request, at: now, &reply)
    } catch {
      reply.status = error.status
      reply.body = error.body(legacy: settings.usesLegacyErrors)
    }
    reply.fields.append(("RCRequestId", AccessTokens.randomText(partCount: 1)))
    return reply
  }

  private mutating func answer(
    _ request: PlatformRequest,
    at now: Instant,
    _ reply: inout PlatformReply
  ) throws(PlatformError) {
    let operation = try Operation(method: request.method, path: request.path)
    let client = try client(of: request, operation, at: now)
    if let verdict = limiter?.admit(operation.group, client: client, at: now) {
      reply.add(verdict)
      if verdict.retryAfter != nil { throw .tooManyRequests }
    }
    let faults = faults.next(for: operation)
    try fail(faults, operation, request, client, at: now, &reply)
    if let name = operation.account, name != "~", name != "\(account.id)" {
      throw .notFound("accountId", name)
    }
    try perform(operation, request, client, faults, at: now, &reply)
    reply.isDropped = faults.contains(.drop)
  }

  private mutating func perform(
    _ operation: Operation,
    _ request: PlatformRequest,
    _ client: String,
    _ faults: Set<FaultKind>,
    at now: Instant,
    _ reply: inout PlatformReply
  ) throws(PlatformError) {
    reply.body =
      switch operation {
      case .token: try issueToken(request, to: client, at: now)
      case .revokeToken: revokeToken(request)
      case .list: try list(request, faults)
      case .get(_, let id): try get(id, request)
      case .update(_, let id): try update(id, request, faults)
      case .startBulkUpdate: try startBulkUpdate(request, faults)
      case .bulkTask(_, let id): try bulkTask(id, request, faults)
      case .serviceInfo: serviceInfo(request)
      case .updateDevice:
        throw PlatformError(status: 409, code: "DEV-127", message: "Unknown device update use case")
      }
  }

  /// Does what goes wrong before a request is looked at.
  private mutating func fail(
    _ faults: Set<FaultKind>,
    _ operation: Operation,
    _ request: PlatformRequest,
    _ client: String,
    at now: Instant,
    _ reply: inout PlatformReply
  ) throws(PlatformError) {
    if faults.contains(.tokenExpired) {
      if let token = request.bearerToken { tokens.revoke(token) }
      throw .unauthorized("OAU-128", "Access token is expired")
    }
    if faults.contains(.rateLimit) {
      reply.fields.removeAll()
      if let verdict = limiter?.punish(operation.group, client: client, at: now) {
        reply.add(verdict)
      } else {
        reply.fields.append(("Retry-After", "1"))
      }
      throw .tooManyRequests
    }
    if faults.contains(.rateLimitBare) {
      reply.fields.removeAll()
      throw PlatformError(status: 429, code: "CMN-310", message: "Global request rate exceeded")
    }
    if faults.contains(.serverError) {
      throw PlatformError(status: 500, code: "CMN-203", message: "Internal server error")
    }
    if faults.contains(.unavailable) {
      reply.fields.append(("Retry-After", "1"))
      throw PlatformError(status: 503, code: "CMN-201", message: "Service temporarily unavailable")
    }
    if faults.contains(.conflict) {
      throw PlatformError(
        status: 409,
        code: "CMN-204",
        message: "The resource is blocked by another operation"
      )
    }
  }
}

extension PlatformError {
  /// 429 of the limiter that the head speaks of.
  fileprivate static let tooManyRequests = PlatformError(
    status: 429,
    code: "CMN-301",
    message: "Request rate exceeded"
  )
}

extension PlatformReply {
  /// Says in the head how much of the limit is left.
  fileprivate mutating func add(_ verdict: RateLimiter.Verdict) {
    fields += [
      ("X-Rate-Limit-Group", verdict.group.rawValue), ("X-Rate-Limit-Limit", "\(verdict.limit)"),
      ("X-Rate-Limit-Remaining", "\(verdict.remaining)"),
      ("X-Rate-Limit-Window", "\(verdict.window)"),
    ]
    if let retryAfter = verdict.retryAfter { fields.append(("Retry-After", "\(retryAfter)")) }
  }
}
