import NIOHTTP1
import Support

/// What the server says of itself (spec.openapis.org/oas/v3.1.0).
struct APIDescription: Sendable {
  /// One method on one path.
  struct Operation: Sendable {
    var method: String
    var path: String
    var needsToken: Bool
    /// The responses by their status, without references.
    var responses: [Int: JSONValue]

    var name: String { "\(method) \(path)" }
  }

  let document: JSONValue
  let operations: [Operation]

  init(parsing text: String) throws {
    let document = try JSONValue(parsing: text)
    self.document = document
    var operations: [Operation] = []
    for (path, methods) in document["paths"]?.members ?? [:] {
      for (method, operation) in methods.members where method != "parameters" {
        var responses: [Int: JSONValue] = [:]
        for (status, response) in operation["responses"]?.members ?? [:] {
          guard let status = Int(status) else { throw Unclear(what: "\(path) \(status)") }
          responses[status] = response["$ref"]?.text.flatMap { document.value(at: $0) } ?? response
        }
        operations.append(
          Operation(
            method: method.uppercased(),
            path: path,
            needsToken: operation["security"] != nil,
            responses: responses
          )
        )
      }
    }
    self.operations = operations.sorted { $0.name < $1.name }
  }

  /// The operation of a name such as `GET /health`.
  func operation(_ name: String) throws -> Operation {
    guard let operation = operations.first(where: { $0.name == name }) else {
      throw Unclear(what: name)
    }
    return operation
  }

  /// What an answer to an operation has that the description does not say; empty when all is well.
  func problems(in answer: HTTPAnswer, to operation: Operation) -> [String] {
    let place = "\(operation.name) \(answer.status)"
    guard let response = operation.responses[answer.status] else {
      return ["\(place): the status is not declared: \(answer.text.prefix(200))"]
    }
    var problems: [String] = []
    for name in response["headers"]?.members.keys.sorted() ?? []
    where !answer.headers.contains(name: name) {
      problems.append("\(place): \(name) is missing")
    }
    let field = answer.headers.first(name: "Content-Type") ?? ""
    let type = String(field.prefix { $0 != ";" })
    guard let content = response["content"]?[type] else {
      return problems + ["\(place): the type is not declared: \(field)"]
    }
    if let schema = content["schema"] {
      problems += JSONSchema(schema, in: document).problems(in: answer.text)
        .map { "\(place): \($0): \(answer.text.prefix(200))" }
    }
    return problems
  }

  /// Every reference in the document.
  var references: [String] { Self.references(in: document) }

  private static func references(in value: JSONValue) -> [String] {
    let own = value["$ref"]?.text.map { [$0] } ?? []
    let below = value.elements + value.members.values
    return own + below.flatMap { references(in: $0) }
  }

  /// Something is not there, or says nothing.
  struct Unclear: Error { var what: String }
}

extension JSONValue {
  /// The members of an object; empty for anything else.
  var members: [String: JSONValue] {
    guard case .object(let members) = self else { return [:] }
    return members
  }
}
