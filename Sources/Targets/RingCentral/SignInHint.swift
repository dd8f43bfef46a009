import Bytes

/// Which setting to look at when signing in fails.
enum SignInHint {
  private typealias Variable = RingCentralSettings.Variable

  /// What to do about an error of the token endpoint.
  static func text(_ problem: PlatformProblem) -> String {
    switch problem.code {
    case "OAU-123", "OAU-146", "OAU-153": return app
    case "OAU-250", "OAU-251": return flow
    case "OAU-147": return "The user of \(Variable.jwt) is locked; RingCentral's portal unlocks it"
    case "OAU-168": return "The user of \(Variable.jwt) must sign in with a second factor first"
    case "OAU-210", "OAU-347": return jwt
    default: break
    }
    switch problem.grantError {
    case "invalid_client": return app
    case "invalid_grant", "expired_token": return jwt
    case "unauthorized_client", "unsupported_grant_type": return flow
    default:
      return "Check \(Variable.clientID), \(Variable.clientSecret) and \(Variable.jwt)"
    }
  }

  private static let app =
    "Check \(Variable.clientID) and \(Variable.clientSecret), and that they belong to "
    + Variable.serverURL
  private static let flow =
    "Allow the app of \(Variable.clientID) to sign in by JWT, in RingCentral's developer console"
  private static let jwt =
    "Check \(Variable.jwt): it may have ended, be revoked or be for another app"
}

/// Names and values of forms (application/x-www-form-urlencoded).
enum FormField {
  /// Writes one so that it means nothing else (RFC 3986, section 2.3).
  static func encode(_ text: String) -> String {
    var encoded = ByteBuffer(minimumCapacity: text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded.append(
          text: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        )
      }
    }
    return String(utf8: encoded.span)
  }
}
