import Bytes

/// Reads JSON texts to the letter of RFC 8259, and nothing else.
///
/// Parsers that forgive differ in what they make of a text, so that a gateway and a service may see
/// different values: repeated names, trailing commas, comments, other encodings than UTF-8, a byte
/// order mark, unpaired surrogates and anything behind the value are refused, and so is nesting
/// deeper than a limit.
package struct JSONParser: ~Copyable, ~Escapable {
  /// How deep arrays and objects may lie in each other.
  package static let maximumDepth = 64

  private let bytes: Span<UInt8>
  private var place = 0

  @_lifetime(copy bytes)
  private init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// Reads a text that is one value, with white space around it.
  package static func parse(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    if let invalid = UTF8Text.firstInvalid(in: bytes) {
      throw JSONError(offset: invalid, problem: "the text is not valid UTF-8")
    }
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.place < bytes.count { throw parser.failure("something follows the value") }
    return value
  }

  /// Reads a text that is one value.
  package static func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(text.utf8.span)
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw failure("a value is expected")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    try open(depth)
    var object = JSONObject()
    if try skip(UInt8(ascii: "}")) { return object }
    while true {
      let start = place
      guard try peek() == UInt8(ascii: "\"") else { throw failure("a name in quotes is expected") }
      let name = try string()
      skipSpace()
      guard try skip(UInt8(ascii: ":")) else { throw failure("a colon is expected") }
      let value = try value(depth: depth)
      guard object.append(name, value) else {
        throw JSONError(offset: start, problem: "a name is given twice")
      }
      skipSpace()
      if try skip(UInt8(ascii: "}")) { return object }
      guard try skip(UInt8(ascii: ",")) else { throw failure("a comma or a brace is expected") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    try open(depth)
    var elements: [JSONValue] = []
    if try skip(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if try skip(UInt8(ascii: "]")) { return elements }
      guard try skip(UInt8(ascii: ",")) else { throw failure("a comma or a bracket is expected") }
    }
  }

  private mutating func open(_ depth: Int) throws(JSONError) {
    guard depth <= Self.maximumDepth else { throw failure("the values are nested too deep") }
    place += 1
    skipSpace()
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError)
    -> JSONValue
  {
    let text = "\(word)"
    for byte in text.utf8 {
      guard place < bytes.count, bytes[place] == byte else { throw failure("a value is expected") }
      place += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> String {
    let start = place
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "0") {
      place += 1
    } else {
      try digits()
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      try digits()
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count,
        bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      try digits()
    }
    return String(utf8: bytes.extracting(start..<place))
  }

  private mutating func digits() throws(JSONError) {
    let start = place
    while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
    if place == start { throw failure("a digit is expected") }
  }

  // MARK: - Strings

  private mutating func string() throws(JSONError) -> String {
    place += 1
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        defer { place += 1 }
        return String(utf8: bytes.extracting(start..<place))
      case UInt8(ascii: "\\"):
        return try escapedString(from: start)
      case 0..<0x20:
        throw failure("a control character stands in a string")
      default:
        place += 1
      }
    }
    throw failure("a string has no end")
  }

  /// Reads the rest of a string that has an escape at the present place.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = ByteBuffer(minimumCapacity: 64)
    text.append(bytes.extracting(start..<place))
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        return String(utf8: text.span)
      }
      if byte < 0x20 { throw failure("a control character stands in a string") }
      if byte == UInt8(ascii: "\\") {
        try appendEscape(to: &text)
      } else {
        text.append(byte)
        place += 1
      }
    }
    throw failure("a string has no end")
  }

  private mutating func appendEscape(to text: inout ByteBuffer) throws(JSONError) {
    place += 1
    let start = place
    let byte = try peek()
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hexDigits()
      if 0xD800..<0xDC00 ~= value, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
        bytes[place + 1] == UInt8(ascii: "u")
      {
        place += 2
        let low = try hexDigits()
        guard 0xDC00..<0xE000 ~= low else {
          throw JSONError(offset: start, problem: "a surrogate stands alone")
        }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw JSONError(offset: start, problem: "a surrogate stands alone")
      }
      text.append(text: String(Character(scalar)))
    default:
      throw JSONError(offset: start, problem: "the escape is unknown")
    }
  }

  private mutating func hexDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0x0F)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32((byte & 0x0F) + 9)
      default: throw failure("a hexadecimal digit is expected")
      }
      place += 1
    }
    return value
  }

  // MARK: - Bytes

  private func peek() throws(JSONError) -> UInt8 {
    guard place < bytes.count else { throw failure("the text ends too early") }
    return bytes[place]
  }

  /// Passes a byte and the white space behind it, if it is the next one.
  private mutating func skip(_ byte: UInt8) throws(JSONError) -> Bool {
    guard try peek() == byte else { return false }
    place += 1
    // Behind what closes the last value nothing is passed: the caller looks there itself.
    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { skipSpace() }
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }

  private func failure(_ problem: String) -> JSONError {
    JSONError(offset: place, problem: problem)
  }
}
