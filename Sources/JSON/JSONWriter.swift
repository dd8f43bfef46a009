package import Bytes

/// Writes one JSON value, members in the order they are given.
///
/// Values are written by closures that nest as the value does:
///
///     var writer = JSONWriter()
///     writer.object {
///       $0.member("id", 7)
///       $0.member("rows") { $0.array { $0.object { $0.member("row", 2) } } }
///     }
package struct JSONWriter: ~Copyable {
  /// The text so far.
  package private(set) var bytes = ByteBuffer()
  private let isPretty: Bool
  private var depth = 0
  /// Whether nothing stands yet between the last bracket and here.
  private var isFirst = true

  /// Makes a writer of one line, or of indented lines.
  package init(pretty: Bool = false) { isPretty = pretty }

  /// The text.
  package var text: String { String(utf8: bytes.span) }

  /// Writes an object whose members the closure gives.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  /// Writes an array whose elements the closure gives, each behind a call of `element`.
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
  }

  /// Begins an element of an array.
  package mutating func element(_ value: (inout JSONWriter) -> Void) {
    separate()
    value(&self)
  }

  /// Writes a member whose value the closure writes.
  package mutating func member(_ name: String, _ value: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(json: name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    value(&self)
  }

  /// Writes a member of text, or `null`.
  package mutating func member(_ name: String, _ text: String?) {
    member(name) { $0.value(text) }
  }

  /// Writes a member of a whole number.
  package mutating func member(_ name: String, _ number: some BinaryInteger) {
    member(name) { $0.value(number) }
  }

  /// Writes a member of a truth value.
  package mutating func member(_ name: String, _ value: Bool) {
    member(name) { $0.value(value) }
  }

  /// Writes text, or `null`.
  package mutating func value(_ text: String?) { bytes.append(jsonOrNull: text) }

  /// Writes a whole number.
  package mutating func value(_ number: some BinaryInteger) { bytes.append(text: "\(number)") }

  /// Writes a truth value.
  package mutating func value(_ value: Bool) { bytes.append(value ? "true" : "false") }

  /// Writes a value that is JSON already.
  package mutating func value(verbatim json: String) { bytes.append(text: json) }

  private mutating func nest(
    _ open: UInt8,
    _ close: UInt8,
    _ content: (inout JSONWriter) -> Void
  ) {
    bytes.append(open)
    depth += 1
    isFirst = true
    content(&self)
    depth -= 1
    if !isFirst { breakLine() }
    bytes.append(close)
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    breakLine()
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append("\n")
    for _ in 0..<depth { bytes.append("  ") }
  }
}
