import Bytes
package import ImportModel

/// Where a target is: `https://host`, a port and a path in front of all paths if need be.
///
/// The part of RFC 3986 that an address of a service needs: no user, query or fragment, names of
/// hosts in ASCII (RFC 1123), IPv6 addresses in brackets.
package struct BaseAddress: Hashable, Sendable {
  /// How requests travel.
  package enum Scheme: String, Sendable {
    case http, https
  }

  package let scheme: Scheme
  /// The host in lower case, without brackets.
  package let host: String
  /// The port, unless it is the scheme's own.
  package let port: Int?
  /// The path without its last slash; empty when there is none.
  package let path: String

  /// Reads an address.
  ///
  /// - Throws: `ImportError` of the kind `configuration`.
  package init(_ text: String) throws(ImportError) {
    func failure(_ problem: String) -> ImportError {
      ImportError(
        .configuration,
        "the address of the target \(problem)",
        hint: "Write it as in https://api.example.com or http://localhost:2000/base"
      )
    }
    guard let (scheme, rest) = Self.splitScheme(text[...]) else {
      throw failure("begins with neither https:// nor http://")
    }
    let slash = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let authority = rest[..<slash]
    let tail = rest[slash...]
    // Not shown: what stands in front of the @ may be a password.
    if authority.contains("@") { throw failure("has a user or password in it") }
    guard let (host, port) = Self.splitAuthority(authority) else {
      throw failure("has no valid host and port: \"\(ByteBuffer.shown(String(authority)))\"")
    }
    if tail.contains("?") { throw failure("has a query in it") }
    if tail.contains("#") { throw failure("has a fragment in it") }
    guard Self.isPath(tail) else {
      throw failure("has characters in its path that must be written as %XX")
    }
    self.scheme = scheme
    self.host = host
    self.port = port == scheme.port ? nil : port
    path = String(tail.hasSuffix("/") ? tail.dropLast() : tail)
  }

  /// Whether requests stay on this machine.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Scheme, host and port: what a browser calls the origin (RFC 6454).
  package var origin: String {
    let shownHost = host.contains(":") ? "[\(host)]" : host
    return "\(scheme.rawValue)://\(shownHost)" + (port.map { ":\($0)" } ?? "")
  }

  /// The origin of any URL, to be shown; `nil` when it has none or is not one of HTTP.
  static func origin(ofURL url: some StringProtocol) -> String? {
    guard let (scheme, rest) = splitScheme(url[...]) else { return nil }
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let place = authority.lastIndex(of: "@").map { authority.index(after: $0) }
    guard let (host, port) = splitAuthority(authority[(place ?? authority.startIndex)...]) else {
      return nil
    }
    let shownHost = host.contains(":") ? "[\(host)]" : host
    let shownPort = port == nil || port == scheme.port ? "" : ":\(port ?? 0)"
    return "\(scheme.rawValue)://\(shownHost)\(shownPort)"
  }

  /// Whether a text is empty or an absolute path that needs no further escaping (RFC 3986, 3.3).
  static func isPath(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "%"):
        guard place + 2 < bytes.count, HexDigits.value(of: bytes[place + 1]) != nil,
          HexDigits.value(of: bytes[place + 2]) != nil
        else { return false }
        place += 3
      case let byte where isLetterOrDigit(byte) || "/-._~!$&'()*+,;=:@".utf8.contains(byte):
        place += 1
      default:
        return false
      }
    }
    return true
  }

  private static func splitScheme<Text: StringProtocol>(
    _ text: Text
  ) -> (scheme: Scheme, rest: Text.SubSequence)? {
    for (scheme, prefix) in [(Scheme.https, "https://"), (.http, "http://")]
    where text.prefix(prefix.count).lowercased() == prefix {
      return (scheme, text.dropFirst(prefix.count))
    }
    return nil
  }

  private static func splitAuthority(_ text: some StringProtocol) -> (host: String, port: Int?)? {
    let bytes = Array(text.utf8)
    var hostEnd = bytes.count
    var host: [UInt8]
    if bytes.first == UInt8(ascii: "[") {
      guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      host = Array(bytes[1..<bracket])
      hostEnd = bracket + 1
      let isAddress = host.allSatisfy {
        HexDigits.value(of: $0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
      guard isAddress, host.contains(UInt8(ascii: ":")) else { return nil }
    } else {
      hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
      host = Array(bytes[..<hostEnd])
      let isName = host.allSatisfy { isLetterOrDigit($0) || "-._".utf8.contains($0) }
      guard isName, !host.isEmpty, host.count <= 253 else { return nil }
    }
    for place in host.indices where UInt8(ascii: "A")...UInt8(ascii: "Z") ~= host[place] {
      host[place] |= 0x20
    }
    let name = String(decoding: host, as: UTF8.self)
    if hostEnd == bytes.count { return (name, nil) }
    let digits = bytes[(hostEnd + 1)...]
    guard bytes[hostEnd] == UInt8(ascii: ":"), 1...5 ~= digits.count,
      digits.allSatisfy({ 0x30...0x39 ~= $0 }),
      let port = Int(String(decoding: digits, as: UTF8.self)), 1...65535 ~= port
    else { return nil }
    return (name, port)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20
  }
}

extension BaseAddress.Scheme {
  /// The port when none is written.
  package var port: Int { self == .https ? 443 : 80 }
}

extension BaseAddress: CustomStringConvertible {
  /// The address as it is used.
  package var description: String { origin + path }
}
