import Bytes
import ImportModel

/// Tells a document whose root holds nothing, an export of no rows, from any other.
final class XMLEmptyRoot: XMLEventHandler {
  private var name: XMLName?
  private var holdsSomething = false

  /// The name of a root that has no elements and no text.
  ///
  /// - Returns: `nil` when there is something in the root.
  /// - Throws: when the source cannot be read or is no complete document.
  static func name(
    in source: InputSource,
    maximumRowByteCount: Int
  ) throws(ImportError) -> String? {
    let parser = XMLEventParser(origin: source.textStart, maximumRowByteCount: maximumRowByteCount)
    let root = XMLEmptyRoot()
    var feed = XMLFeed(source: source)
    while try feed.advance(parser, for: root) {
      if root.holdsSomething { return nil }
    }
    guard !root.holdsSomething, let name = root.name else { return nil }
    return parser.text(of: name)
  }

  func startElement(_ name: XMLName, in parser: XMLEventParser) {
    if self.name == nil { self.name = name } else { holdsSomething = true }
  }

  func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser) {}

  func namespace(_ uri: Span<UInt8>) {}

  func text(_ bytes: Span<UInt8>) {
    if !UTF8Text.trimmedRange(of: bytes).isEmpty { holdsSomething = true }
  }

  func endElement(in parser: XMLEventParser) {}
}

extension XMLRecordCandidate {
  /// Whether this is the root, with attributes and without elements.
  var holdsOnlyRootAttributes: Bool {
    path.count == 1 && fields.allSatisfy { $0.hasPrefix("@") && !$0.contains("/") }
  }
}
