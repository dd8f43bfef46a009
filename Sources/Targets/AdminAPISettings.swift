package import ImportModel

/// Where and how the admin API is called.
package struct AdminAPISettings: Sendable {
  /// How the endpoint is asked to change a user.
  package enum Method: String, CaseIterable, Sendable {
    case put = "PUT"
    case post = "POST"
    case patch = "PATCH"
  }

  /// The path of the endpoint when nothing else is said.
  package static let defaultPath = "/user/update-rcextension"

  package let baseAddress: BaseAddress
  package let method: Method
  /// The path of the endpoint, behind that of the base address.
  package let path: String
  package let token: Secret
  /// How long making a connection may take, with its TLS handshake.
  package var connectTimeout = Duration.seconds(10)
  /// How long a request may take in all, from asking for a connection to the answer's last byte.
  package var timeout = Duration.seconds(30)
  /// The most connections at one time.
  package var concurrency = 16

  /// The most bytes of an answer's body; what is longer is not from this API.
  static let maximumAnswerByteCount = 64 << 10

  /// Checks what is given.
  ///
  /// - Parameters:
  ///   - baseAddress: where the service is.
  ///   - method: how the endpoint is asked.
  ///   - path: where the endpoint is, behind the base address.
  ///   - token: who we are.
  ///   - allowsPlainHTTP: whether the token may travel readable to another machine.
  /// - Throws: `ImportError` of the kind `configuration`.
  package init(
    baseAddress: String,
    method: Method = .put,
    path: String = Self.defaultPath,
    token: Secret,
    allowsPlainHTTP: Bool = false
  ) throws(ImportError) {
    let address = try BaseAddress(baseAddress)
    guard address.scheme == .https || address.isLoopback || allowsPlainHTTP else {
      throw ImportError(
        .configuration,
        "the token would travel to \(address.host) without encryption",
        hint: "Use an address that begins with https://"
      )
    }
    guard !path.isEmpty, BaseAddress.isPath(path) else {
      throw ImportError(
        .configuration,
        "the path of the endpoint must begin with / and have no query, spaces or the like",
        hint: "The usual one is \(Self.defaultPath)"
      )
    }
    self.baseAddress = address
    self.method = method
    self.path = path
    self.token = token
  }
}
