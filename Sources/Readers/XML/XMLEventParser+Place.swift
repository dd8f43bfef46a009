import CLibXML2

// Where the parser stands in the document.
extension XMLEventParser {
  /// Whether libxml2 has read everything that it was given.
  private var hasTakenAll: Bool { pendingBytes.isEmpty }

  /// Whether libxml2 has read everything that it was given, and stands in the content of an element.
  ///
  /// Inside CDATA it may have read everything, too.
  var isInContent: Bool { hasTakenAll && context.pointee.instate == XML_PARSER_CONTENT }

  /// Takes note that the next bytes of the document were read without the parser, which has read
  /// everything before them.
  ///
  /// - Parameters:
  ///   - bytes: whole elements, which leave open what was open before them.
  ///   - lineFeedCount: the line feeds among them.
  func skip(_ bytes: Span<UInt8>, lineFeedCount: UInt32) {
    guard let input = context.pointee.input, !bytes.isEmpty else { return }
    precondition(isInContent, "libxml2 has not read what comes before")
    origin += UInt64(bytes.count)
    input.pointee.line &+= Int32(truncatingIfNeeded: lineFeedCount)
    if lineFeedCount > 0 { input.pointee.col = 1 }
    var index = bytes.count
    while index > 0, bytes[index - 1] != 0x0A {
      index -= 1
      if bytes[index] & 0xC0 != 0x80 { input.pointee.col &+= 1 }
    }
  }

  /// The offset in the source after what was parsed last: in `endElement`, after the end tag.
  var offset: UInt64 {
    guard let input = context.pointee.input else { return origin }
    return origin + UInt64(input.pointee.consumed)
      + UInt64(input.pointee.cur - input.pointee.base)
  }

  /// The line of what was parsed last.
  var line: UInt32 {
    guard let input = context.pointee.input else { return 1 }
    return UInt32(clamping: input.pointee.line)
  }

  /// Where the start tag begins; only inside `startElement`.
  var startTagPlace: (offset: UInt64, line: UInt32) {
    let tag = startTag
    var lineBreakCount: UInt32 = 0
    for byte in tag where byte == 0x0A { lineBreakCount += 1 }
    return (offset - UInt64(tag.count), line - min(lineBreakCount, line))
  }

  /// The start tag as it stands in the document, without `>` or `/>`; only inside `startElement`.
  var startTagBytes: [UInt8] { Array(startTag) }

  /// Bytes before where the parser stands that libxml2 still has.
  var readyByteCount: Int {
    guard let input = context.pointee.input else { return 0 }
    return input.pointee.cur - input.pointee.base
  }

  /// From the `<` to where the parser stands, which in a start tag is before its end.
  var startTag: UnsafeBufferPointer<UInt8> {
    guard let input = context.pointee.input, let end = input.pointee.cur,
      let base = input.pointee.base
    else { return UnsafeBufferPointer(start: nil, count: 0) }
    // No `<` can stand between the tag's own and here: attribute values must escape it.
    var start = end
    while start > base {
      start -= 1
      if start.pointee == 0x3C { break }
    }
    precondition(start < end && start.pointee == 0x3C, "a start tag outside libxml2's buffer")
    return UnsafeBufferPointer(start: start, count: end - start)
  }

  /// What libxml2 was given and has not taken yet, mostly because a part of it is missing.
  var pendingBytes: UnsafeBufferPointer<UInt8> {
    guard let input = context.pointee.input, let start = input.pointee.cur,
      let end = input.pointee.end
    else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: start, count: end - start)
  }
}
