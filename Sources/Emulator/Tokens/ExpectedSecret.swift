import Bytes
package import ImportModel

/// A secret that clients have to show; it is never shown itself.
///
/// Neither its description nor its mirror has the text, so that it cannot get into a log by accident.
package struct ExpectedSecret: Sendable {
  private let text: String

  /// Makes a secret of the first line of a text, without spaces around it.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - source: where it comes from, for the message.
  /// - Throws: `ImportError` of the kind `configuration` when the line is empty.
  package init(firstLineOf bytes: Span<UInt8>, source: String) throws(ImportError) {
    var end = 0
    while end < bytes.count && bytes[end] != 0x0A && bytes[end] != 0x0D { end += 1 }
    let line = bytes.extracting(0..<end)
    text = String(utf8: line.extracting(UTF8Text.trimmedRange(of: line)))
    guard !text.isEmpty else {
      throw ImportError(.configuration, "there is no secret in the first line of \(source)")
    }
  }

  /// Makes a secret of a text likewise.
  package init(_ text: String, source: String) throws(ImportError) {
    try self.init(firstLineOf: text.utf8.span, source: source)
  }

  /// Whether a client showed it.
  func isMet(by shown: String) -> Bool { shown == text }
}

extension ExpectedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Words in place of the secret.
  package var description: String { "(secret)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
