import Foundation

/// A request as the stand-in reads it.
struct HTTPRequest {
  var method: String
  var path: String
  /// By name in lower case.
  var headers: [String: String]
  var body: [UInt8]

  /// Why the request is not what the API asks for, or what it asks to be assigned.
  enum Content {
    case wrong(String)
    case assignment(user: String, number: String)
  }

  /// What the body asks for.
  ///
  /// The documented body and nothing else, for the client has no reason to send more.
  var content: Content {
    guard headers["content-type"] == "application/json" else { return .wrong("content type") }
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
      object.count == 1, let payload = object["payload"] as? [String: Any], payload.count == 2,
      let user = payload["userId"] as? String, let number = payload["rcExtension"] as? String
    else { return .wrong("body") }
    let isID = user.utf8.count == 24 && user.allSatisfy(\.isHexDigit)
    let isNumber = 2...10 ~= number.utf8.count && number.utf8.allSatisfy { 48...57 ~= $0 }
    return isID && isNumber ? .assignment(user: user, number: number) : .wrong("values")
  }
}

/// Reads requests from a connection, one after the other.
struct HTTPRequestReader {
  private let socket: LoopbackSocket
  private var rest: [UInt8] = []

  init(_ socket: LoopbackSocket) { self.socket = socket }

  /// Whether something of another request is there already.
  var hasMore: Bool { !rest.isEmpty || socket.hasBytes }

  /// The next request; `nil` when the connection ended, or what comes is none.
  mutating func next() -> HTTPRequest? {
    let separator = Array("\r\n\r\n".utf8)
    var end = rest.firstRange(of: separator)
    while end == nil {
      guard fill(), rest.count < 65_536 else { return nil }
      end = rest.firstRange(of: separator)
    }
    guard let end else { return nil }
    let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    rest.removeSubrange(..<end.upperBound)
    guard let count = Int(headers["content-length"] ?? "0") else { return nil }
    while rest.count < count { guard fill() else { return nil } }
    let body = Array(rest.prefix(count))
    rest.removeFirst(count)
    return HTTPRequest(
      method: String(words[0]),
      path: String(words[1]),
      headers: headers,
      body: body
    )
  }

  private mutating func fill() -> Bool {
    let bytes = socket.read()
    rest += bytes
    return !bytes.isEmpty
  }
}
