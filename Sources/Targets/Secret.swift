import Bytes
package import ImportModel

/// A token that proves who we are, which is never shown.
///
/// Neither its description nor its mirror has the text, so that it cannot get into a log by accident.
package struct Secret: Hashable, Sendable {
  /// The text, for the one header it goes into.
  let text: String

  /// Makes a secret of a text: spaces around it and everything behind its first line are dropped.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - source: where it comes from, for the message: a file's name or a variable's.
  /// - Throws: `ImportError` of the kind `configuration` when it is empty or cannot be a token
  ///   (RFC 6750, section 2.1: visible characters of ASCII).
  package init(firstLineOf bytes: Span<UInt8>, source: String) throws(ImportError) {
    var end = 0
    while end < bytes.count && bytes[end] != 0x0A && bytes[end] != 0x0D { end += 1 }
    let line = bytes.extracting(0..<end)
    let token = line.extracting(UTF8Text.trimmedRange(of: line))
    guard !token.isEmpty else {
      throw ImportError(
        .configuration,
        "there is no token in the first line of \(source)",
        hint: "Put the token there, alone on its line"
      )
    }
    for index in token.indices where !(0x21...0x7E ~= token[index]) {
      throw ImportError(
        .configuration,
        "the first line of \(source) is not a token: "
          + "character \(index + 1) is a space or not visible ASCII",
        hint: "Put the token there alone, without the word Bearer and without quotes"
      )
    }
    text = String(utf8: token)
  }

  /// Makes a secret of a text likewise.
  package init(_ text: String, source: String) throws(ImportError) {
    try self.init(firstLineOf: text.utf8.span, source: source)
  }

  /// Makes a secret of a value of the input, whatever its characters are.
  package init(value: String) { text = value }

  /// A text of the other side without this secret, should it have sent it back.
  package func removed(from message: String) -> String {
    guard !text.isEmpty, message.utf8.count >= text.utf8.count else { return message }
    let needle = Array(text.utf8)
    let bytes = Array(message.utf8)
    var result = ByteBuffer(minimumCapacity: bytes.count)
    var start = 0
    var place = 0
    while place + needle.count <= bytes.count {
      if bytes[place] == needle[0], bytes[place..<(place + needle.count)].elementsEqual(needle) {
        result.append(bytes.span.extracting(start..<place))
        result.append(text: description)
        place += needle.count
        start = place
      } else {
        place += 1
      }
    }
    if start == 0 { return message }
    result.append(bytes.span.extracting(start..<bytes.count))
    return String(utf8: result.span)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Words in place of the secret.
  package var description: String { "(secret)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
