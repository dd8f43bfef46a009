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
  private var nodes = XMLKnownNodes()
  private let path: XMLRecordPath
  private let maximumFieldByteCount: Int
  private var fields: XMLRecordFields
  private var rowCount: UInt32 = 0
  /// The row to be read again, when the document is that one record, or the first of some.
  private var expected: Position?
  /// Whether the document has records after the first one, inside an element made up for them.
  private var expectsMore = false
  /// The name of the records that are expected.
  private var expectedName: XMLName?

  /// An element of the record.
  struct Frame: BitwiseCopyable {
    var node: Int32 = 0
    /// The column of the node as far as it is known; negative else.
    var column: Int32 = -1
    /// Where its text begins in `text`; that of its children comes and goes behind its own.
    var textStart = 0
    /// Bytes of its text, kept or not.
    var textByteCount = 0
    var hasElements = false
    var hasAttributes = false
    var isBlank = true
  }

  /// The innermost open element of the record.
  private var frame = Frame()
  /// The elements around it.
  private var outerFrames = PackedArray<Frame>(minimumCapacity: 16)
  /// Whether a record is open.
  private var isInside = false
  private var text = ByteBuffer()
  private var recordStart: (offset: UInt64, line: UInt32) = (0, 0)
  /// Whether nothing but white space can have followed the last record so far.
  private(set) var isAfterRecord = false
  /// What reads the records that need no parser.
  var known: XMLKnownRecords
  /// What is learnt of the others for that.
  var study = XMLRecordStudy()

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
    known = XMLKnownRecords(
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
    fields = XMLRecordFields(
      maximumByteCount: maximumRowByteCount,
      maximumFieldByteCount: maximumFieldByteCount
    )
  }

  /// Expects the one record at a position; whatever element begins there is taken for it.
  mutating func expect(_ position: Position) {
    expected = position
    expectsMore = false
    batch.removeAll()
    isInside = false
    outerFrames.removeAll()
    text.removeAll()
  }

  /// Expects the record at a position, and after it others of its name and nothing else.
  mutating func expectAll(from position: Position) {
    expect(position)
    expectsMore = true
    expectedName = nil
  }

  /// The number of the row that is being read.
  private var row: UInt32 {
    guard let expected else { return rowCount }
    return expected.row &+ UInt32(truncatingIfNeeded: batch.count)
  }

  mutating func startElement(_ name: XMLName, in parser: XMLEventParser) {
    guard isInside else { return startOutside(name, in: parser) }
    frame.hasElements = true
    outerFrames.append(frame)
    let found = nodes.enter(name, isAttribute: false, in: frame.node, of: columns)
    frame = Frame(node: found.node, column: found.column, textStart: text.count)
  }

  mutating func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser) {
    guard isInside else {
      others?.attribute(name, value: value, in: parser)
      return
    }
    frame.hasAttributes = true
    let found = nodes.enter(name, isAttribute: true, in: frame.node, of: columns)
    guard let column = column(of: found.node, known: found.column, in: parser) else { return }
    study.note(column)
    fields.add(value, byteCount: value.count, column: column)
  }

  mutating func namespace(_ uri: Span<UInt8>) {
    guard namespaces.count < Self.maximumNamespaceCount, !uri.isEmpty else { return }
    let name = XMLFailure.cleaned(String(utf8: uri))
    if !namespaces.contains(name) { namespaces.append(name) }
  }

  mutating func text(_ bytes: Span<UInt8>) {
    guard isInside else {
      others?.text(bytes)
      return
    }
    if frame.isBlank { frame.isBlank = Self.isBlank(bytes) }
    let room = maximumFieldByteCount - min(maximumFieldByteCount, frame.textByteCount)
    frame.textByteCount += bytes.count
    guard room > 0, !fields.isOversized else { return }
    text.append(bytes.count <= room ? bytes : bytes.extracting(0..<room))
  }

  mutating func endElement(in parser: XMLEventParser) {
    guard isInside else {
      isAfterRecord = false
      known.leaveSurroundings()
      others?.endElement(in: parser)
      if rowCount == 0 && ancestors.count == parser.openNames.count { ancestors.removeLast() }
      return
    }
    isInside = !outerFrames.isEmpty
    let textStart = min(frame.textStart, text.count)
    if hasField {
      if let column = column(of: frame.node, known: frame.column, in: parser) {
        study.note(column)
        Self.add(text, from: textStart, of: frame, to: &fields, column: column)
      }
    } else if isInside {
      noteNested(frame.node)
    }
    text.removeSuffix(from: textStart)
    guard isInside else { return finishRecord(in: parser) }
    frame = outerFrames[outerFrames.count - 1]
    outerFrames.removeSuffix(from: outerFrames.count - 1)
  }

  /// Adds the text of a frame; apart, so that both properties can be in use at once.
  private static func add(
    _ text: borrowing ByteBuffer,
    from start: Int,
    of frame: Frame,
    to fields: inout XMLRecordFields,
    column: Int
  ) {
    fields.add(text.span(start..<text.count), byteCount: frame.textByteCount, column: column)
  }

  /// Whether the own text of the element that ends is a field.
  ///
  /// An element without text is an empty field, unless it is there for its elements; a record is
  /// one only when it has nothing else.
  private var hasField: Bool {
    if !frame.isBlank { return true }
    return !frame.hasElements && (isInside || !frame.hasAttributes)
  }

  /// Counts an element that holds elements where others of its path hold text.
  ///
  /// Only columns from earlier rows and of this row count, so that reading again finds the same.
  private mutating func noteNested(_ node: Int32) {
    let column = Int(nodes.column(of: node, in: columns))
    guard column >= 0, columns.firstRows[column] < row || fields.hasValue(column) else { return }
    fields.addNested(column)
  }

  private mutating func startOutside(_ name: XMLName, in parser: XMLEventParser) {
    isAfterRecord = false
    if expectsMore {
      guard parser.openNames.count > 1 else { return }
      // Of others it is not known whether they are records or have records in them.
      if name != expectedName ?? name { return parser.stop() }
      expectedName = name
    } else if expected == nil && !path.matches(parser.openNames) {
      known.leaveSurroundings()
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
    study.begin()
    nodes.begin()
    frame = Frame()
    isInside = true
  }

  private mutating func finishRecord(in parser: XMLEventParser) {
    let lineCount = parser.line &- recordStart.line &+ 1
    var position = Position(row: row, line: recordStart.line, offset: recordStart.offset)
    if let expected, !expectsMore { position = expected }
    let head = RowHead(
      position: position,
      byteCount: parser.offset - recordStart.offset,
      firstField: 0,
      fieldCount: 0,
      lineCount: lineCount
    )
    text.removeAll()
    fields.append(to: &batch, head: head, columns: columns)
    isAfterRecord = expected == nil
    if expected != nil && !expectsMore { parser.stop() }
  }

  /// Adds the records from the front of a text that need no parser.
  ///
  /// The text follows what the parser has read so far, which ended with a record.
  mutating func readKnown(
    _ bytes: Span<UInt8>,
    in parser: XMLEventParser
  ) -> XMLKnownRecords.Run {
    let run = known.read(
      bytes,
      from: Position(row: rowCount, line: parser.line, offset: parser.offset),
      into: &batch,
      columns: columns
    )
    rowCount &+= UInt32(truncatingIfNeeded: run.recordCount)
    study.take(run)
    return run
  }

  /// Replaces the rows by the record at a position and records that follow it, if no parser is needed.
  ///
  /// - Parameters:
  ///   - bytes: a text that begins with the record.
  ///   - position: the record's position.
  ///   - known: what knows the document's records.
  ///   - recordCount: the most records that are wanted.
  /// - Returns: whether the record was read.
  mutating func rereadKnown(
    _ bytes: Span<UInt8>,
    from position: Position,
    by known: inout XMLKnownRecords,
    atMost recordCount: Int
  ) -> Bool {
    var start = position
    start.row &-= 1
    batch.removeAll()
    _ = known.read(bytes, from: start, into: &batch, columns: columns, atMost: recordCount)
    return batch.count > 0 && batch.rows[0].position.offset == position.offset
  }

  /// Studies the last record, of which the parser has just read the end.
  ///
  /// - Parameters:
  ///   - bytes: a text that begins at `offset` in the document.
  ///   - offset: where it begins; a record that began before it is passed over.
  mutating func studyRecord(in bytes: Span<UInt8>, from offset: UInt64) {
    guard let head = batch.rows.last else { return }
    let end = Int(head.position.offset + head.byteCount - offset)
    study.noteEnding(at: end, in: bytes)
    guard isAfterRecord, head.damage == nil, head.position.offset >= offset else { return }
    let start = Int(head.position.offset - offset)
    study.teach(bytes.extracting(start..<end), fields: fields, columns: columns, to: &known)
  }

  /// The column of a node, a new one if need be; `nil` after refusing the document.
  private mutating func column(
    of node: Int32,
    known: Int32,
    in parser: XMLEventParser
  ) -> Int? {
    if known >= 0 { return Int(known) }
    let given = nodes.column(of: node, in: columns)
    if given >= 0 { return Int(given) }
    if let column = columns.addColumn(for: node, row: row, textOf: parser.text) {
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
