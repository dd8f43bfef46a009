import Bytes
import ImportModel
import Readers
import Reports
import Rows
import Validation

extension OpenInput {
  /// Makes a checker of the input's rows as its columns are known now.
  func makeChecker(rules: Rules, keepsDigests: Bool) -> RowChecker {
    RowChecker(
      rules: rules,
      kind: kind,
      mapping: mapping,
      columns: columns,
      keepsDigests: keepsDigests
    )
  }

  /// Which file it is, for outputs that must not replace it.
  var fileIdentity: FileIdentity {
    FileIdentity(device: source.identity.device, inode: source.identity.inode)
  }

  /// Makes a report of rejected rows that can be mended and read again like the input.
  func makeRejects(to file: OutputFile) throws(ImportError) -> any Report {
    if let reader = reader as? XMLReader {
      return MarkupRejectsReport(
        to: file,
        envelope: { [encoding = source.encoding] in
          (reader.envelope.opening(in: encoding), reader.envelope.closing)
        },
        encoding: encodingBack,
        annotate: { (record, isWhole, values) in
          isWhole
            ? XMLRecordMarkup.adding(values, to: record)
            : XMLRecordMarkup.adding(values, toEnd: record)
        }
      )
    }
    return RejectsReport(
      to: file,
      layout: try rejectsLayout(),
      dialect: rejectsDialect,
      encoding: encodingBack
    )
  }

  private func rejectsLayout() throws(ImportError) -> RejectsReport.Layout {
    guard let header else { return .columns(columns.count) }
    return .header(try bytes(in: header))
  }

  private var rejectsDialect: RejectsDialect {
    RejectsDialect(
      delimiter: dialect?.delimiter ?? UInt8(ascii: ","),
      quote: dialect?.quote ?? UInt8(ascii: "\""),
      lineBreak: firstLineBreak,
      hasByteOrderMark: source.encoding.isUTF8 && source.textStart > 0
    )
  }

  /// The line break that the input uses first; a line feed if it has none near its beginning.
  private var firstLineBreak: [UInt8] {
    let start = header?.upperBound ?? source.textStart
    let length: UInt64 = header == nil ? 1 << 16 : 2
    guard let text = try? bytes(in: start..<start + length) else { return [0x0A] }
    guard let place = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return [0x0A] }
    if text[place] == 0x0A { return [0x0A] }
    return text.dropFirst(place + 1).first == 0x0A ? [0x0D, 0x0A] : [0x0D]
  }

  /// Turns UTF-8 into the input's own encoding, with its byte order mark first; `nil` for UTF-8.
  private var encodingBack: (([UInt8]) throws(ImportError) -> [UInt8])? {
    guard !source.encoding.isUTF8 else { return nil }
    let encoder = TextEncoder(source.encoding)
    var mark = source.encoding.byteOrderMark
    return { (text) throws(ImportError) in
      var encoded = ByteBuffer(minimumCapacity: text.count * 2)
      encoded.append(mark)
      mark = []
      encoder.append(text.span, to: &encoded)
      return (0..<encoded.count).map { encoded[$0] }
    }
  }

  /// Bytes of the input's text, as many of the range as there are.
  private func bytes(in range: Range<UInt64>) throws(ImportError) -> [UInt8] {
    var buffer = ByteBuffer()
    while UInt64(buffer.count) < range.upperBound - range.lowerBound {
      let place = range.lowerBound + UInt64(buffer.count)
      let count = try source.read(
        at: place,
        into: &buffer,
        atMost: Int(range.upperBound - place)
      )
      if count == 0 { break }
    }
    return (0..<buffer.count).map { buffer[$0] }
  }
}
