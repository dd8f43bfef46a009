package import ImportModel
import JWTKit

/// What a new administrator's token says.
package struct TokenRequest: Sendable {
  package var subject: String
  package var issuer: String?
  package var audience: String?
  /// In seconds since 1970.
  package var issueTime: Int64
  /// In seconds since 1970.
  package var expiry: Int64
  /// In seconds since 1970, if it does not hold at once.
  package var start: Int64?

  /// Makes it.
  package init(subject: String, issueTime: Int64, expiry: Int64) {
    self.subject = subject
    self.issueTime = issueTime
    self.expiry = expiry
  }
}

/// Signs tokens for administrators.
package enum TokenIssuer {
  /// A token signed with HS256.
  ///
  /// - Throws: `missingInput` or `configuration` when the secret cannot be used.
  package static func token(
    _ request: TokenRequest,
    secretPath: String
  ) async throws(ImportError) -> String {
    let keys = JWTKeyCollection()
    await keys.add(hmac: HMACKey(from: try TokenSecret.load(secretPath)), digestAlgorithm: .sha256)
    do {
      return try await keys.sign(
        AdministratorPayload(
          sub: request.subject,
          role: "admin",
          iss: request.issuer,
          aud: request.audience,
          iat: request.issueTime,
          nbf: request.start,
          exp: request.expiry
        )
      )
    } catch {
      throw ImportError(.internalFailure, "the token could not be signed")
    }
  }
}

/// The claims by their names in a token (RFC 7519, section 4.1).
private struct AdministratorPayload: JWTPayload {
  var sub: String
  var role: String
  var iss: String?
  var aud: String?
  var iat: Int64
  var nbf: Int64?
  var exp: Int64

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
