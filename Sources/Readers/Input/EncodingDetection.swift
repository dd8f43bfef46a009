import Bytes
import ImportModel

/// Finds the encoding of an input from what the user says, its first bytes and its declaration.
enum EncodingDetection {
  /// Finds the encoding.
  ///
  /// - Parameters:
  ///   - head: the input's first bytes, as they stand.
  ///   - name: the input's name, for errors.
  ///   - wanted: the encoding the user names, which wins over everything.
  /// - Returns: the encoding, with the byte order mark that is there.
  /// - Throws: `encoding_unknown`, `xml_encoding_conflict`.
  static func encoding(
    of head: Span<UInt8>,
    name: String,
    wanted: String?
  ) throws(ImportError) -> TextEncoding {
    let marked = TextEncoding.marked(head)
    if let wanted {
      return try known(completed(TextEncoding.canonicalName(wanted), head, marked), wanted, name)
    }
    let found = marked ?? TextEncoding.patterned(head)
    guard let declared = TextEncoding.declared(asciiText(of: head, encoding: found).span) else {
      return found ?? TextEncoding("UTF-8")
    }
    let canonical = TextEncoding.canonicalName(declared)
    if let found {
      guard canonical == found.name || canonical == String(found.name.prefix(6)) else {
        throw conflict(declared, found.name, name)
      }
      return found
    }
    let encoding = TextEncoding(canonical)
    if encoding.isWide { throw conflict(declared, "UTF-8", name) }
    return try known(encoding, declared, name)
  }

  /// Settles the byte order and takes the mark along.
  private static func completed(
    _ canonical: String,
    _ head: Span<UInt8>,
    _ marked: TextEncoding?
  ) -> TextEncoding {
    if let marked,
      marked.name == canonical || (marked.isWide && marked.name.dropLast(2) == canonical)
    {
      return marked
    }
    switch canonical {
    case "UTF-16": return TextEncoding.patterned(head) ?? TextEncoding("UTF-16LE")
    case "UTF-32": return TextEncoding("UTF-32LE")
    default: return TextEncoding(canonical)
    }
  }

  private static func known(
    _ encoding: TextEncoding,
    _ written: String,
    _ name: String
  ) throws(ImportError) -> TextEncoding {
    guard encoding.isUTF8 || Transcoder(from: encoding.name, to: "UTF-8") != nil else {
      throw ImportError(
        refusing: name,
        because: Finding(.encodingUnknown, .refusal, text: written)
      )
    }
    return encoding
  }

  private static func conflict(
    _ declared: String,
    _ found: String,
    _ name: String
  ) -> ImportError {
    ImportError(
      refusing: name,
      because: Finding(.xmlEncodingConflict, .refusal, text: declared, suggestion: found)
    )
  }

  /// The head without byte order mark and without the zeros of wide characters.
  private static func asciiText(of head: Span<UInt8>, encoding: TextEncoding?) -> [UInt8] {
    var text: [UInt8] = []
    for index in (encoding?.byteOrderMark.count ?? 0)..<min(head.count, 2048) {
      if encoding?.isWide == true && head[index] == 0 { continue }
      text.append(head[index])
    }
    return text
  }
}
