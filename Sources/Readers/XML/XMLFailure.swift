import CLibXML2
import ImportModel

/// Why a document cannot be used, and where.
struct XMLFailure {
  var finding: Finding
  /// The physical line, from 1.
  var line: UInt32
  /// The column on the line in bytes, from 1.
  var column: Int

  /// libxml2 keeps at most this much of an unfinished tag, comment or value.
  static let maximumTokenByteCount = 10_000_000
}

extension XMLFailure {
  /// Makes a failure of an error of libxml2.
  init(_ error: xmlError) {
    finding = Self.finding(
      code: error.code,
      reason: error.message.map { String(cString: $0) } ?? "error \(error.code)",
      name: error.str1.map { String(cString: $0) },
      number: Int(error.int1)
    )
    line = UInt32(clamping: max(error.line, 1))
    column = max(Int(error.int2), 1)
  }

  /// What an error of libxml2 means.
  ///
  /// - Parameters:
  ///   - code: libxml2's `xmlParserErrors` number.
  ///   - reason: libxml2's own words.
  ///   - name: the entity or element the error is about, if any.
  ///   - number: the character the error is about, if any.
  /// - Returns: a refusal of the document.
  static func finding(code: Int32, reason: String, name: String?, number: Int) -> Finding {
    switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
    case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ENTITY_LOOP,
      XML_ERR_UNPARSED_ENTITY, XML_ERR_ENTITY_IS_EXTERNAL, XML_ERR_ENTITY_IS_PARAMETER:
      Finding(.xmlEntityForbidden, .refusal, text: cleaned(name ?? reason))
    case XML_ERR_INVALID_CHAR:
      Finding(.xmlInvalidChar, .refusal, number: number)
    case XML_ERR_INVALID_ENCODING:
      Finding(.invalidUTF8, .refusal)
    case XML_ERR_INTERNAL_ERROR where reason.contains("Huge input"):
      Finding(
        .xmlTextTooLong,
        .refusal,
        number: maximumTokenByteCount,
        limit: maximumTokenByteCount
      )
    case XML_ERR_DOCUMENT_EMPTY:
      Finding(.xmlNotWellFormed, .refusal, text: "it does not begin with an element")
    default:
      Finding(.xmlNotWellFormed, .refusal, text: cleaned(reason))
    }
  }

  /// Text of libxml2 or of the document on one line, at most 200 characters.
  static func cleaned(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(200).map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
    }
    var line = String(String.UnicodeScalarView(scalars))
    while line.last == " " { line.removeLast() }
    return line
  }
}
