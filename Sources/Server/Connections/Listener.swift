import Glibc
import SystemPackage
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import ImportModel
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import UnixSignals

/// How the server listens, and how it stops.
enum Listener {
  /// Builds what speaks HTTP/1 on each connection, in TLS if there is a certificate.
  static func builder(_ settings: ServerSettings) throws(ImportError) -> HTTPServerBuilder {
    let limits = settings.limits
    let configuration = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionGuard(limits)],
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.maximumHeadByteCount,
        maxHeaderListSize: limits.maximumHeadByteCount,
        maxHeaderFieldCount: limits.maximumFieldCount
      )
    )
    guard let tls = settings.tls else { return .http1(configuration: configuration) }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(tls.certificatePath)
      let key = try NIOSSLPrivateKey(file: tls.keyPath, format: .pem)
      var configured = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(key)
      )
      configured.minimumTLSVersion = .tlsv12
      // Whether they belong together shows only here.
      _ = try NIOSSLContext(configuration: configured)
      return try .tls(.http1(configuration: configuration), tlsConfiguration: configured)
    } catch {
      throw ImportError(
        .configuration,
        "the certificate and key cannot be used",
        hint: "Give both in PEM; the key has to be that of the certificate",
        file: tls.certificatePath
      )
    }
  }

  /// The address that clients use.
  static func url(of channel: any Channel, _ settings: ServerSettings) -> String {
    let port = channel.localAddress?.port ?? settings.port
    let host = settings.host.utf8.contains(UInt8(ascii: ":")) ? "[\(settings.host)]" : settings.host
    return "\(settings.tls == nil ? "http" : "https")://\(host):\(port)"
  }

  /// Runs until a signal comes or the task is cancelled; requests under way then have as long as the
  /// limits say.
  ///
  /// Cancelling does not reach the service itself: NIO ends the process when a connection that it
  /// has accepted is dropped before the server takes it.
  static func run(
    _ application: some Service,
    _ settings: ServerSettings,
    _ logger: Logger
  ) async throws {
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application)],
      gracefulShutdownSignals: settings.stopsOnSignals ? [.sigterm, .sigint] : [],
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = settings.limits.shutdownTimeout
    do {
      let services = ServiceGroup(configuration: configuration)
      let running = Task { try await services.run() }
      try await withTaskCancellationHandler {
        try await running.value
      } onCancel: {
        Task { await services.triggerGracefulShutdown() }
      }
    } catch let error as IOError {
      throw ImportError(
        .configuration,
        "cannot listen on \(settings.host), port \(settings.port): \(String(errno: error.errnoCode))",
        hint: error.errnoCode == EADDRINUSE
          ? "Another program has it; take another with --port" : nil
      )
    }
  }
}

extension String {
  /// What the C library says about an error number.
  fileprivate init(errno number: CInt) {
    self = Errno(rawValue: number).description
  }
}
