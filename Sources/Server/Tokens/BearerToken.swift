import HTTPTypes

/// The token of a request: what stands behind `Bearer` (RFC 6750, section 2.1).
enum BearerToken {
  /// The token, or `nil` when there is none or more than one.
  static func token(in headers: HTTPFields) -> String? {
    let values = headers[values: .authorization]
    guard values.count == 1 else { return nil }
    let parts = values[0].utf8.split(separator: UInt8(ascii: " "))
    guard parts.count == 2, parts[0].count == 6, Substring(parts[0]).lowercased() == "bearer"
    else { return nil }
    return String(Substring(parts[1]))
  }
}
