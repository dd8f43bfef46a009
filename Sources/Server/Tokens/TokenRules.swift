/// What a token has to say beside being signed.
package struct TokenRules: Sendable {
  /// A claim that only administrators have.
  package struct AdministratorClaim: Hashable, Sendable {
    package var name: String
    package var value: String

    /// Makes it.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The only issuer, when there is one.
  package var issuer: String?
  /// Whom tokens are for, when it is checked.
  package var audience: String?
  /// How far the clock of whoever signs may be off.
  package var leeway = Duration.seconds(30)
  /// What makes an administrator; `nil` is `role` with the value `admin`, or `roles` that contain it.
  package var administratorClaim: AdministratorClaim?

  /// The rules when nothing else is said.
  package init() {}
}

/// The file with what tokens are checked with.
package enum TokenKeyFile: Hashable, Sendable {
  /// A secret of at least 32 bytes: HS256.
  case secret(path: String)
  /// A public key in PEM: RS256 or ES256.
  case publicKey(path: String)
  /// A set of public keys (RFC 7517): RS256 and ES256.
  case keySet(path: String)
}
