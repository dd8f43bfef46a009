import Bytes
import ImportModel
import Rows

/// Makes rows of the elements that are records, as a parser finds them.
final class XMLRecordBuilder: XMLEventHandler {
  /// The rows and the open record.
  var assembly: XMLRecordAssembly

  /// Whether records like those before are read without the parser.
  private let knowsRecords: Bool

  /// The most bytes of a record that may be known, and is not all there, that wait for the rest.
  private static let maximumCutByteCount = 1 << 15

  /// Makes a builder of rows, which hands what is outside of them to `others`; the limits are in
  /// bytes.
  init(
    columns: XMLColumns,
    path: XMLRecordPath,
    others: XMLPathCollector? = nil,
    knowsRecords: Bool = false,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) {
    self.knowsRecords = knowsRecords
    assembly = XMLRecordAssembly(
      columns: columns,
      path: path,
      others: others,
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
  }

  func take(_ bytes: Span<UInt8>, parsingWith parser: XMLEventParser) -> Int {
    guard knowsRecords else {
      parser.parse(bytes, for: self)
      return bytes.count
    }
    assembly.study.beginText()
    var index = 0
    while index < bytes.count && parser.isActive {
      var isStudied = parser.isInContent
      if isStudied && assembly.isAfterRecord && assembly.study.isTried {
        let rest = bytes.extracting(index..<bytes.count)
        let run = assembly.readKnown(rest, in: parser)
        parser.skip(rest.extracting(0..<run.byteCount), lineFeedCount: run.lineFeedCount)
        index += run.byteCount
        if run.end == .cut && bytes.count - index <= Self.maximumCutByteCount { break }
        isStudied = run.end == .unknownMarkup
      }
      index += parse(bytes.extracting(index..<bytes.count), with: parser, isStudied: isStudied)
    }
    return index
  }

  /// Has the next piece of a text parsed; its length.
  private func parse(
    _ bytes: Span<UInt8>,
    with parser: XMLEventParser,
    isStudied: Bool
  ) -> Int {
    let offset = parser.offset
    let rowCount = assembly.batch.count
    let piece = bytes.extracting(0..<assembly.study.pieceByteCount(of: bytes))
    parser.parse(piece, for: self)
    let hasRecord = assembly.batch.count > rowCount
    assembly.study.noteParsed(hasRecord: hasRecord)
    if isStudied && hasRecord && assembly.study.isTried {
      assembly.studyRecord(in: piece, from: offset)
    }
    return piece.count
  }

  /// Replaces the rows by the record at a position and others after it, if no parser is needed; see
  /// `XMLRecordAssembly.rereadKnown`.
  func rereadKnown(
    _ range: Range<Int>,
    of text: borrowing ByteBuffer,
    from position: Position,
    by known: inout XMLKnownRecords,
    atMost recordCount: Int
  ) -> Bool {
    assembly.rereadKnown(text.span(range), from: position, by: &known, atMost: recordCount)
  }

  func startElement(_ name: XMLName, in parser: XMLEventParser) {
    assembly.startElement(name, in: parser)
  }

  func attribute(_ name: XMLName, value: Span<UInt8>, in parser: XMLEventParser) {
    assembly.attribute(name, value: value, in: parser)
  }

  func namespace(_ uri: Span<UInt8>) { assembly.namespace(uri) }

  func text(_ bytes: Span<UInt8>) { assembly.text(bytes) }

  func endElement(in parser: XMLEventParser) { assembly.endElement(in: parser) }
}
