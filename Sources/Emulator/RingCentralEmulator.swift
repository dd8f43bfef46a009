import Glibc
import Hummingbird
import HummingbirdCore
package import ImportModel
import Logging
import NIOCore
import ServiceLifecycle
import SystemPackage
import UnixSignals

/// Where the stand-in can be found: on this machine alone.
enum EmulatorAddress {
  static let host = "127.0.0.1"
}

/// A stand-in of the part of RingCentral's REST API that assigning extensions needs.
///
/// It keeps an account in memory and answers on 127.0.0.1 alone. It is not RingCentral: what
/// RingCentral does not document, it settles in one of the possible ways.
package struct RingCentralEmulator: Sendable {
  private let settings: EmulatorSettings
  private let state: PlatformState
  private let onListening: @Sendable (_ url: String) -> Void

  /// How long requests under way get when it is told to stop.
  private static let shutdownTimeout = Duration.seconds(2)

  /// Makes a stand-in that does not listen yet.
  ///
  /// - Parameters:
  ///   - settings: how it behaves.
  ///   - account: the extensions at the beginning.
  ///   - onListening: is told the address once clients can connect.
  package init(
    _ settings: EmulatorSettings,
    account: Account,
    onListening: @escaping @Sendable (_ url: String) -> Void
  ) {
    self.settings = settings
    state = PlatformState(Platform(settings, account: account))
    self.onListening = onListening
  }

  /// The extensions as they are now.
  package var account: Account { state.account }

  /// Serves until the process is told to stop by SIGTERM or SIGINT, or the task is cancelled.
  ///
  /// - Throws: an `ImportError` when the port cannot be used.
  package func run() async throws(ImportError) {
    do {
      try await serve()
    } catch let error as IOError {
      throw ImportError(
        .configuration,
        "cannot listen on \(EmulatorAddress.host), port \(settings.port): "
          + Errno(rawValue: error.errnoCode).description,
        hint: error.errnoCode == EADDRINUSE
          ? "Another program has it; take another with --port" : nil
      )
    } catch {
      throw ImportError(.internalFailure, "the stand-in failed: \(error)")
    }
  }

  private func serve() async throws {
    // Requests are not logged: what matters of them is in the answers and in the account.
    let logger = Logger(label: "emulator") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      responder: EmulatorResponder(state: state),
      configuration: ApplicationConfiguration(
        address: .hostname(EmulatorAddress.host, port: settings.port)
      ),
      onServerRunning: { [settings, onListening] channel in
        let port = channel.localAddress?.port ?? settings.port
        onListening("http://\(EmulatorAddress.host):\(port)")
      },
      logger: logger
    )
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application)],
      gracefulShutdownSignals: settings.stopsOnSignals ? [.sigterm, .sigint] : [],
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = Self.shutdownTimeout
    let services = ServiceGroup(configuration: configuration)
    // Cancelling ends it in order, too: NIO ends the process when a connection that it has accepted
    // is dropped before the server takes it.
    let running = Task { try await services.run() }
    try await withTaskCancellationHandler {
      try await running.value
    } onCancel: {
      Task { await services.triggerGracefulShutdown() }
    }
  }
}
