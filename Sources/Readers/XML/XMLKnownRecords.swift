import Bytes
import ImportModel
import Rows

/// Reads the records whose markup a parser has read before, without that parser.
///
/// Exports are written by programs: most records differ in nothing but their values. libxml2 reads
/// the document up to its second record and, after that, each record in which anything is new or in
/// which a value holds more than plain text.
struct XMLKnownRecords: ~Copyable {
  /// Records in a row that were read without the parser.
  struct Run {
    var byteCount = 0
    var lineFeedCount: UInt32 = 0
    var recordCount = 0
    /// Whether the bytes end in what may be another such record.
    var isCut = false
  }

  /// Records that may be read in vain to know their markup, before it is no longer tried; each
  /// record that is known gives one back.
  private static let maximumCredit = 64

  private var markup = XMLKnownMarkup()
  /// The columns of the record that the parser is reading, in the order in which they got a value.
  private var columnsInOrder: [Int32] = []
  /// The columns there were when the markup was added; one more may change what it means.
  private var columnCount = 0
  private var credit = maximumCredit
  /// What the last record ended with: its end tag, or what ends an empty element.
  private var ending: [UInt8] = []

  /// Makes a reader that knows no records.
  init() {}

  /// Takes note that the parser begins a record.
  mutating func begin() { columnsInOrder.removeAll(keepingCapacity: true) }

  /// Takes note that a column of that record got a value.
  mutating func note(_ column: Int) { columnsInOrder.append(Int32(truncatingIfNeeded: column)) }

  /// Gives back a part of what was spent, so that records that come to be alike are seen one day.
  mutating func beginPiece() { credit = max(credit, 1) }

  /// Whether it is worth the while to look for known records.
  var isTried: Bool { credit > 0 }

  /// Forgets markup whose meaning depends on elements around the records that are no longer open.
  mutating func leaveSurroundings() {
    if markup.hasPrefixes { markup.removeAll() }
  }

  /// Reads records from the front of a text that follows a record or such records.
  ///
  /// - Parameters:
  ///   - bytes: the text, of whole characters that XML allows.
  ///   - start: where it begins in the document; a record's row, line and offset follow from it.
  ///   - fields: where the fields of one record are collected.
  ///   - batch: where the records are added.
  ///   - columns: the columns of the document.
  ///   - recordCount: the most records that are wanted.
  mutating func read(
    _ bytes: Span<UInt8>,
    from start: Position,
    fields: inout XMLRecordFields,
    batch: inout RowBatch,
    columns: XMLColumns,
    atMost recordCount: Int = .max
  ) -> Run {
    var run = Run()
    if columnCount != columns.paths.count {
      markup.removeAll()
      columnCount = columns.paths.count
    }
    guard !markup.isEmpty else { return run }
    var index = 0
    while run.recordCount < recordCount {
      var lineFeedCount = run.lineFeedCount
      while index < bytes.count, bytes[index] <= 0x20 {
        if bytes[index] == 0x0A { lineFeedCount &+= 1 }
        index += 1
      }
      let line = start.line &+ lineFeedCount
      let end = readFields(of: bytes, from: index, lines: &lineFeedCount, into: &fields)
      guard end > 0 else {
        run.isCut = end == Self.cut
        break
      }
      run.recordCount += 1
      let head = RowHead(
        position: Position(
          row: start.row &+ UInt32(truncatingIfNeeded: run.recordCount),
          line: line,
          offset: start.offset + UInt64(index)
        ),
        byteCount: UInt64(end - index),
        firstField: 0,
        fieldCount: 0,
        lineCount: start.line &+ lineFeedCount &- line &+ 1
      )
      fields.append(to: &batch, head: head, columns: columns)
      index = end
      run.byteCount = end
      run.lineFeedCount = lineFeedCount
    }
    credit = min(Self.maximumCredit, credit + run.recordCount)
    return run
  }

  private static let unknown = -1
  private static let cut = -2

  /// Reads one record; the place after it, or why there is none.
  @inline(__always)
  private func readFields(
    of bytes: Span<UInt8>,
    from start: Int,
    lines: inout UInt32,
    into fields: inout XMLRecordFields
  ) -> Int {
    fields.removeAll()
    var index = start
    var place = XMLKnownMarkup.between
    while true {
      let step: XMLKnownMarkup.Step
      switch markup.find(from: place, in: bytes, at: index) {
      case .step(let found): step = markup.steps[found]
      case .cut: return Self.cut
      case .unknown: return Self.unknown
      }
      index += Int(step.byteCount)
      lines &+= step.lineFeedCount
      for empty in Int(step.firstEmpty)..<Int(step.firstEmpty + step.emptyCount) {
        let column = Int(markup.emptyColumns[empty])
        fields.add(bytes.extracting(index..<index), byteCount: 0, column: column)
      }
      guard step.destination >= 0 else { return index }
      place = Int(step.destination)
      let value = markup.places[place]
      let end = BlockScan.valueEnd(of: bytes, from: index, closing: value.closing)
      guard end < bytes.count else { return Self.cut }
      guard bytes[end] == value.closing else { return Self.unknown }
      fields.add(
        bytes.extracting(index..<end),
        byteCount: end - index,
        column: Int(value.column)
      )
      if fields.isOversized { return Self.unknown }
      index = end
    }
  }

  /// How much of a text the parser is given next: up to the end of a record where these can be told.
  func pieceByteCount(of bytes: Span<UInt8>) -> Int {
    guard isTried, !ending.isEmpty else { return bytes.count }
    return bytes.firstRange(of: ending.span, from: 0)?.upperBound ?? bytes.count
  }

  /// Takes note of how a record ended, in a text that ends with it or soon after it.
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

  /// Adds the markup of a record that the parser has read just now.
  ///
  /// - Parameters:
  ///   - bytes: the record.
  ///   - fields: what the parser made of it.
  ///   - columns: the columns of the document.
  mutating func add(_ bytes: Span<UInt8>, fields: borrowing XMLRecordFields, columns: XMLColumns) {
    credit -= 1
    guard columnCount == columns.paths.count, !fields.isOversized,
      let parts = XMLRecordParts(bytes.indices.map { bytes[$0] })?.parts
    else { return }
    // What the parser found must be what stands there; else something is not as plain as it looks.
    var order = 0
    for part in parts {
      order += part.emptyCount
      guard let value = part.value else { continue }
      guard order < columnsInOrder.count,
        fields.value(of: Int(columnsInOrder[order]), equals: bytes.extracting(value.range))
      else { return }
      order += 1
    }
    guard order == columnsInOrder.count else { return }
    markup.add(parts, of: bytes, columns: columnsInOrder)
  }
}
