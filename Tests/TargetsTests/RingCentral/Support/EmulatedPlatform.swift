import Emulator
import ImportModel
import Targets

/// A stand-in of RingCentral on a free port, for the time of a closure.
struct EmulatedPlatform: Sendable {
  static let clientID = "sample-app"
  static let clientSecret = "sample-secret-of-app"
  static let jwt = "sample.jwt.of-user"

  let origin: String
  let emulator: RingCentralEmulator

  /// The extensions as they are now.
  var extensions: [PhoneExtension] { emulator.account.extensions }

  /// Runs one without limits, unless its settings say otherwise.
  ///
  /// - Parameters:
  ///   - faults: what goes wrong.
  ///   - users: how many extensions are nobody's.
  ///   - change: changes its settings.
  ///   - body: what is done meanwhile.
  /// - Throws: what the body throws.
  static func run(
    _ faults: FaultRule...,
    users: Int = 3,
    change: (inout EmulatorSettings) -> Void = { _ in },
    _ body: @Sendable (EmulatedPlatform) async throws -> Void
  ) async throws {
    var settings = EmulatorSettings()
    settings.faults = faults
    settings.limitFactor = nil
    settings.stopsOnSignals = false
    settings.credentials.clientID = try ExpectedSecret(clientID, source: "test")
    settings.credentials.clientSecret = try ExpectedSecret(clientSecret, source: "test")
    settings.credentials.jwt = try ExpectedSecret(jwt, source: "test")
    change(&settings)
    var account = Account(seed: 7)
    account.addUnassigned(users, type: .user)
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
      try await body(EmulatedPlatform(origin: origin, emulator: emulator))
      group.cancelAll()
      // One that is cancelled has nothing more to say.
      _ = await group.nextResult()
    }
  }

  /// Calls the body with the account, and closes it.
  func withAccount(
    change: (inout RingCentralSettings) -> Void = { _ in },
    _ body: (RingCentralAccount<ContinuousClock>) async throws -> Void
  ) async throws {
    try await withAccount(clock: ContinuousClock(), change: change, body)
  }

  /// Calls the body with the account at a clock of the test, and closes it.
  func withAccount<Time: Clock>(
    clock: Time,
    change: (inout RingCentralSettings) -> Void = { _ in },
    _ body: (RingCentralAccount<Time>) async throws -> Void
  ) async throws where Time.Duration == Duration {
    try await withRingCentral(origin, clock: clock, change: change, body)
  }
}

/// Settings with the secrets of the tests.
func sampleSettings(
  _ address: String,
  clientID: String = EmulatedPlatform.clientID,
  clientSecret: String = EmulatedPlatform.clientSecret,
  jwt: String = EmulatedPlatform.jwt
) throws -> RingCentralSettings {
  try RingCentralSettings(
    baseAddress: address,
    clientID: clientID,
    clientSecret: Secret(clientSecret, source: "test"),
    jwt: Secret(jwt, source: "test")
  )
}

/// Calls the body with an account at an address, and closes it.
func withRingCentral<Time: Clock>(
  _ address: String,
  clock: Time,
  change: (inout RingCentralSettings) -> Void = { _ in },
  _ body: (RingCentralAccount<Time>) async throws -> Void
) async throws where Time.Duration == Duration {
  var settings = try sampleSettings(address)
  change(&settings)
  let account = RingCentralAccount(
    settings,
    clock: clock,
    retries: RetryPolicy(retryCount: 5, firstWait: .milliseconds(1), longestWait: .milliseconds(1))
  )
  do {
    try await body(account)
    await account.close()
  } catch {
    await account.close()
    throw error
  }
}

/// A person by a number.
func person(_ number: Int, password: String? = nil, pin: String? = nil) -> Person {
  Person(
    firstName: "First\(number)",
    lastName: "Last\(number)",
    email: "person\(number)@example.com",
    password: password.map { Secret(value: $0) },
    pin: pin.map { Secret(value: $0) }
  )
}

/// A user by a number.
func user(_ number: Int) -> ObjectID { ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: UInt32(number)) }

extension AssignmentTarget {
  /// Makes one attempt, as soon as the limits leave it.
  func attempt(_ number: Int, _ digits: String?) async throws -> Attempt {
    let assignment = Assignment(user: user(number), number: digits.flatMap { ExtensionNumber($0) })
    while let wait = reserve(assignment) { try await Task.sleep(for: wait) }
    return await assign(assignment)
  }
}

extension Attempt {
  /// What the target said, if it said something.
  var said: TargetAnswer? {
    switch self {
    case .accepted(let said), .refused(let said), .unexpected(let said), .busy(let said, _),
      .faulty(let said), .unauthorized(let said):
      said
    case .unanswered, .unreachable, .insecure: nil
    }
  }

  /// The name of its case.
  var kind: String { String(describing: self).prefix { $0 != "(" }.description }
}
