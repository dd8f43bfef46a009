import Bytes

/// What surrounds the records of a document, to put other records of it into.
package struct XMLEnvelope: Equatable, Sendable {
  /// The start tags around the first record, as they stand there.
  private let startTags: [UInt8]
  /// The end tags that belong to them.
  package let closing: [UInt8]

  /// Makes an envelope of start tags from the root on, each without its `>`.
  init(startTags: [[UInt8]]) {
    var opening: [UInt8] = []
    var closing: [UInt8] = []
    for tag in startTags { opening += tag + Array(">\n".utf8) }
    for tag in startTags.reversed() {
      let name = tag.dropFirst().prefix { $0 > 0x20 }
      closing += Array("</".utf8) + name + Array(">\n".utf8)
    }
    self.startTags = opening
    self.closing = closing
  }

  /// The XML declaration of a document in an encoding, and the start tags around the first record.
  package func opening(in encoding: TextEncoding) -> [UInt8] {
    Array("<?xml version=\"1.0\" encoding=\"\(encoding.declaredName)\"?>\n".utf8) + startTags
  }
}
