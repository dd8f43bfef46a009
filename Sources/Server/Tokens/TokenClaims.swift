import JSON

/// What a token with a good signature says, compared with the rules.
struct TokenClaims {
  /// Whose token it is.
  let administrator: Administrator
  /// When it stops to hold, with the leeway, in seconds since 1970.
  let end: Double

  /// Checks claims.
  ///
  /// - Returns: `nil` when the token does not hold now, is not for us, or not an administrator's.
  init?(_ claims: JSONObject, rules: TokenRules, now: Double) {
    let leeway = Double(rules.leeway.components.seconds)
    guard let expiry = Self.time(claims["exp"]) else { return nil }
    end = expiry + leeway
    guard now < end else { return nil }
    if let start = claims["nbf"] {
      guard let start = Self.time(start), now >= start - leeway else { return nil }
    }
    if let issue = claims["iat"], Self.time(issue) == nil { return nil }
    if let issuer = rules.issuer, claims["iss"]?.string != issuer { return nil }
    if let audience = rules.audience, !Self.says(claims["aud"], audience) { return nil }
    guard Self.isAdministrator(claims, rules) else { return nil }
    switch claims["sub"] {
    case nil: administrator = Administrator(subject: "unknown")
    case .string(let subject) where !subject.isEmpty && subject.utf8.count <= 256:
      administrator = Administrator(subject: subject)
    default: return nil
    }
  }

  private static func isAdministrator(_ claims: JSONObject, _ rules: TokenRules) -> Bool {
    if let claim = rules.administratorClaim { return says(claims[claim.name], claim.value) }
    return claims["role"]?.string == "admin"
      || claims["roles"]?.array?.contains(.string("admin")) == true
  }

  /// Whether a claim is a text, or an array with that text in it.
  private static func says(_ claim: JSONValue?, _ text: String) -> Bool {
    switch claim {
    case .string(let value): value == text
    case .array(let values): values.contains(.string(text))
    default: false
    }
  }

  /// A time in seconds since 1970 (RFC 7519, section 2: NumericDate), or `nil`.
  private static func time(_ claim: JSONValue?) -> Double? {
    guard case .number(let text) = claim, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }
}
