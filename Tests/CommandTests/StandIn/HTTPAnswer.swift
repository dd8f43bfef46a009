/// The bytes of an answer, well formed or not, and whether the connection ends behind them.
struct HTTPAnswer: Sendable {
  var bytes: [UInt8]
  var closes: Bool

  /// Any bytes.
  static func raw(_ text: String, closes: Bool = true) -> HTTPAnswer {
    HTTPAnswer(bytes: Array(text.utf8), closes: closes)
  }

  /// A well-formed answer.
  static func json(_ status: Int, _ body: String, headers: [String] = []) -> HTTPAnswer {
    whole(status, body, headers: ["Content-Type: application/json"] + headers)
  }

  /// A well-formed answer that holds no JSON.
  static func html(_ status: Int, _ body: String) -> HTTPAnswer {
    whole(status, body, headers: ["Content-Type: text/html; charset=utf-8"])
  }

  /// An answer that leads elsewhere.
  static func redirect(_ status: Int, to location: String) -> HTTPAnswer {
    whole(status, "", headers: ["Location: \(location)"])
  }

  // MARK: - The documented answers

  static let updatedBody = #"{"message":"RingCentral extension updated successfully","data":{}}"#
  static let updated = json(200, updatedBody)
  static let unauthorized = error(
    401,
    "UNAUTHORIZED",
    "Missing or invalid token or insufficient permissions"
  )
  static let userNotFound = error(404, "USER_NOT_FOUND", "User not found")
  static let serverError = error(500, "SERVER_ERROR", "Internal server error")

  static func invalid(_ message: String = "Invalid request body") -> HTTPAnswer {
    error(400, "VALIDATION_ERROR", message)
  }

  static func error(
    _ status: Int,
    _ code: String,
    _ message: String,
    headers: [String] = []
  ) -> HTTPAnswer {
    json(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, headers: headers)
  }

  private static func whole(_ status: Int, _ body: String, headers: [String]) -> HTTPAnswer {
    let head =
      ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)"] + headers + ["", body]
    return raw(head.joined(separator: "\r\n"), closes: false)
  }
}
