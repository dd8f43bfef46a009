import Foundation
import JWTKit

/// Makes tokens, good ones and forged ones.
enum TestToken {
  /// A secret that nobody has used.
  static func newSecret() -> String {
    Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
  }

  /// Claims of an administrator whose token holds for an hour.
  static var claims: [String: Any] {
    ["sub": "tester", "role": "admin", "exp": now + 3600, "iat": now]
  }

  static var now: Int { Int(Date().timeIntervalSince1970) }

  /// A token that is good.
  static func make(_ secret: String) async throws -> String {
    try await sign(header: ["alg": "HS256", "typ": "JWT"], claims: claims, secret)
  }

  /// A token signed with HS256, whatever its header says.
  static func sign(
    header: [String: Any],
    claims: [String: Any],
    _ secret: String
  ) async throws -> String {
    let head = try encode(JSONSerialization.data(withJSONObject: header))
    let payload = try encode(JSONSerialization.data(withJSONObject: claims))
    return try await sign("\(head).\(payload)", secret)
  }

  /// Two parts with their signature by HS256.
  static func sign(_ parts: String, _ secret: String) async throws -> String {
    let keys = JWTKeyCollection()
    await keys.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
    let signature = try await keys.getKey().sign(Data(parts.utf8))
    return "\(parts).\(encode(Data(signature)))"
  }

  /// Base64 for URLs.
  static func encode(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}
