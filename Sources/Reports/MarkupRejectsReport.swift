import Bytes
package import ImportModel

/// The rejected rows of one XML input as XML, with reasons, to be mended and imported again.
///
/// How markup is written belongs to whoever makes the report; here records only find their order.
package final class MarkupRejectsReport: Report {
  /// Puts values into a record: takes its bytes, or only its end when it is very long, and what to
  /// add; gives the bytes to write.
  package typealias Annotation = (
    _ record: [UInt8], _ isWhole: Bool, _ values: [(name: String, value: String)]
  ) throws(ImportError) -> [UInt8]

  /// What stands before the first record (declaration, start tags, a line feed) and after the last
  /// one (end tags, a line feed).
  package typealias Envelope = (opening: [UInt8], closing: [UInt8])

  private var text: OutputText
  private let envelope: () -> Envelope
  private let annotate: Annotation
  private var isOpened = false

  /// The most bytes of a record that are held; of a longer one only so many of its end are.
  private static let maximumHeldByteCount = 1 << 21
  private static let endByteCount = 1 << 17

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - file: where it goes.
  ///   - envelope: asked when the first record is written, or at the end; the input was read by then.
  ///   - encoding: turns UTF-8 into the output's encoding; none means UTF-8.
  ///   - annotate: adds the reasons to a record; each record is then ended by a line feed.
  package init(
    to file: OutputFile,
    envelope: @escaping () -> Envelope,
    encoding: TextEncoding? = nil,
    annotate: @escaping Annotation
  ) {
    text = OutputText(to: file, encoding: encoding)
    self.envelope = envelope
    self.annotate = annotate
  }

  /// Takes nothing: rows without anything to explain are not rejected.
  package func write(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError) {}

  package func write(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError) {
    guard row.outcome == .rejected else { return }
    open()
    var record = ByteBuffer()
    var isWhole = true
    try row.forEachChunk { (chunk: Span<UInt8>) throws(ImportError) in
      record.append(chunk)
      guard record.count > Self.maximumHeldByteCount else { return }
      let end = record.count - Self.endByteCount
      text.bytes.append(0..<end, of: record)
      record.removePrefix(end)
      isWhole = false
      try text.flushIfFull()
    }
    let values = RejectColumn.allCases.map { column in
      var value = ByteBuffer()
      column.append(of: row, to: &value)
      return (name: column.rawValue, value: ByteBuffer.shown(String(utf8: value.span)))
    }
    text.bytes.append(try annotate(record.array, isWhole, values))
    text.bytes.append("\n")
    try text.flushIfFull()
  }

  package func finish() throws(ImportError) {
    open()
    text.bytes.append(envelope().closing)
    try text.finish()
  }

  package func abandon() { text.abandon() }

  private func open() {
    guard !isOpened else { return }
    isOpened = true
    text.bytes.append(envelope().opening)
  }
}
