import HTTPTypes
import Hummingbird
package import Logging
package import Stores

/// The HTTP server over a store.
package struct APIServer: Sendable {
  private let settings: ServerSettings
  private let store: any DirectoryStore
  private let logger: Logger
  private let onListening: @Sendable (_ url: String) -> Void

  /// Makes a server that does not listen yet.
  ///
  /// - Parameters:
  ///   - settings: what it does.
  ///   - store: a store opened for writing; the caller closes it behind `run`.
  ///   - logger: where lines about requests go.
  ///   - onListening: is told the address once clients can connect.
  package init(
    _ settings: ServerSettings,
    store: any DirectoryStore,
    logger: Logger,
    onListening: @escaping @Sendable (_ url: String) -> Void
  ) {
    self.settings = settings
    self.store = store
    self.logger = logger
    self.onListening = onListening
  }

  /// Serves until the process is told to stop by SIGTERM or SIGINT, or the task is cancelled.
  package func run() async throws {
    let backend = ServerBackend(settings: settings, store: store)
    let table = RouteTable(ServerRoutes.all(backend))
    let application = Application(
      responder: Dispatcher(
        table: table,
        verifier: TokenVerifier(
          keys: try await TokenKeys.load(settings.keyFile),
          rules: settings.tokenRules
        ),
        metrics: ServerMetrics(routes: table.routes)
      ),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port)
      ),
      onServerRunning: { [settings, onListening] channel in
        let port = channel.localAddress?.port ?? settings.port
        onListening("http://\(settings.host):\(port)")
      },
      logger: logger
    )
    try await application.runService()
  }
}
