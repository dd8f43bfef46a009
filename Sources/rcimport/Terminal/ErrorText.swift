import Bytes
import ImportModel
import Reports

/// Tells people why a run cannot go on: where, what is wrong, what to do.
///
///     rcimport: users.csv:12:7: Quote opened at line 3 is never closed
///       hint: Close it or double inner quotes
enum ErrorText {
  /// The lines, each with its line feed.
  static func lines(of error: ImportError) -> String {
    var place = error.file.map { $0 == "-" ? stream(of: error.kind) : ByteBuffer.shown($0) } ?? ""
    if let line = error.line, !place.isEmpty {
      place += ":\(line)"
      if let column = error.column { place += ":\(column)" }
    }
    // What a reason says begins as it should: it may be with the name of a field.
    let message =
      error.finding.map { ByteBuffer.shown(ReasonText.message($0, value: nil)) }
      ?? sentence(error.message)
    let head = [Program.name, place, message].filter { !$0.isEmpty }
    var text = head.joined(separator: ": ") + "\n"
    if let hint = error.hint ?? error.finding.flatMap({ ReasonText.hint($0) }), !hint.isEmpty {
      text += "  hint: \(sentence(hint))\n"
    }
    return text
  }

  /// What `-` stands for.
  private static func stream(of kind: ImportError.Kind) -> String {
    switch kind {
    case .outputNotMade, .outputNotWritten, .readerGone: "standard output"
    default: "standard input"
    }
  }

  /// Text on one line, with a capital at its beginning.
  private static func sentence(_ text: String) -> String {
    let shown = ByteBuffer.shown(text)
    guard let first = shown.unicodeScalars.first, first.isASCII else { return shown }
    return String(first).uppercased() + shown.dropFirst()
  }
}
