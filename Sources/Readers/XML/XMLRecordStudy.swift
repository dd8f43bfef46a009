import Bytes

/// What is learnt from the records that the parser reads, so that others like them need no parser.
struct XMLRecordStudy: ~Copyable {
  /// Records that may be studied in vain before it is no longer tried; each record that is then read
  /// without the parser gives one back.
  private static let maximumCredit = 64

  /// Values of a record that can be known.
  private static let maximumValueCount = 1 << 12

  private var credit = maximumCredit
  /// The columns of the record that the parser is reading, in the order in which they got a value.
  private var order: [Int32] = []
  /// What the last record ended with: its end tag, or what ends an empty element.
  private var ending: [UInt8] = []
  /// How many bytes the parser is given before the end of a record is looked for.
  ///
  /// What a record ends with may stand a million times in a comment or a value, and libxml2 looks
  /// through all that it has not taken yet for each piece that it is given. The pieces therefore
  /// double until a record ends.
  private var passedByteCount = 0
  private static let passedByteCounts = 1 << 8...1 << 16

  /// Makes a study of nothing.
  init() {}

  /// Whether it is worth the while to look for known records.
  var isTried: Bool { credit > 0 }

  /// Gives back a part of what was spent, so that records that come to be alike are seen one day.
  mutating func beginText() { credit = max(credit, 1) }

  /// Gives back one for each record that was read without the parser, and takes one for the next.
  mutating func take(_ run: XMLKnownRecords.Run) {
    credit = min(Self.maximumCredit, credit + run.recordCount) - 1
  }

  /// Takes note that the parser begins a record.
  mutating func begin() { order.removeAll(keepingCapacity: true) }

  /// Takes note that a column of that record got a value.
  mutating func note(_ column: Int) {
    // One more than can be known: the record is then not taken for one that has no more.
    guard order.count <= Self.maximumValueCount else { return }
    order.append(Int32(truncatingIfNeeded: column))
  }

  /// How much of a text the parser is given next: up to the end of a record where these can be told.
  func pieceByteCount(of bytes: Span<UInt8>) -> Int {
    guard isTried, !ending.isEmpty, passedByteCount < bytes.count else { return bytes.count }
    return bytes.firstRange(of: ending.span, from: passedByteCount)?.upperBound ?? bytes.count
  }

  /// Takes note of whether a record ended in the piece that the parser was given.
  mutating func noteParsed(hasRecord: Bool) {
    let range = Self.passedByteCounts
    passedByteCount =
      hasRecord ? 0 : min(max(2 * passedByteCount, range.lowerBound), range.upperBound)
  }

  /// Takes note of how a record ended that ends at a place in a text.
  mutating func noteEnding(at end: Int, in bytes: Span<UInt8>) {
    var start = end
    while start > 0 {
      start -= 1
      if bytes[start] == 0x3C { break }
    }
    guard end - start > 2, bytes[start] == 0x3C else { return }
    let isEmptyElement = bytes[start + 1] != 0x2F
    let range = isEmptyElement ? end - 2..<end : start..<end
    ending = range.map { bytes[$0] }
  }

  /// Has the markup of a record known that the parser has read just now.
  ///
  /// - Parameters:
  ///   - bytes: the record.
  ///   - fields: what the parser made of it.
  ///   - columns: the columns of the document.
  ///   - known: where the markup is added.
  func teach(
    _ bytes: Span<UInt8>,
    fields: borrowing XMLRecordFields,
    columns: XMLColumns,
    to known: inout XMLKnownRecords
  ) {
    guard !fields.isOversized, order.count <= Self.maximumValueCount,
      let parts = XMLRecordParts(bytes.indices.map { bytes[$0] })?.parts
    else { return }
    // What the parser found must be what stands there; else something is not as plain as it looks.
    var place = 0
    for part in parts {
      place += part.emptyCount
      guard let value = part.value else { continue }
      guard place < order.count,
        fields.value(of: Int(order[place]), equals: bytes.extracting(value.range))
      else { return }
      place += 1
    }
    guard place == order.count else { return }
    known.add(parts, of: bytes, order: order, columns: columns)
  }
}
