import Bytes
import ImportModel
import Rows

/// What is known of the records of a document while it is parsed: whole rows and the open record.
///
/// One value with mutating methods, so that an event costs one check for exclusive access.
struct XMLRecordAssembly: ~Copyable {
  /// The rows that are whole.
  var batch = RowBatch()
  /// The namespaces met, the first few of them.
  private(set) var namespaces: [String] = []
  /// The start tags around the first record, as they stand in the document, without `>`.
  private(set) var ancestors: [[UInt8]] = []
  /// The document's first start tag, without `>`; empty when it is that of a record.
  private(set) var root: [UInt8] = []
  /// Whether a record began.
  var hasRecord: Bool { rowCount > 0 }
  /// What stands outside of the records, as far as it is of interest.
  let others: XMLPathCollector?

  /// Namespaces that are remembered.
  static let maximumNamespaceCount = 5

  private let columns: XMLColumns
  private let path: XMLRecordPath
  private let maximumFieldByteCount: Int
  private var fields: XMLRecordFields
  private var rowCount: UInt32 = 0
  /// The row to be read again, when the document is that one record.
  private var expected: Position?

  /// An element of the record.
  private struct Frame {
    let node: Int32
    /// Where its text begins in `text`; that of its children comes and goes behind its own.
    let textStart: Int
    /// Bytes of its text, kept or not.
    var textByteCount = 0
    var hasElements = false
    var hasAttributes = false
    var isBlank = true
  }

  private var frames: [Frame] = []
  private var text = ByteBuffer()
  private var recordStart: (offset: UInt64, line: UInt32) = (0, 0)

  /// Makes a builder of rows; the limits are in bytes.
  init(
    columns: XMLColumns,
    path: XMLRecordPath,
    others: XMLPathCollector?,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) {
    self.columns = columns
    self.path = path
    self.others = others
    self.maximumFieldByteCount = maximumFieldByteCount
    fields = XMLRecordFields(
      maximumByteCount: maximumRowByteCount,
      maximumFieldByteCount: maximumFieldByteCount
    )
  }

  /// Expects the one record at a position; whatever element begins there is taken for it.
  mutating func expect(_ position: Position) {
    expected = position
    batch.removeAll()
    frames.removeAll(keepingCapacity: true)
    text.removeAll()
  }

  /// The number of the row that is being read.
  private var row: UInt32 { expected?.row ?? rowCount }

  mutating func startElement(_ name: XMLName, in parser: XMLEventParser) {
    guard let parent = frames.indices.last else {
      return startOutside(name, in: parser)
    }
    frames[parent].hasElements = true
    let node = columns.tree.enter(name, isAttribute: false, in: frames[parent].node).node
    frames.append(Frame(node: node, textStart: text.count))
  }

  mutating func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser) {
    guard let frame = frames.indices.last else {
      others?.attribute(name, value: value, in: parser)
      return
    }
    frames[frame].hasAttributes = true
    let node = columns.tree.enter(name, isAttribute: true, in: frames[frame].node)
    guard let column = column(of: node, in: parser) else { return }
    fields.add(value, byteCount: value.count, column: column)
  }

  mutating func namespace(_ uri: Span<UInt8>) {
    guard namespaces.count < Self.maximumNamespaceCount, !uri.isEmpty else { return }
    let name = XMLFailure.cleaned(String(utf8: uri))
    if !namespaces.contains(name) { namespaces.append(name) }
  }

  mutating func text(_ bytes: Span<UInt8>) {
    guard let frame = frames.indices.last else {
      others?.text(bytes)
      return
    }
    if frames[frame].isBlank { frames[frame].isBlank = Self.isBlank(bytes) }
    let room = maximumFieldByteCount - min(maximumFieldByteCount, frames[frame].textByteCount)
    frames[frame].textByteCount += bytes.count
    guard room > 0, !fields.isOversized else { return }
    text.append(bytes.extracting(0..<min(room, bytes.count)))
  }

  mutating func endElement(in parser: XMLEventParser) {
    guard let frame = frames.popLast() else {
      others?.endElement(in: parser)
      if rowCount == 0 && ancestors.count == parser.openNames.count { ancestors.removeLast() }
      return
    }
    if hasField(frame) {
      if let column = column(of: (frame.node, columns.tree[frame.node].column), in: parser) {
        Self.add(text, of: frame, to: &fields, column: column)
      }
    } else if !frames.isEmpty {
      noteNested(frame.node)
    }
    text.removeSuffix(from: min(frame.textStart, text.count))
    if frames.isEmpty { finishRecord(in: parser) }
  }

  /// Adds the text of a frame; apart, so that both properties can be in use at once.
  private static func add(
    _ text: borrowing ByteBuffer,
    of frame: Frame,
    to fields: inout XMLRecordFields,
    column: Int
  ) {
    let range = min(frame.textStart, text.count)..<text.count
    fields.add(text.span(range), byteCount: frame.textByteCount, column: column)
  }

  /// Whether an element's own text is a field.
  ///
  /// An element without text is an empty field, unless it is there for its elements; a record is
  /// one only when it has nothing else.
  private func hasField(_ frame: Frame) -> Bool {
    if !frame.isBlank { return true }
    return !frame.hasElements && (!frames.isEmpty || !frame.hasAttributes)
  }

  /// Counts an element that holds elements where others of its path hold text.
  ///
  /// Only columns from earlier rows and of this row count, so that reading again finds the same.
  private mutating func noteNested(_ node: Int32) {
    let column = Int(columns.tree[node].column)
    guard column >= 0, columns.firstRows[column] < row || fields.hasValue(column) else { return }
    fields.addNested(column)
  }

  private mutating func startOutside(_ name: XMLName, in parser: XMLEventParser) {
    let isRecord =
      expected == nil ? path.matches(parser.openNames) : parser.openNames.count == 1
    guard isRecord else {
      others?.startElement(name, in: parser)
      guard rowCount == 0 else { return }
      let tag = parser.startTagBytes
      if root.isEmpty { root = tag }
      ancestors.append(tag)
      return
    }
    if expected == nil { rowCount &+= 1 }
    recordStart = parser.startTagPlace
    fields.removeAll()
    columns.tree.begin(0)
    frames.append(Frame(node: 0, textStart: 0))
  }

  private mutating func finishRecord(in parser: XMLEventParser) {
    let lineCount = parser.line &- recordStart.line &+ 1
    let position =
      expected ?? Position(row: rowCount, line: recordStart.line, offset: recordStart.offset)
    let head = RowHead(
      position: position,
      byteCount: parser.offset - recordStart.offset,
      firstField: 0,
      fieldCount: 0,
      lineCount: lineCount
    )
    text.removeAll()
    fields.append(to: &batch, head: head, watched: columns.areWatched)
    if expected != nil { parser.stop() }
  }

  /// The column of a node, a new one if need be; `nil` after refusing the document.
  private mutating func column(
    of entry: (node: Int32, column: Int32),
    in parser: XMLEventParser
  ) -> Int? {
    if entry.column >= 0 { return Int(entry.column) }
    if let column = columns.addColumn(for: entry.node, row: row, textOf: parser.text) {
      return column
    }
    let limit = XMLColumns.maximumCount
    parser.refuse(Finding(.tooManyColumns, .refusal, number: limit + 1, limit: limit))
    return nil
  }

  private static func isBlank(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices {
      let byte = bytes[index]
      if byte != 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D { return false }
    }
    return true
  }
}
