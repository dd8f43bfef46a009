/// A JSON value (RFC 8259).
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is written, so that nothing is lost of it.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The text, when it is a string.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The truth value, when it is one.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number, when it is an integer that fits, written without fraction and exponent.
  package var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  /// The elements, when it is an array.
  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, when it is an object.
  package var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The value of a member, when it is an object that has it.
  package subscript(name: String) -> JSONValue? { object?[name] }

  /// What kind of value it is, with its article, for messages.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// The members of a JSON object in the order they were written, each name once.
///
/// Names are the same when their bytes are (RFC 8259, section 8.3); texts that only mean the same to
/// Unicode, such as the letter K and the Kelvin sign, are different names.
package struct JSONObject: Hashable, Sendable {
  /// One name with its value.
  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSONValue
  }

  package private(set) var members: [Member] = []

  /// An empty object.
  package init() {}

  /// The value of a name; linear in the number of members.
  package subscript(name: String) -> JSONValue? {
    members.first { ExactName($0.name) == ExactName(name) }?.value
  }

  /// Adds a member unless its name is there already; says whether it was added.
  mutating func append(_ name: String, _ value: JSONValue) -> Bool {
    if members.count < Self.scanLimit {
      guard self[name] == nil else { return false }
    } else {
      if names.isEmpty { names = Set(members.map { ExactName($0.name) }) }
      guard names.insert(ExactName(name)).inserted else { return false }
    }
    members.append(Member(name: name, value: value))
    return true
  }

  /// Objects with more members than this find repeated names by hashing.
  private static let scanLimit = 16
  private var names: Set<ExactName> = []

  package static func == (left: Self, right: Self) -> Bool { left.members == right.members }
  package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

/// A name that is compared byte by byte; `String` compares what the characters mean.
private struct ExactName: Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  static func == (left: Self, right: Self) -> Bool { left.name.utf8.elementsEqual(right.name.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in name.utf8 { hasher.combine(byte) }
  }
}
