import ArgumentParser
import ImportModel
import Pipeline
import Targets

/// Where assignments are written when not to the store, and how.
struct TargetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Send the good rows to the admin API at this address, or to RingCentral, instead of only to "
        + "the store.",
      valueName: "url|ringcentral"
    )
  )
  var target: String?

  @Option(
    help: ArgumentHelp(
      "The file with the API's token in its first line (default: $RCIMPORT_TOKEN).",
      valueName: "file"
    ),
    completion: .file()
  )
  var tokenFile: String?

  @Option(help: ArgumentHelp("The method of the API's endpoint.", valueName: "PUT|POST|PATCH"))
  var method = AdminAPISettings.Method.put

  @Option(help: ArgumentHelp("The path of the API's endpoint.", valueName: "path"))
  var path = AdminAPISettings.defaultPath

  @Flag(help: "Let the token travel to another machine without encryption.")
  var allowHTTP = false

  @Option(help: ArgumentHelp("Requests under way at one time, 1 to 256.", valueName: "n"))
  var concurrency = 16

  @Option(
    help: ArgumentHelp("The most requests in a time: 10/s, 40/min, 1000/h.", valueName: "rate"),
    transform: RateText.rate
  )
  var rate: Rate?

  @Option(
    help: ArgumentHelp(
      "How often a row is sent again after a failure (default: 5, at RingCentral 8).",
      valueName: "n"
    )
  )
  var retries: Int?

  @Option(
    help: ArgumentHelp("How long an answer may take: 500ms, 30s, 2m.", valueName: "time"),
    transform: DurationText.duration
  )
  var timeout = Duration.seconds(30)

  @Option(
    help: ArgumentHelp(
      "Extensions that nobody has, over which users exchange theirs; may be repeated.",
      valueName: "numbers"
    ),
    transform: NumberText.list
  )
  var spare: [[ExtensionNumber]] = []

  @Flag(help: "Do not send rows that the store has already as they should be.")
  var skipUnchanged = false

  func validate() throws {
    guard 1...256 ~= concurrency else {
      throw ValidationError("--concurrency takes a number from 1 to 256.")
    }
    guard retries.map({ 0...100 ~= $0 }) ?? true else {
      throw ValidationError("--retries takes a number from 0 to 100.")
    }
    guard timeout > .zero else { throw ValidationError("--timeout takes a time above zero.") }
  }

  /// What to send to, and how.
  ///
  /// - Parameters:
  ///   - account: how people are given extensions, when the target is RingCentral.
  ///   - isDryRun: whether nothing will be sent, so that no token is needed.
  ///   - resuming: the run that goes on.
  ///   - arguments: the arguments of the command, for going on later.
  /// - Returns: `nil` when the store is the target.
  /// - Throws: when the address or a secret cannot be used.
  func settings(
    account: AccountOptions,
    isDryRun: Bool,
    resuming: Int64?,
    arguments: [String]
  ) throws(ImportError) -> DeliverySettings? {
    guard let target else {
      guard !account.isUsed else { throw Self.notForAccount }
      return nil
    }
    var settings: DeliverySettings
    if target == AccountOptions.targetName {
      settings = try accountSettings(account, isDryRun: isDryRun)
      settings.concurrency = min(concurrency, Self.accountConcurrency)
      // RingCentral's guide begins with two seconds; a laptop that wakes up needs more for its network.
      settings.retries = RetryPolicy(
        retryCount: retries ?? Self.accountRetryCount,
        firstWait: .seconds(2),
        longestWait: .seconds(60)
      )
    } else {
      guard !account.isUsed else { throw Self.notForAccount }
      settings = DeliverySettings(
        name: try BaseAddress(target).description,
        open: try opening(of: target, isDryRun: isDryRun)
      )
      settings.concurrency = concurrency
      settings.retries = RetryPolicy(retryCount: retries ?? Self.retryCount)
    }
    settings.rate = rate
    settings.spares = Array(spare.joined())
    settings.skipsUnchanged = skipUnchanged
    settings.resuming = resuming
    settings.arguments = RecordedArguments.json(arguments)
    settings.directory = RecordedArguments.workingDirectory
    return settings
  }

  /// An account answers far faster than its limits let anybody ask.
  private static let accountConcurrency = 4
  private static let accountRetryCount = 8
  private static let retryCount = 5

  private static var notForAccount: ImportError {
    ImportError(
      .configuration,
      "--then, --number, --send-welcome and --server are for --target \(AccountOptions.targetName)",
      hint: "Leave them out, or send to RingCentral"
    )
  }

  private func accountSettings(
    _ account: AccountOptions,
    isDryRun: Bool
  ) throws(ImportError) -> DeliverySettings {
    var name = try account.signIn.address()
    var then: Opening?
    if let second = account.then {
      name += ", then \(try BaseAddress(second))"
      then = try opening(of: second, isDryRun: isDryRun)
    }
    let (timeout, allowHTTP) = (timeout, allowHTTP)
    // A dry run that reads what the account has from a file needs no secrets.
    let known = isDryRun ? nil : try account.settings(timeout: timeout, allowsPlainHTTP: allowHTTP)
    var access = AccountAccess(
      open: { () throws(ImportError) in
        if let known { return RingCentralAccount(known) }
        return RingCentralAccount(
          try account.settings(timeout: timeout, allowsPlainHTTP: allowHTTP)
        )
      },
      then: then
    )
    access.type = account.extensionType
    return DeliverySettings(name: name, account: access)
  }

  /// What makes an admin API; the token is read now, so that a missing one is found at once.
  private func opening(of address: String, isDryRun: Bool) throws(ImportError) -> Opening {
    if isDryRun {
      return { () throws(ImportError) in preconditionFailure("a dry run sends nothing") }
    }
    var api = try AdminAPISettings(
      baseAddress: address,
      method: method,
      path: path,
      token: try SecretSource.token.read(file: tokenFile),
      allowsPlainHTTP: allowHTTP
    )
    api.timeout = timeout
    api.concurrency = concurrency
    let chosen = api
    return { () throws(ImportError) in try AdminAPITarget(chosen) }
  }
}

extension AdminAPISettings.Method: ExpressibleByArgument {}

/// The most requests in a time, as `--rate` has it.
enum RateText {
  /// Reads `10/s`, `40/min`, `1000/h`.
  static func rate(_ text: String) throws -> Rate {
    guard let rate = Rate(text) else {
      throw ValidationError(
        "it takes a number of requests in a second, minute or hour: 10/s, 40/min"
      )
    }
    return rate
  }
}

/// A time, as `--timeout` has it.
enum DurationText {
  /// Reads digits and a unit: `ms`, `s`, `m`, `h`, `d`.
  static func duration(_ text: String) throws -> Duration {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard 1...7 ~= digits.count, let number = Int(digits),
      let duration = duration(number, String(text.dropFirst(digits.count)))
    else {
      throw ValidationError("it takes a number and a unit, such as 500ms, 30s, 15m, 1h or 7d")
    }
    return duration
  }

  private static func duration(_ number: Int, _ unit: String) -> Duration? {
    switch unit {
    case "ms": .milliseconds(number)
    case "s": .seconds(number)
    case "m", "min": .seconds(number * 60)
    case "h": .seconds(number * 3600)
    case "d": .seconds(number * 86_400)
    default: nil
    }
  }
}
