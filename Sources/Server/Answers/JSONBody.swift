import HTTPTypes
import JSON

/// Reads bodies that are JSON objects; what is wrong with one is said in a 400.
///
/// Members that nobody asks for are ignored, and kept nowhere.
enum JSONBody {
  /// Checks that a request says its body is JSON.
  static func checkType(of headers: HTTPFields) throws(APIFailure) {
    let values = headers[values: .contentType]
    guard values.count == 1, let type = values[0].split(separator: ";").first,
      type.filter({ $0 != " " && $0 != "\t" }).lowercased() == "application/json"
    else { throw .invalid("Content-Type must be application/json") }
  }

  /// Reads the body itself.
  static func object(in body: [UInt8]) throws(APIFailure) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(body.span)
    } catch {
      throw .invalid("The body is not valid JSON: \(error.problem), at byte \(error.offset + 1)")
    }
    guard let object = value.object else {
      throw .invalid("The body must be an object, not \(value.kindName)")
    }
    return object
  }

  /// A member that must be an object.
  static func object(_ name: String, in object: JSONObject) throws(APIFailure) -> JSONObject {
    guard let value = object[name] else { throw .invalid("\(name) is missing") }
    guard let member = value.object else {
      throw .invalid("\(name) must be an object, not \(value.kindName)")
    }
    return member
  }

  /// A member that must be text.
  static func string(
    _ name: String,
    in object: JSONObject,
    of parent: String
  ) throws(APIFailure) -> String {
    guard let value = object[name] else { throw .invalid("\(parent).\(name) is missing") }
    guard let text = value.string else {
      throw .invalid("\(parent).\(name) must be a string, not \(value.kindName)")
    }
    return text
  }
}
