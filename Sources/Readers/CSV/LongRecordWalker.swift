import ImportModel

/// Walks to the end of a record that is too long to be kept, one byte at a time.
///
/// The record is past the limit for rows. A line break inside quotes can therefore only come from a
/// quote that is not closed, and ends the walk too.
struct LongRecordWalker {
  private enum State {
    case fieldStart, plain, quoted, quoteInQuoted, literal
    /// A carriage return ended the record; a line feed behind it belongs to it.
    case behindCarriageReturn
  }

  /// The record's end, complete once `pass` returned `true` or `passEnd` was called.
  private(set) var end: RecordEnd
  /// Whether the record ends, or the input does, inside quotes.
  private(set) var isBroken = false
  /// Number of fields that ended on the way at a delimiter.
  private(set) var delimiterCount = 0
  /// Whether a field was opened by a quote on the way.
  private(set) var openedQuote = false

  private var state: State
  private let dialect: CSVDialect

  /// Goes on where the scan stopped.
  init(_ long: LongRecord, dialect: CSVDialect) {
    self.dialect = dialect
    end = RecordEnd(byteCount: long.scanned - long.record.start, lineEnd: .none)
    switch long.record.mode {
    case .plain: state = long.scanned == long.record.fieldStart ? .fieldStart : .plain
    case .quoted: state = .quoted
    // What follows such a quote is the line end.
    case .closed, .literal: state = .literal
    }
  }

  /// Walks over bytes.
  ///
  /// - Returns: whether the record has ended.
  mutating func pass(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices {
      let byte = bytes[index]
      if state == .behindCarriageReturn {
        if byte == 0x0A { end.lineEnd = .both }
        return true
      }
      if byte == 0x0A || byte == 0x0D {
        isBroken = state == .quoted
        end.lineEnd = byte == 0x0A ? .lineFeed : .carriageReturn
        if byte == 0x0A { return true }
        state = .behindCarriageReturn
        continue
      }
      end.byteCount += 1
      if byte >= 0x80 { end.hasHighBytes = true }
      if byte == 0 { end.hasNUL = true }
      step(byte)
    }
    return false
  }

  /// Ends the walk at the input's end.
  mutating func passEnd() {
    if state == .quoted { isBroken = true }
  }

  private mutating func step(_ byte: UInt8) {
    switch state {
    case .fieldStart, .plain, .quoteInQuoted:
      if byte == dialect.delimiter {
        delimiterCount += 1
        state = .fieldStart
      } else if byte == dialect.quote && state != .plain {
        openedQuote = openedQuote || state == .fieldStart
        state = .quoted
      } else {
        state = state == .quoteInQuoted ? .literal : .plain
      }
    case .quoted:
      if byte == dialect.quote { state = .quoteInQuoted }
    case .literal:
      if byte == dialect.delimiter { delimiterCount += 1 }
    case .behindCarriageReturn:
      break
    }
  }
}
