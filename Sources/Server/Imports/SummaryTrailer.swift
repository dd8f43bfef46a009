import Bytes
import HTTPTypes
import ImportModel
import Reports

/// The summary of an import as a field behind its report (RFC 9110, section 6.5).
enum SummaryTrailer {
  /// The name of the field.
  static let name = HTTPField.Name.named("Rcimport-Summary")

  /// Clients refuse fields that are much longer.
  static let maximumByteCount = 8 << 10

  /// The summary as one line of ASCII: JSON, with `\u` escapes for everything else.
  ///
  /// One that is too long loses its lists; the counts and the run are always there.
  static func value(of summary: Summary) -> String {
    let text = ascii(summary)
    guard text.utf8.count > maximumByteCount else { return text }
    var short = summary
    short.inputs = []
    short.outputs = []
    short.tally = Tally()
    short.tally.setOutcomes(summary.tally.outcomes)
    return ascii(short)
  }

  private static func ascii(_ summary: Summary) -> String {
    var json = ByteBuffer()
    SummaryJSON.append(compact: summary, to: &json)
    var escaped = ByteBuffer(minimumCapacity: json.count)
    for unit in String(utf8: json.span).utf16 {
      if unit < 0x80 {
        escaped.append(UInt8(unit))
      } else {
        escaped.append("\\u")
        escaped.append(hex: UInt64(unit), digitCount: 4)
      }
    }
    return String(utf8: escaped.span)
  }
}

extension HTTPField.Name {
  /// Leads to what an answer is about (RFC 8288).
  static let link = named("Link")

  /// A name that the library has no constant for.
  static func named(_ text: String) -> Self {
    guard let name = Self(text) else { preconditionFailure("\(text) is no name of a field") }
    return name
  }
}
