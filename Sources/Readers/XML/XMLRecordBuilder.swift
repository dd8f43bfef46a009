import ImportModel

/// Makes rows of the elements that are records, as a parser finds them.
final class XMLRecordBuilder: XMLEventHandler {
  /// The rows and the open record.
  var assembly: XMLRecordAssembly

  /// Makes a builder of rows, which hands what is outside of them to `others`; the limits are in
  /// bytes.
  init(
    columns: XMLColumns,
    path: XMLRecordPath,
    others: XMLPathCollector? = nil,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) {
    assembly = XMLRecordAssembly(
      columns: columns,
      path: path,
      others: others,
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
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
