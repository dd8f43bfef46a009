import Bytes
import ImportModel
import Rows

/// Reads the records whose markup a parser has read before, without that parser.
///
/// Exports are written by programs: most records differ in nothing but their values. libxml2 reads
/// the document up to its second record and, after that, each record in which anything is new or in
/// which a value holds more than plain text and the predefined entities.
struct XMLKnownRecords: ~Copyable {
  /// Records in a row that were read without the parser.
  struct Run {
    var byteCount = 0
    var lineFeedCount: UInt32 = 0
    var recordCount = 0
    /// Why there are not more of them.
    var end = End.unknownMarkup
  }

  /// Why a record could not be read.
  enum End {
    /// The bytes end in what may be a known record.
    case cut
    case unknownMarkup
    /// Only the parser can tell what one of the values is, or that it damages the record.
    case strangeValue
    /// It was not wanted.
    case enough
  }

  private var markup = XMLKnownMarkup()
  private let maximumFieldByteCount: Int
  private let maximumRowByteCount: Int
  /// Values of the record that is being read in which entities were resolved.
  private var resolved = ByteBuffer()
  /// Its fields among these.
  private var resolvedFields = PackedArray<Int>()
  /// The columns there were when the markup was added; one more may change what it means.
  private var columnCount = 0

  /// The most columns that a record is taken to have before they are met.
  private static let expectedColumnCount = 64

  /// Makes a reader that knows no records; what is longer than the limits, in bytes, is left to the
  /// parser.
  init(maximumFieldByteCount: Int, maximumRowByteCount: Int) {
    self.maximumFieldByteCount = maximumFieldByteCount
    self.maximumRowByteCount = maximumRowByteCount
  }

  /// Forgets markup whose meaning depends on elements around the records that are no longer open.
  mutating func leaveSurroundings() {
    if markup.hasPrefixes { markup.removeAll() }
  }

  /// Adds the markup of a record that the parser has read.
  ///
  /// - Parameters:
  ///   - parts: the record, taken apart.
  ///   - bytes: the record.
  ///   - order: the columns of its values and of its elements without text, in order.
  ///   - columns: the columns of the document.
  mutating func add(
    _ parts: [XMLRecordParts.Part],
    of bytes: Span<UInt8>,
    order: [Int32],
    columns: XMLColumns
  ) {
    forgetIfOutdated(columns)
    markup.add(parts, of: bytes, columns: order)
  }

  private mutating func forgetIfOutdated(_ columns: XMLColumns) {
    guard columnCount != columns.paths.count else { return }
    markup.removeAll()
    columnCount = columns.paths.count
  }

  /// Reads records from the front of a text that follows a record or such records.
  ///
  /// - Parameters:
  ///   - bytes: the text, of whole characters that XML allows.
  ///   - start: where it begins in the document; a record's row, line and offset follow from it.
  ///   - batch: where the records are added.
  ///   - columns: the columns of the document.
  ///   - recordCount: the most records that are wanted.
  /// - Returns: what was read.
  mutating func read(
    _ bytes: Span<UInt8>,
    from start: Position,
    into batch: inout RowBatch,
    columns: XMLColumns,
    atMost recordCount: Int = .max
  ) -> Run {
    var run = Run()
    forgetIfOutdated(columns)
    guard !markup.isEmpty else { return run }
    while run.recordCount < recordCount {
      var index = run.byteCount
      var lineFeedCount = run.lineFeedCount
      while index < bytes.count, bytes[index] <= 0x20 {
        if bytes[index] == 0x0A { lineFeedCount &+= 1 }
        index += 1
      }
      let line = start.line &+ lineFeedCount
      let firstField = batch.fields.count
      let record = readFields(of: bytes, from: index, lines: &lineFeedCount, into: &batch)
      guard record.byteCount > 0 else {
        batch.fields.removeSuffix(from: firstField)
        run.end = record.end
        return run
      }
      run.recordCount += 1
      var head = RowHead(
        position: Position(
          row: start.row &+ UInt32(truncatingIfNeeded: run.recordCount),
          line: line,
          offset: start.offset &+ UInt64(index)
        ),
        byteCount: UInt64(record.byteCount),
        firstField: UInt32(truncatingIfNeeded: firstField),
        fieldCount: UInt32(truncatingIfNeeded: batch.fields.count - firstField),
        lineCount: start.line &+ lineFeedCount &- line &+ 1
      )
      head.features = record.features
      run.byteCount = index + record.byteCount
      run.lineFeedCount = lineFeedCount
      append(bytes.extracting(index..<run.byteCount), as: head, to: &batch)
    }
    run.end = .enough
    return run
  }

  /// A record that was read, or why it was not.
  private struct Record {
    /// Its length; 0 when it was not read.
    var byteCount = 0
    var end = End.unknownMarkup
    var features: RowFeatures = .isPlain
  }

  /// Reads one record up to its end and adds its fields, those with entities apart.
  @inline(__always)
  private mutating func readFields(
    of bytes: Span<UInt8>,
    from start: Int,
    lines: inout UInt32,
    into batch: inout RowBatch
  ) -> Record {
    var record = Record()
    let firstField = batch.fields.count
    batch.fields.append(.absent, repetitions: min(columnCount, Self.expectedColumnCount))
    resolved.removeAll()
    resolvedFields.removeAll()
    let origin = batch.bytes.count - start
    var index = start
    var place = XMLKnownMarkup.between
    while true {
      let step: XMLKnownMarkup.Step
      switch markup.find(from: place, in: bytes, at: index) {
      case .step(let found): step = markup.steps[found]
      case .cut:
        record.end = .cut
        return record
      case .unknown: return record
      }
      index += Int(step.byteCount)
      lines &+= step.lineFeedCount
      for empty in Int(step.firstEmpty)..<Int(step.firstEmpty + step.emptyCount) {
        let field = firstField + Int(markup.emptyColumns[empty])
        guard Self.set(field, to: origin + index..<origin + index, in: &batch) else {
          return strange(record)
        }
      }
      guard step.destination >= 0 else {
        guard index - start <= maximumRowByteCount else { return strange(record) }
        record.byteCount = index - start
        return record
      }
      place = Int(step.destination)
      let value = markup.places[place]
      let field = firstField + Int(value.column)
      let end = Self.end(of: value, in: bytes, from: index, of: &record, lines: &lines)
      guard end < bytes.count else {
        record.end = .cut
        return record
      }
      guard bytes[end] == value.closing else {
        guard bytes[end] == 0x26 else { return strange(record) }
        let resolvedStart = resolved.count
        resolved.append(bytes.extracting(index..<end))
        guard let closing = resolve(bytes, from: end, as: value, of: &record, lines: &lines)
        else { return record }
        let range = resolvedStart..<resolved.count
        guard range.count <= maximumFieldByteCount, Self.set(field, to: range, in: &batch)
        else { return strange(record) }
        resolvedFields.append(field)
        index = closing
        continue
      }
      guard end - index <= maximumFieldByteCount,
        Self.set(field, to: origin + index..<origin + end, in: &batch)
      else { return strange(record) }
      index = end
    }
  }

  private func strange(_ record: Record) -> Record {
    var record = record
    record.end = .strangeValue
    return record
  }

  /// Sets a field; `false` when it has a value already.
  @inline(__always)
  private static func set(_ field: Int, to range: Range<Int>, in batch: inout RowBatch) -> Bool {
    while field >= batch.fields.count { batch.fields.append(.absent) }
    guard batch.fields[field].isAbsent else { return false }
    batch.fields[field] = ByteRange(
      start: UInt32(truncatingIfNeeded: range.lowerBound),
      count: UInt32(truncatingIfNeeded: range.count)
    )
    return true
  }

  /// The place of what closes a value, or of what in it is not plain text; line feeds and tabs are,
  /// but in attributes become spaces.
  @inline(__always)
  private static func end(
    of value: XMLKnownMarkup.Place,
    in bytes: Span<UInt8>,
    from start: Int,
    of record: inout Record,
    lines: inout UInt32
  ) -> Int {
    var index = start
    while true {
      let text = BlockScan.value(in: bytes, from: index, closing: value.closing)
      if !text.isASCII { record.features = .hasHighBytes }
      index = text.end
      guard index < bytes.count, value.closing == 0x3C else { return index }
      let byte = bytes[index]
      guard byte == 0x0A || byte == 0x09 else { return index }
      record.features.remove(.isPlain)
      if byte == 0x0A { lines &+= 1 }
      index += 1
    }
  }

  /// Resolves a value from its first reference on; the place of what closes it, or `nil` and why.
  private mutating func resolve(
    _ bytes: Span<UInt8>,
    from start: Int,
    as value: XMLKnownMarkup.Place,
    of record: inout Record,
    lines: inout UInt32
  ) -> Int? {
    var index = start
    while index + XMLPredefinedEntity.maximumByteCount < bytes.count {
      guard let entity = XMLPredefinedEntity(in: bytes, at: index) else {
        record.end = .strangeValue
        return nil
      }
      resolved.append(entity.character)
      if entity.character == 0x26 { record.features.remove(.isPlain) }
      let textStart = index + entity.byteCount
      index = Self.end(of: value, in: bytes, from: textStart, of: &record, lines: &lines)
      resolved.append(bytes.extracting(textStart..<index))
      guard index < bytes.count else { break }
      if bytes[index] == value.closing { return index }
    }
    record.end = .cut
    return nil
  }

  /// Adds a record whose fields were added.
  @inline(__always)
  private mutating func append(
    _ bytes: Span<UInt8>,
    as head: RowHead,
    to batch: inout RowBatch
  ) {
    batch.rows.append(head)
    batch.bytes.append(bytes)
    guard !resolvedFields.isEmpty else { return }
    for index in 0..<resolvedFields.count {
      batch.fields[resolvedFields[index]].start += UInt32(batch.bytes.count)
    }
    batch.bytes.append(resolved.span)
  }
}
