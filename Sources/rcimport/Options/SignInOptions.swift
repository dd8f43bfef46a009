import ArgumentParser
import ImportModel
import Targets

/// Where a RingCentral account is, and who asks for it.
struct SignInOptions: ParsableArguments {
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

  /// The name of the account's server, without any secret.
  func address() throws(ImportError) -> String {
    try BaseAddress(serverText).description
  }

  /// Where the account is and who asks for it.
  ///
  /// - Parameter allowsPlainHTTP: whether secrets may travel readable to another machine.
  /// - Returns: the settings.
  /// - Throws: when something is missing or cannot be used.
  func settings(allowsPlainHTTP: Bool) throws(ImportError) -> RingCentralSettings {
    typealias Variable = RingCentralSettings.Variable
    return try RingCentralSettings(
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
