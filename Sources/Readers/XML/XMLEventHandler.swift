/// The name of an element or attribute, without its prefix.
///
/// The parser keeps every name once, so that equal names have equal addresses.
struct XMLName: Hashable, BitwiseCopyable, Sendable {
  let address: UInt
}

/// Takes what a parser finds in a document, in order.
protocol XMLEventHandler: AnyObject {
  /// The next text of the document is there, to be parsed if need be.
  ///
  /// - Returns: the bytes that were taken; those left come again, with others behind them unless the
  ///   document ends.
  func take(_ bytes: Span<UInt8>, parsingWith parser: XMLEventParser) -> Int
  /// An element begins; its attributes and namespaces follow at once.
  func startElement(_ name: XMLName, in parser: XMLEventParser)
  /// An attribute of the element that began last; the value is resolved.
  func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser)
  /// A namespace that the element that began last declares.
  func namespace(_ uri: Span<UInt8>)
  /// A piece of text of the innermost open element; line ends are line feeds.
  func text(_ bytes: Span<UInt8>)
  /// The innermost open element ends.
  func endElement(in parser: XMLEventParser)
}

extension XMLEventHandler {
  func take(_ bytes: Span<UInt8>, parsingWith parser: XMLEventParser) -> Int {
    parser.parse(bytes, for: self)
    return bytes.count
  }
}
