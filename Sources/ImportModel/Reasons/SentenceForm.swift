import Bytes

/// How a sentence is written down.
///
/// What becomes part of JSON is written as such at once, and not a second time with escapes.
package enum SentenceForm: Sendable {
  /// As people read it.
  case plain
  /// As the inside of a JSON string (RFC 8259, section 7).
  case json

  /// Characters of a value that a sentence shows.
  static let shownCharacterCount = 40

  /// Adds a text in quotes, shortened, with what cannot be seen written out.
  func append(quoted value: Span<UInt8>, to text: inout ByteBuffer) {
    appendQuote(to: &text)
    if !append(plain: value, to: &text) {
      let limit = Self.shownCharacterCount
      if !append(visible: value, escapingQuotes: true, limit: limit, to: &text) {
        text.append("\u{2026}")
      }
    }
    appendQuote(to: &text)
  }

  /// Adds a text with what cannot be seen written out as `\u{...}`.
  func append(visible value: Span<UInt8>, to text: inout ByteBuffer) {
    _ = append(visible: value, escapingQuotes: false, limit: .max, to: &text)
  }

  /// Adds a short text in which nothing needs to be escaped, as nearly all are; returns `false`, with
  /// nothing added, for any other.
  @inline(__always)
  private func append(plain value: Span<UInt8>, to text: inout ByteBuffer) -> Bool {
    guard value.count <= Self.shownCharacterCount else { return false }
    let plainCount = text.append(plainPrefixOf: value)
    if plainCount == value.count { return true }
    text.removeSuffix(from: text.count - plainCount)
    return false
  }

  private func appendQuote(to text: inout ByteBuffer) {
    switch self {
    case .plain: text.append("\"")
    case .json: text.append("\\\"")
    }
  }

  /// Adds what stands before a quote or a backslash of a value.
  private func appendEscape(escapingQuotes: Bool, to text: inout ByteBuffer) {
    switch (self, escapingQuotes) {
    case (.plain, false): break
    case (.plain, true), (.json, false): text.append("\\")
    case (.json, true): text.append("\\\\\\")
    }
  }

  /// Adds the first characters of valid UTF-8; returns whether these are all.
  private func append(
    visible value: Span<UInt8>,
    escapingQuotes: Bool,
    limit: Int,
    to text: inout ByteBuffer
  ) -> Bool {
    // What lies between is added as it stands.
    var start = 0
    var index = 0
    var characterCount = 0
    while index < value.count && characterCount < limit {
      let plainCount = min(value.firstSpecial(from: index) - index, limit - characterCount)
      index += plainCount
      characterCount += plainCount
      guard index < value.count && characterCount < limit else { break }
      characterCount += 1
      let byte = value[index]
      if byte >= 0x20 && byte < 0x7F {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          text.append(value.extracting(start..<index))
          appendEscape(escapingQuotes: escapingQuotes, to: &text)
          start = index
        }
        index += 1
        continue
      }
      let character = UTF8Text.character(in: value, at: index)
      if !Self.isSeen(character.scalar) {
        text.append(value.extracting(start..<index))
        text.append(self == .json ? "\\\\u{" : "\\u{")
        text.append(text: String(character.scalar.value, radix: 16, uppercase: true))
        text.append("}")
        start = index + character.byteCount
      }
      index += character.byteCount
    }
    text.append(value.extracting(start..<index))
    return index == value.count
  }

  /// Whether a character is seen; none of those that JSON of ours escapes is.
  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .privateUse, .unassigned:
      false
    default:
      true
    }
  }
}
