import Bytes
import JSON

/// A token as it is written, before its signature is checked: what its header says, and its parts.
struct TokenShape {
  /// Bytes of a token that are looked at.
  static let maximumByteCount = 8 << 10

  var algorithm: String
  /// The id of the key, which is only compared with ids that are known.
  var keyID: String?
  private let text: [UInt8]
  private let payload: Range<Int>

  /// Takes a token apart.
  ///
  /// - Returns: `nil` for what is no token in the compact form (RFC 7515, section 7.1), or one whose
  ///   header asks for more than an algorithm and a key: extensions that must be understood (`crit`)
  ///   are none of ours, and `jku`, `x5u`, `jwk` and `x5c` are not looked at.
  init?(_ token: String) {
    text = Array(token.utf8)
    guard text.count <= Self.maximumByteCount else { return nil }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    payload = parts[1].startIndex..<parts[1].endIndex
    guard Base64URL.decode(Array(parts[2]).span) != nil,
      let header = Self.object(Array(parts[0])),
      let algorithm = header["alg"]?.string, header["crit"] == nil
    else { return nil }
    self.algorithm = algorithm
    if let type = header["typ"] {
      // Media types are compared without regard to case (RFC 7519, section 5.1).
      guard let name = type.string?.lowercased(), name == "jwt" || name == "at+jwt" else {
        return nil
      }
    }
    if let keyID = header["kid"] {
      guard let name = keyID.string else { return nil }
      self.keyID = name
    }
  }

  /// What the token claims; to be believed only behind the signature.
  func claims() -> JSONObject? { Self.object(Array(text[payload])) }

  private static func object(_ part: [UInt8]) -> JSONObject? {
    guard let bytes = Base64URL.decode(part.span) else { return nil }
    return try? JSONParser.parse(bytes.span).object
  }
}
