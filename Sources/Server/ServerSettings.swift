package import Logging

/// What the server is told when it starts.
package struct ServerSettings: Sendable {
  /// The files of a certificate, in PEM.
  package struct TLSFiles: Sendable {
    /// The certificate and those that lead to its authority.
    package var certificatePath: String
    package var keyPath: String

    /// Makes it.
    package init(certificatePath: String, keyPath: String) {
      self.certificatePath = certificatePath
      self.keyPath = keyPath
    }
  }

  /// The address or name to listen on.
  package var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  package var port = 2000
  /// The certificate; without one the server speaks plain HTTP.
  package var tls: TLSFiles?
  package var limits = ServerLimits()
  /// What tokens are checked with.
  package var keyFile: TokenKeyFile
  /// What tokens have to say.
  package var tokenRules = TokenRules()
  /// The SQLite file.
  package var storePath: String
  /// Whether SIGTERM and SIGINT stop the server; without it only cancelling its task does.
  package var stopsOnSignals = true
  /// The version of the program, for the description of the API.
  package var version: String
  /// The least weight of lines in the log.
  package var logLevel = Logger.Level.info

  /// Makes settings with the values that hold when nothing else is said.
  package init(keyFile: TokenKeyFile, storePath: String, version: String) {
    self.keyFile = keyFile
    self.storePath = storePath
    self.version = version
  }
}
