package import ImportModel

/// Where a RingCentral account is, who asks for it, and how people are given extensions.
package struct RingCentralSettings: Sendable {
  /// What an extension becomes when a person gets it.
  package enum Status: String, CaseIterable, Sendable {
    /// The person has to activate it.
    case notActivated = "NotActivated"
    case enabled = "Enabled"
  }

  /// RingCentral's own address.
  package static let defaultAddress = "https://platform.ringcentral.com"

  /// The server; paths of the API stand behind it.
  package let baseAddress: BaseAddress
  /// The app that asks.
  package let clientID: String
  package let clientSecret: Secret
  /// The credential of the user in whose name the app asks (RFC 7523).
  package let jwt: Secret
  package var status = Status.notActivated
  /// Whether people are sent RingCentral's welcome.
  package var sendsWelcome = false
  /// How long making a connection may take, with its TLS handshake.
  package var connectTimeout = Duration.seconds(10)
  /// How long a request may take in all, from asking for a connection to the answer's last byte.
  package var timeout = Duration.seconds(30)
  /// The most connections at one time.
  package var concurrency = 16
  /// How many extensions a page of the list has, at most 1000.
  package var pageSize = 1000

  /// The most bytes of the answer about one extension, or about a token.
  static let maximumAnswerByteCount = 1 << 20
  /// The most bytes of a page of the list.
  static let maximumPageByteCount = 32 << 20

  /// Checks what is given.
  ///
  /// - Parameters:
  ///   - baseAddress: where the server is.
  ///   - clientID: the app's id.
  ///   - clientSecret: the app's secret.
  ///   - jwt: the user's credential.
  ///   - allowsPlainHTTP: whether secrets may travel readable to another machine.
  /// - Throws: `ImportError` of the kind `configuration`.
  package init(
    baseAddress: String = Self.defaultAddress,
    clientID: String,
    clientSecret: Secret,
    jwt: Secret,
    allowsPlainHTTP: Bool = false
  ) throws(ImportError) {
    let address = try BaseAddress(baseAddress)
    guard address.scheme == .https || address.isLoopback || allowsPlainHTTP else {
      throw ImportError(
        .configuration,
        "the secrets would travel to \(address.host) without encryption",
        hint: "Use an address that begins with https:// in \(Variable.serverURL)"
      )
    }
    // RFC 7617, section 2: a colon would end the name.
    guard !clientID.isEmpty, clientID.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x3A }) else {
      throw ImportError(
        .configuration,
        clientID.isEmpty
          ? "the app's client id is empty"
          : "the app's client id has a colon, a space or something that is not visible ASCII",
        hint: "Put the id that RingCentral's developer console shows in \(Variable.clientID)"
      )
    }
    self.baseAddress = address
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.jwt = jwt
  }

  /// The environment variables that the settings come from, as RingCentral's guides call them.
  package enum Variable {
    package static let serverURL = "RC_SERVER_URL"
    package static let clientID = "RC_APP_CLIENT_ID"
    package static let clientSecret = "RC_APP_CLIENT_SECRET"
    package static let jwt = "RC_USER_JWT"
  }
}
