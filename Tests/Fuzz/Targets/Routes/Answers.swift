import Harness
import JSON

/// Answers as a client reads them, which must be well-formed to the last byte.
struct Answers {
  /// The statuses, of which only those of the contract are right.
  private(set) var statuses: [Int] = []
  private var rest: ArraySlice<UInt8>

  /// Takes the bytes of a connection apart.
  ///
  /// - Parameters:
  ///   - bytes: all that was sent.
  ///   - bodiless: the answers that have no body because the head alone was asked for.
  init(_ bytes: [UInt8], bodiless: Set<Int>) {
    rest = bytes[...]
    while !rest.isEmpty { readAnswer(hasBody: !bodiless.contains(statuses.count)) }
  }

  private mutating func readAnswer(hasBody: Bool) {
    let line = readLine()
    let parts = line.split(separator: " ", maxSplits: 2)
    require(parts.count >= 2 && parts[0].hasPrefix("HTTP/1."), line)
    guard let status = parts.count < 2 ? nil : Int(parts[1]) else { return require(false, line) }
    require([200, 204, 400, 401, 404, 405, 408, 413, 415, 431].contains(status), line)
    statuses.append(status)
    var byteCount: Int?
    var isLast = false
    while true {
      let field = readLine()
      if field.isEmpty { break }
      let sides = field.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { return require(false, field) }
      let value = sides[1].drop { $0 == " " }
      switch sides[0].lowercased() {
      case "content-length":
        require(byteCount == nil, "two lengths")
        byteCount = Int(value)
      case "connection": isLast = value.lowercased() == "close"
      default: break
      }
    }
    require(status == 204 || byteCount != nil, "\(status) without a length")
    if hasBody, let byteCount {
      require(rest.count >= byteCount, "\(status) is cut")
      check(Array(rest.prefix(byteCount)), status)
      rest = rest.dropFirst(byteCount)
    }
    if isLast {
      require(rest.isEmpty, "behind the last answer: \(String(decoding: rest, as: UTF8.self))")
    }
  }

  /// A body is JSON, that of a failure the documented one.
  private func check(_ body: [UInt8], _ status: Int) {
    let text = String(decoding: body, as: UTF8.self)
    guard let json = try? JSONParser.parse(body.span) else { return require(false, text) }
    guard status >= 400 else { return }
    require(json["error"]?["code"]?.string?.isEmpty == false, text)
    require(json["error"]?["message"]?.string?.isEmpty == false, text)
  }

  private mutating func readLine() -> String {
    guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
      require(false, "a line without an end")
      return ""
    }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[..<(end - 1)], as: UTF8.self)
  }
}
