import AsyncHTTPClient
import Emulator
import JSON
import NIOCore
import NIOHTTP1

/// A stand-in on a free port, for the time of a closure.
struct RunningEmulator: Sendable {
  /// What came back.
  struct Answer: Sendable {
    var status: Int
    var fields: HTTPHeaders
    var body: JSONValue

    func field(_ name: String) -> String? { fields.first(name: name) }

    /// The code, parameter and value of the first error.
    var code: String? { error?["errorCode"]?.string }
    var parameter: String? { error?["parameterName"]?.string }
    var value: String? { error?["parameterValue"]?.string }
    private var error: JSONValue? { body["errors"]?.array?.first }

    /// The ids of the records of a list.
    var ids: [Int] { body["records"]?.array?.compactMap { $0["id"]?.integer } ?? [] }
  }

  static let jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

  let origin: String
  let emulator: RingCentralEmulator
  /// A token that holds, unless it is not asked for.
  var token = ""

  /// Where the account is.
  var account: String { "/restapi/v1.0/account/~" }

  /// An account with so many unassigned extensions.
  static func account(users: Int = 2, limited: Int = 0) -> Account {
    var account = Account(seed: 7)
    account.addUnassigned(users, type: .user)
    account.addUnassigned(limited, type: .limited)
    return account
  }

  /// Settings without limits, with faults.
  static func settings(_ faults: FaultRule..., limits: Int? = nil) -> EmulatorSettings {
    var settings = EmulatorSettings()
    settings.faults = faults
    settings.limitFactor = limits
    return settings
  }

  /// Runs a stand-in.
  static func run(
    _ settings: EmulatorSettings = settings(),
    account: Account = account(),
    signsIn: Bool = true,
    _ body: @Sendable (RunningEmulator) async throws -> Void
  ) async throws {
    var settings = settings
    settings.stopsOnSignals = false
    let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
    let emulator = RingCentralEmulator(settings, account: account) { continuation.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { continuation.finish() }
        try await emulator.run()
      }
      var iterator = addresses.makeAsyncIterator()
      guard let origin = await iterator.next() else {
        try await group.next()
        return
      }
      var running = RunningEmulator(origin: origin, emulator: emulator)
      if signsIn { running.token = try await running.signIn().body["access_token"]?.string ?? "" }
      try await body(running)
      group.cancelAll()
      // One that is cancelled has nothing more to say.
      _ = await group.nextResult()
    }
  }

  // MARK: - Requests

  /// Asks for a token.
  func signIn(
    _ fields: [(String, String)] = [("Authorization", "Basic aWQ6c2VjcmV0")],
    form: String = "grant_type=\(jwtGrant.replacing(":", with: "%3A"))&assertion=a.b.c"
  ) async throws -> Answer {
    try await send(
      "POST",
      "/restapi/oauth/token",
      fields: fields + [("Content-Type", "application/x-www-form-urlencoded")],
      body: form
    )
  }

  /// Reads something below the account.
  func get(_ path: String) async throws -> Answer { try await ask("GET", account + path) }

  /// Updates an extension.
  func put(_ id: Int64, _ body: String) async throws -> Answer {
    try await ask("PUT", "\(account)/extension/\(id)", body)
  }

  /// Starts an update of many extensions.
  func bulk(_ body: String) async throws -> Answer {
    try await ask("POST", "\(account)/extension-bulk-update", body)
  }

  /// Sends a request with the token.
  func ask(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
    var fields = [("Authorization", "Bearer \(token)")]
    if body != nil { fields.append(("Content-Type", "application/json; charset=utf-8")) }
    return try await send(method, path, fields: fields, body: body)
  }

  /// Sends a request.
  func send(
    _ method: String,
    _ path: String,
    fields: [(String, String)] = [],
    body: String? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: origin + path)
    request.method = HTTPMethod(rawValue: method)
    request.headers = HTTPHeaders(fields)
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let bytes = try await response.body.collect(upTo: 1 << 24)
    let text = String(decoding: bytes.readableBytesView, as: UTF8.self)
    return Answer(
      status: Int(response.status.code),
      fields: response.headers,
      body: text.isEmpty ? .null : try JSONParser.parse(text)
    )
  }
}
