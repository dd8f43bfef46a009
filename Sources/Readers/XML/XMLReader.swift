package import ImportModel
package import Rows

/// Reads the records of an XML document.
///
/// A record is an element at `recordPath`; its columns are the paths of the attributes and of the
/// elements that hold text, relative to it: `@id`, `userId`, `contact/email`, `contact/@kind`, and
/// `.` for text in the record itself. Namespaces are ignored. A value is the exact text, references
/// and CDATA resolved. Document types, and with them all entities but the predefined ones, are
/// refused.
package final class XMLReader: RowReader {
  private let source: any TextSource
  private let columnTable = XMLColumns()
  private let parser: XMLEventParser
  private let builder: XMLRecordBuilder
  private var feed: XMLFeed
  private var isAtEnd = false
  private var failure: ImportError?
  private lazy var rereader = XMLRereader(
    source: source,
    parser: XMLEventParser(
      origin: 0,
      maximumRowByteCount: maximumRowByteCount,
      sharingNamesOf: parser
    ),
    builder: makeBuilder()
  )
  private let path: XMLRecordPath
  private let recordPath: [String]
  private let maximumFieldByteCount: Int
  private let maximumRowByteCount: Int

  /// Makes a reader of the elements at a path.
  ///
  /// - Parameters:
  ///   - source: the document.
  ///   - recordPath: names from the root on; a single name, or names after `**`, match at any
  ///     depth. Of records inside one another the outermost is taken.
  ///   - tellsOthers: whether other elements that look like records are remarked.
  ///   - knowsRecords: whether records with markup like that of earlier ones are read without
  ///     libxml2; it is what libxml2 makes of them all the same, only faster.
  ///   - maximumFieldByteCount: longer texts damage their row and are cut.
  ///   - maximumRowByteCount: longer records damage their row and lose their fields.
  package init(
    source: any TextSource,
    recordPath: [String],
    tellsOthers: Bool = false,
    knowsRecords: Bool = true,
    maximumFieldByteCount: Int,
    maximumRowByteCount: Int
  ) {
    self.source = source
    // Places in a batch are 32-bit numbers.
    self.maximumFieldByteCount = min(maximumFieldByteCount, 1 << 30)
    self.maximumRowByteCount = min(maximumRowByteCount, 1 << 30)
    parser = XMLEventParser(
      origin: source.textStart,
      maximumRowByteCount: self.maximumRowByteCount
    )
    path = XMLRecordPath(recordPath, in: parser)
    self.recordPath = recordPath
    builder = XMLRecordBuilder(
      columns: columnTable,
      path: path,
      others: tellsOthers ? XMLPathCollector() : nil,
      knowsRecords: knowsRecords,
      maximumFieldByteCount: self.maximumFieldByteCount,
      maximumRowByteCount: self.maximumRowByteCount
    )
    feed = XMLFeed(source: source)
  }

  package var columns: [String] { columnTable.paths }

  package var remarks: [Finding] {
    let namespaces = builder.assembly.namespaces
    let others = builder.assembly.others?.candidates(textOf: parser.text) ?? []
    return namespaces.map { Finding(.xmlNamespace, .note, text: $0) }
      + XMLOtherRecords.remarks(on: others, besides: recordPath)
  }

  /// The columns that matter; when several are damaged in a row, one of these is named.
  package var watchedPaths: Set<String> {
    get { columnTable.watchedPaths }
    set { columnTable.watchedPaths = newValue }
  }

  /// What surrounds the first record, complete once `read` gave it; the root of a document that
  /// has none.
  package var envelope: XMLEnvelope {
    if builder.assembly.hasRecord { return XMLEnvelope(startTags: builder.assembly.ancestors) }
    let root = builder.assembly.root
    return XMLEnvelope(startTags: root.isEmpty ? [] : [root])
  }

  package func read(into batch: inout RowBatch) throws(ImportError) -> Bool {
    try read(into: &batch, atMostBytes: .max)
  }

  /// Reads the next rows of the document's head; `false` also when that ends before another row.
  func read(into batch: inout RowBatch, atMostBytes byteCount: Int) throws(ImportError) -> Bool {
    batch.removeAll()
    builder.assembly.batch.removeAll()
    while builder.assembly.batch.count == 0 {
      if let failure { throw failure }
      if isAtEnd || feed.byteCount >= byteCount { return false }
      do throws(ImportError) {
        isAtEnd = try !feed.advance(parser, for: builder)
      } catch {
        // Rows before the fault are given first, whatever pieces the text comes in.
        failure = error
      }
    }
    swap(&batch, &builder.assembly.batch)
    return true
  }

  package func fetch(_ position: Position, into batch: inout RowBatch) throws(ImportError) {
    batch.removeAll()
    try rereader.fetch(position, into: &batch, knowing: &builder.assembly.known)
  }

  private func makeBuilder() -> XMLRecordBuilder {
    XMLRecordBuilder(
      columns: columnTable,
      path: path,
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
  }
}
