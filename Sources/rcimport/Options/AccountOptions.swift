import ArgumentParser
import ImportModel
import Pipeline
import Targets

/// How people are given extensions of a RingCentral account.
struct AccountOptions: ParsableArguments {
  /// The word that `--target` takes for RingCentral.
  static let targetName = "ringcentral"

  /// Who chooses the number of a row without one.
  enum NumberChoice: String, CaseIterable, ExpressibleByArgument {
    /// RingCentral, which takes its next free one.
    case next
  }

  @Option(
    help: ArgumentHelp(
      "The admin API that is told of each extension once RingCentral has it right; its token is "
        + "that of --token-file.",
      valueName: "url"
    )
  )
  var then: String?

  @Option(help: "Let RingCentral choose the number of rows that have none.")
  var number: NumberChoice?

  @Option(
    help: ArgumentHelp(
      "What an extension becomes when somebody gets it.",
      valueName: "NotActivated|Enabled"
    )
  )
  var status = RingCentralSettings.Status.notActivated

  @Flag(help: "Have RingCentral send people its welcome mail.")
  var sendWelcome = false

  @Option(
    help: ArgumentHelp("The kind of unassigned extensions that people get.", valueName: "type")
  )
  var extensionType = "User"

  @Option(
    help: ArgumentHelp(
      "RingCentral's server (default: $RC_SERVER_URL, or RingCentral itself).",
      valueName: "url"
    )
  )
  var server: String?

  @Option(
    help: ArgumentHelp("The id of the app (default: $RC_APP_CLIENT_ID).", valueName: "id")
  )
  var clientID: String?

  @Option(
    help: ArgumentHelp(
      "The file with the app's secret in its first line (default: $RC_APP_CLIENT_SECRET).",
      valueName: "file"
    ),
    completion: .file()
  )
  var clientSecretFile: String?

  @Option(
    help: ArgumentHelp(
      "The file with the administrator's JWT in its first line (default: $RC_USER_JWT).",
      valueName: "file"
    ),
    completion: .file()
  )
  var jwtFile: String?

  func validate() throws {
    guard !extensionType.isEmpty, extensionType.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      throw ValidationError("--extension-type takes a kind of extension, such as User.")
    }
  }

  /// Options that say something of an account only.
  var isUsed: Bool { then != nil || number != nil || sendWelcome || server != nil }

  /// The name of the account's server, without any secret.
  func address() throws(ImportError) -> String {
    try BaseAddress(serverText).description
  }

  /// Where the account is and who asks for it.
  ///
  /// - Parameters:
  ///   - timeout: how long an answer may take.
  ///   - allowsPlainHTTP: whether secrets may travel readable to another machine.
  /// - Returns: the settings.
  /// - Throws: when something is missing or cannot be used.
  func settings(
    timeout: Duration,
    allowsPlainHTTP: Bool
  ) throws(ImportError) -> RingCentralSettings {
    typealias Variable = RingCentralSettings.Variable
    var settings = try RingCentralSettings(
      baseAddress: serverText,
      clientID: try clientIDText(),
      clientSecret: try SecretSource(
        what: "the app's secret",
        option: "--client-secret-file",
        variables: [Variable.clientSecret, "RINGCENTRAL_CLIENT_SECRET"]
      ).read(file: clientSecretFile),
      jwt: try SecretSource(
        what: "the administrator's JWT",
        option: "--jwt-file",
        variables: [Variable.jwt, "RINGCENTRAL_JWT_TOKEN"]
      ).read(file: jwtFile),
      allowsPlainHTTP: allowsPlainHTTP
    )
    settings.status = status
    settings.sendsWelcome = sendWelcome
    settings.timeout = timeout
    return settings
  }

  private var serverText: String {
    server ?? Self.environment(RingCentralSettings.Variable.serverURL, "RINGCENTRAL_SERVER_URL")
      ?? RingCentralSettings.defaultAddress
  }

  private func clientIDText() throws(ImportError) -> String {
    let variable = RingCentralSettings.Variable.clientID
    if let id = clientID ?? Self.environment(variable, "RINGCENTRAL_CLIENT_ID") { return id }
    throw ImportError(
      .configuration,
      "RingCentral needs the id of an app, and none was given",
      hint: "Name it with --client-id, or set \(variable)"
    )
  }

  private static func environment(_ names: String...) -> String? {
    for name in names {
      if let text = Terminal.environment(name), !text.isEmpty { return text }
    }
    return nil
  }
}

extension RingCentralSettings.Status: ExpressibleByArgument {}
