package import ImportModel

/// An element that may be the record of a document, with what it holds.
package struct XMLRecordCandidate: Equatable, Sendable {
  /// The names from the root on.
  package var path: [String]
  /// How often it began.
  package var count: Int
  /// The paths of its attributes and texts, relative to it, in the order met.
  package var fields: [String]
}

/// Looks into the head of a document for the elements that may be its records.
package enum XMLSurvey {
  /// The most elements that are told.
  package static let maximumCandidateCount = 256
  /// The most fields that are told of each.
  package static let maximumFieldCount = 1024

  /// Every element that has attributes or elements of its own, from the root on.
  ///
  /// That the head ends inside an element is no error. Elements beyond the limits are left out.
  /// - Throws: when the source cannot be read or the document is refused.
  package static func candidates(
    of source: any TextSource,
    atMostBytes byteCount: Int,
    maximumRowByteCount: Int
  ) throws(ImportError) -> [XMLRecordCandidate] {
    let parser = XMLEventParser(origin: source.textStart, maximumRowByteCount: maximumRowByteCount)
    let collector = XMLPathCollector()
    try read(source, parser, for: collector, atMostBytes: byteCount, isHead: true)
    return collector.candidates(textOf: parser.text)
  }

  /// Makes sure that a document has no fault in its head, not even one that only its end shows.
  ///
  /// - Throws: when the source cannot be read, or the document is refused or ends too early.
  package static func requireWellFormedHead(
    of source: any TextSource,
    atMostBytes byteCount: Int,
    maximumRowByteCount: Int
  ) throws(ImportError) {
    let parser = XMLEventParser(origin: source.textStart, maximumRowByteCount: maximumRowByteCount)
    let collector = XMLPathCollector()
    try read(source, parser, for: collector, atMostBytes: byteCount, isHead: false)
  }

  private static func read(
    _ source: any TextSource,
    _ parser: XMLEventParser,
    for collector: XMLPathCollector,
    atMostBytes byteCount: Int,
    isHead: Bool
  ) throws(ImportError) {
    var feed = XMLFeed(source: source)
    while feed.byteCount < byteCount {
      let most = byteCount - feed.byteCount
      guard try feed.advance(parser, for: collector, atMost: most, isHead: isHead) else { return }
    }
  }
}

/// Collects the paths of all elements and attributes of a document.
final class XMLPathCollector: XMLEventHandler {
  /// Paths that are told apart; elements at others are passed over.
  private static let maximumNodeCount = 1 << 14
  /// Pieces of paths put together, so that deep documents with many fields stay small work.
  private static let maximumPartCount = 1 << 17

  // What stands in a node's column here: whether it has a value, be it empty.
  private static let withoutText: Int32 = 0
  private static let withText: Int32 = 1

  private var tree = XMLPathTree()
  /// The node of each open element; -1 for elements that are passed over.
  private var open: [Int32] = []
  /// Whether each open element had text that is not blank, and whether it had elements.
  private var marks: [(hasText: Bool, hasElements: Bool)] = []

  func startElement(_ name: XMLName, in parser: XMLEventParser) {
    if !marks.isEmpty { marks[marks.count - 1].hasElements = true }
    let node = node(name, isAttribute: false, in: open.last ?? 0)
    open.append(node)
    marks.append((false, false))
    if node >= 0 { tree.begin(node) }
  }

  func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser) {
    let node = node(name, isAttribute: true, in: open.last ?? -1)
    if node >= 0 { tree[node].column = Self.withText }
  }

  func namespace(_ uri: Span<UInt8>) {}

  func text(_ bytes: Span<UInt8>) {
    guard let last = marks.indices.last, !marks[last].hasText else { return }
    marks[last].hasText = bytes.indices.contains { place in
      let byte = bytes[place]
      return byte != 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D
    }
  }

  func endElement(in parser: XMLEventParser) {
    guard let node = open.popLast(), let mark = marks.popLast(), node >= 0 else { return }
    if mark.hasText {
      tree[node].column = Self.withText
    } else if !mark.hasElements {
      tree[node].column = max(tree[node].column, Self.withoutText)
    }
  }

  /// The elements that have attributes or elements, with the paths below them.
  func candidates(textOf: (XMLName) -> String) -> [XMLRecordCandidate] {
    var candidates: [XMLRecordCandidate] = []
    var partCount = 0
    for index in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[index]
      guard !node.isAttribute, node.firstChild >= 0 else { continue }
      guard candidates.count < XMLSurvey.maximumCandidateCount else { break }
      let path = tree.path(of: Int32(index), textOf: textOf)
      var fields: [String] = []
      var nodes: [Int32] = []
      appendFields(at: Int32(index), below: Int32(index), to: &nodes)
      for field in nodes {
        guard fields.count < XMLSurvey.maximumFieldCount, partCount < Self.maximumPartCount
        else { break }
        fields.append(tree.path(of: field, below: Int32(index), textOf: textOf))
        partCount += fields.last?.count(where: { $0 == "/" }) ?? 0
        partCount += 1
      }
      candidates.append(
        XMLRecordCandidate(
          path: path.split(separator: "/").map(String.init),
          count: node.count,
          fields: fields
        )
      )
    }
    return candidates
  }

  /// Adds the nodes with values at and below a node in the reader's order: attributes and elements
  /// as they were met, an element's own text after them.
  private func appendFields(at index: Int32, below top: Int32, to found: inout [Int32]) {
    var child = tree[index].firstChild
    while child >= 0 && found.count < XMLSurvey.maximumFieldCount {
      appendFields(at: child, below: top, to: &found)
      child = tree[child].nextSibling
    }
    let least: Int32 = index == top ? Self.withText : Self.withoutText
    if tree[index].column >= least { found.append(index) }
  }

  private func node(_ name: XMLName, isAttribute: Bool, in parent: Int32) -> Int32 {
    guard parent >= 0 else { return -1 }
    let found = tree.find(name, isAttribute: isAttribute, in: parent)
    guard found != nil || tree.nodes.count < Self.maximumNodeCount else { return -1 }
    let node = found ?? tree.add(name, isAttribute: isAttribute, to: parent)
    tree[node].count += 1
    return node
  }
}
