import Hummingbird
import HTTPTypes
import NIOCore

extension Response {
  /// An answer whose body is JSON text.
  static func json(
    _ text: String,
    status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) -> Response {
    body(text, type: "application/json", status: status, headers: headers)
  }

  /// An answer whose body is text of some type.
  static func body(
    _ text: String,
    type: String,
    status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = type
    return Response(
      status: status,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }
}

extension APIFailure {
  /// The answer.
  var response: Response { .json(body, status: status, headers: headers) }
}
