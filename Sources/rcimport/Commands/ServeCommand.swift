import ArgumentParser
import ImportModel
import Logging
import Server
import Stores

/// Serves the HTTP API over the store.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the HTTP API over the store.",
    discussion: """
      Examples:
        head -c 32 /dev/urandom | base64 > jwt.secret
        rcimport serve --secret-file jwt.secret
        rcimport token --secret-file jwt.secret --subject alice --expires-in 1h
        rcimport serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem --jwks keys.json

      PUT /user/update-rcextension gives one user an extension; GET /openapi.json describes \
      everything. SIGTERM and SIGINT stop the server when requests under way are answered. The log \
      goes to standard error, one JSON object a line.
      """
  )

  @OptionGroup var storeOptions: StoreOptions

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "number"))
  var port: UInt16 = 2000

  @Option(
    help: ArgumentHelp("The certificate and its chain in PEM.", valueName: "file"),
    completion: .file()
  )
  var tlsCert: String?

  @Option(
    help: ArgumentHelp("The certificate's private key in PEM.", valueName: "file"),
    completion: .file()
  )
  var tlsKey: String?

  @OptionGroup(title: "Tokens") var tokens: TokenOptions

  @Option(
    help: ArgumentHelp(
      "The least weight of lines in the log: debug, info, notice, warning or error.",
      valueName: "level"
    ),
    transform: { text in
      guard let level = Logger.Level(rawValue: text) else {
        throw ValidationError("it takes debug, info, notice, warning or error")
      }
      return level
    }
  )
  var logLevel = Logger.Level.info

  func validate() throws {
    if (tlsCert == nil) != (tlsKey == nil) {
      throw ValidationError("Give --tls-cert and --tls-key together.")
    }
  }

  func run() async throws {
    try await perform { () async throws(ImportError) in
      let settings = try settings()
      if settings.tls == nil && !isLoopback {
        StandardError.writeLine(
          "warning: tokens can be read on their way to \(host); use --tls-cert and --tls-key"
        )
      }
      let store = try SQLiteStore.open(path: storeOptions.path, mode: .readWrite)
      defer { store.close() }
      let logger = Logger(label: Program.name) { [logLevel] _ in
        JSONLogHandler(level: logLevel, write: StandardError.write)
      }
      try await APIServer(settings, store: store, logger: logger) { url in
        StandardError.writeLine("listening on \(url)")
      }
      .run()
      return .success
    }
  }

  private func settings() throws(ImportError) -> ServerSettings {
    var settings = ServerSettings(
      keyFile: try tokens.keyFile(),
      storePath: storeOptions.path,
      version: Program.version
    )
    settings.host = host
    settings.port = Int(port)
    settings.tokenRules = tokens.rules
    if let tlsCert, let tlsKey {
      settings.tls = ServerSettings.TLSFiles(certificatePath: tlsCert, keyPath: tlsKey)
    }
    return settings
  }

  private var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.utf8.starts(with: "127.".utf8)
  }
}
