import HummingbirdCore
import HTTPTypes
import Hummingbird
package import ImportModel
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
  ///
  /// Requests under way are answered, within the time that the limits give them.
  /// - Throws: an `ImportError` when the keys, the certificate or the address cannot be used.
  package func run() async throws(ImportError) {
    do {
      try await serve()
    } catch let error as ImportError {
      throw error
    } catch {
      throw ImportError(.internalFailure, "the server failed: \(error)")
    }
  }

  private func serve() async throws {
    let metrics = ServerMetrics()
    let backend = ServerBackend(
      settings: settings,
      store: store,
      assignments: AssignmentQueue(store: store, metrics: metrics),
      imports: ImportService(settings.limits),
      metrics: metrics
    )
    let verifier = TokenVerifier(
      keys: try await TokenKeys.load(settings.keyFile),
      rules: settings.tokenRules
    )
    let table = RouteTable(ServerRoutes.all(backend))
    for route in table.routes {
      logger.debug(
        "route",
        metadata: ["method": .string(route.method.rawValue), "path": .string(route.path)]
      )
    }
    let application = Application(
      responder: Dispatcher(
        table: table,
        verifier: verifier,
        metrics: metrics
      ),
      server: try Listener.builder(settings),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        backlog: settings.limits.backlog,
        availableConnectionsDelegate: MaximumAvailableConnections(
          settings.limits.maximumConnectionCount,
          logger: logger
        )
      ),
      services: [backend.imports],
      onServerRunning: { [settings, onListening] channel in
        onListening(Listener.url(of: channel, settings))
      },
      logger: logger
    )
    try await Listener.run(application, settings, logger)
  }
}
