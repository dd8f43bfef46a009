import ArgumentParser
import ImportModel
import Pipeline
import Targets

/// Where assignments are written when not to the store, and how.
struct TargetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Send the good rows to the admin API at this address instead of only to the store.",
      valueName: "url"
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

  @Option(help: ArgumentHelp("How often a row is sent again after a failure.", valueName: "n"))
  var retries = 5

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
    guard 0...100 ~= retries else {
      throw ValidationError("--retries takes a number from 0 to 100.")
    }
    guard timeout > .zero else { throw ValidationError("--timeout takes a time above zero.") }
  }

  /// What to send to, and how.
  ///
  /// - Parameters:
  ///   - isDryRun: whether nothing will be sent, so that no token is needed.
  ///   - resuming: the run that goes on.
  ///   - arguments: the arguments of the command, for going on later.
  /// - Returns: `nil` when the store is the target.
  /// - Throws: when the address or the token cannot be used.
  func settings(
    isDryRun: Bool,
    resuming: Int64?,
    arguments: [String]
  ) throws(ImportError) -> DeliverySettings? {
    guard let target else { return nil }
    let address = try BaseAddress(target)
    var settings: DeliverySettings
    if isDryRun {
      settings = DeliverySettings(name: address.description) { () throws(ImportError) in
        preconditionFailure("a dry run sends nothing")
      }
    } else {
      var api = try AdminAPISettings(
        baseAddress: target,
        method: method,
        path: path,
        token: try TokenSource.token(file: tokenFile),
        allowsPlainHTTP: allowHTTP
      )
      api.timeout = timeout
      api.concurrency = concurrency
      let chosen = api
      settings = DeliverySettings(name: address.description) { () throws(ImportError) in
        try AdminAPITarget(chosen)
      }
    }
    settings.concurrency = concurrency
    settings.rate = rate
    settings.retries = RetryPolicy(retryCount: retries)
    settings.spares = Array(spare.joined())
    settings.skipsUnchanged = skipUnchanged
    settings.resuming = resuming
    settings.arguments = RecordedArguments.json(arguments)
    settings.directory = RecordedArguments.workingDirectory
    return settings
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
