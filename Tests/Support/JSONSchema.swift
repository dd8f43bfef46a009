import Foundation

/// A JSON value, with truth and numbers told apart.
package indirect enum JSONValue: Equatable, Decodable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Reads JSON text; throws when it is not.
  package init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The member of an object, or `nil`.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The elements of an array; empty for anything else.
  package var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// What a reference into this document points at, such as `#/$defs/Row` (RFC 6901, section 6).
  package func value(at reference: String) -> JSONValue? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/")
      .reduce(self as JSONValue?) { value, key in value?[String(key)] }
  }

  /// The text of a string, or `nil`.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

/// Validates JSON against a schema of draft 2020-12, as far as our own schemas use it.
///
/// A keyword that it does not know is an error, so that a schema never says more than is checked.
package struct JSONSchema {
  /// What references point into.
  private let document: JSONValue
  /// The schema itself.
  package let schema: JSONValue

  /// What only describes.
  private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description"]

  /// Makes a validator of a schema's text.
  package init(parsing text: String) throws {
    document = try JSONValue(parsing: text)
    schema = document
  }

  /// Makes a validator of a schema that is a part of a document.
  package init(_ schema: JSONValue, in document: JSONValue) {
    self.document = document
    self.schema = schema
  }

  /// What is wrong with a value, each with its place; empty when it is valid.
  package func problems(in value: JSONValue) -> [String] { check(value, schema, at: "$") }

  /// What is wrong with JSON text; not being JSON is one problem.
  package func problems(in text: String) -> [String] {
    guard let value = try? JSONValue(parsing: text) else { return ["$: not JSON"] }
    return problems(in: value)
  }

  private func check(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    switch schema {
    case .boolean(let isAllowed):
      return isAllowed ? [] : ["\(path): not allowed here"]
    case .object(let keywords):
      return keywords.keys.sorted().flatMap { keyword -> [String] in
        guard let rule = keywords[keyword] else { return [] }
        return check(value, keyword, rule, beside: keywords, at: path)
      }
    default:
      return ["\(path): the schema is neither an object nor a truth value"]
    }
  }

  private func check(
    _ value: JSONValue,
    _ keyword: String,
    _ rule: JSONValue,
    beside keywords: [String: JSONValue],
    at path: String
  ) -> [String] {
    switch keyword {
    case "type":
      let types = rule.text.map { [$0] } ?? rule.elements.compactMap(\.text)
      return types.contains { value.isOf(type: $0) } ? [] : ["\(path): not of type \(types)"]
    case "enum": return rule.elements.contains(value) ? [] : ["\(path): not one of the values"]
    case "const": return rule == value ? [] : ["\(path): not the value"]
    case "minimum": return value.isBelow(rule) ? ["\(path): too small"] : []
    case "minItems":
      guard case .array(let elements) = value else { return [] }
      return JSONValue.number(Double(elements.count)).isBelow(rule) ? ["\(path): too few"] : []
    case "pattern": return checkPattern(value, rule, at: path)
    case "required":
      guard case .object(let members) = value else { return [] }
      return rule.elements.compactMap(\.text).filter { members[$0] == nil }
        .map { "\(path): \($0) is missing" }
    case "properties": return checkMembers(value, rule, at: path)
    case "additionalProperties":
      guard case .object(let members) = value else { return [] }
      return members.keys.sorted().filter { keywords["properties"]?[$0] == nil }
        .flatMap { key in members[key].map { check($0, rule, at: "\(path).\(key)") } ?? [] }
    case "items":
      return value.elements.enumerated()
        .flatMap { place, element in check(element, rule, at: "\(path)[\(place)]") }
    case "oneOf": return checkOneOf(value, rule, at: path)
    case "if":
      let branch = check(value, rule, at: path).isEmpty ? "then" : "else"
      return keywords[branch].map { check(value, $0, at: path) } ?? []
    case "then", "else": return []
    case "$ref": return resolve(rule).map { check(value, $0, at: path) } ?? ["\(path): bad $ref"]
    default:
      return Self.annotations.contains(keyword) ? [] : ["\(path): unknown keyword \(keyword)"]
    }
  }

  private func checkPattern(_ value: JSONValue, _ rule: JSONValue, at path: String) -> [String] {
    guard case .string(let text) = value else { return [] }
    guard let pattern = rule.text, let regex = try? Regex(pattern) else {
      return ["\(path): bad pattern"]
    }
    return text.contains(regex) ? [] : ["\(path): does not match \(pattern)"]
  }

  private func checkMembers(_ value: JSONValue, _ rule: JSONValue, at path: String) -> [String] {
    guard case .object(let members) = value, case .object(let schemas) = rule else { return [] }
    return members.keys.sorted().flatMap { key -> [String] in
      guard let member = members[key], let schema = schemas[key] else { return [] }
      return check(member, schema, at: "\(path).\(key)")
    }
  }

  private func checkOneOf(_ value: JSONValue, _ rule: JSONValue, at path: String) -> [String] {
    let results = rule.elements.map { check(value, $0, at: path) }
    let fitting = results.count { $0.isEmpty }
    if fitting == 1 { return [] }
    return ["\(path): fits \(fitting) of \(results.count)"] + results.flatMap { $0 }
  }

  private func resolve(_ reference: JSONValue) -> JSONValue? {
    reference.text.flatMap { document.value(at: $0) }
  }
}

extension JSONValue {
  fileprivate func isOf(type: String) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.boolean, "boolean"), (.number, "number"), (.string, "string"),
      (.array, "array"), (.object, "object"):
      true
    case (.number(let number), "integer"): number.rounded() == number
    default: false
    }
  }

  fileprivate func isBelow(_ bound: JSONValue) -> Bool {
    guard case .number(let number) = self, case .number(let bound) = bound else { return false }
    return number < bound
  }
}
