import JSON

/// A request as far as its answer depends on it.
struct PlatformRequest: Sendable {
  var method: String
  var path: String
  /// The pairs of the query, in order.
  var query: [(name: String, value: String)]
  /// Where the client found us: scheme, host and port.
  var origin: String
  var authorization: String?
  var contentType: String?
  var body: [UInt8]

  /// The body as the object that it has to be.
  func object() throws(PlatformError) -> JSONObject {
    guard mediaType == "application/json" else {
      throw PlatformError(status: 415, code: "CMN-103", message: "Content-Type must be JSON")
    }
    guard !body.isEmpty else {
      throw PlatformError(status: 400, code: "CMN-104", message: "The body is empty")
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(body.span)
    } catch {
      throw PlatformError(status: 400, code: "CMN-103", message: "Not JSON: \(error.problem)")
    }
    guard let object = value.object else {
      throw PlatformError(status: 400, code: "CMN-103", message: "The body must be an object")
    }
    return object
  }

  /// The pairs of a form; `nil` when the body is something else.
  var form: [String: String]? {
    guard mediaType == "application/x-www-form-urlencoded" else { return nil }
    let pairs = FormText.decode(String(decoding: body, as: UTF8.self))
    return Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  private var mediaType: String? {
    contentType?.split(separator: ";").first?.filter { $0 != " " }.lowercased()
  }
}

/// An answer.
struct PlatformReply: Sendable {
  var status = 200
  /// What the head says beside the type and length of the body.
  var fields: [(name: String, value: String)] = []
  /// JSON text; empty for none.
  var body = ""
  /// Whether the connection ends instead of the answer.
  var isDropped = false
}
