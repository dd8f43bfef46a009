import Bytes

/// Copies one CSV record and counts its fields, so that columns can be added after it.
///
/// The bytes stay as they are, but for delimiters after the last field that has something in it:
/// these are held back, for beyond the width of the header they mean nothing and would push the
/// added columns out of their place.
struct RecordCopy {
  private enum State { case fieldStart, unquoted, quoted, quoteInQuoted }

  private let dialect: RejectsDialect
  private var state = State.fieldStart
  private var fieldCount = 1
  private var heldDelimiters = 0

  /// Begins a record.
  init(_ dialect: RejectsDialect) { self.dialect = dialect }

  /// Adds the next bytes of the record to the text.
  mutating func append(_ chunk: Span<UInt8>, to text: inout ByteBuffer) {
    for index in chunk.indices {
      let byte = chunk[index]
      if byte == dialect.delimiter && state != .quoted {
        heldDelimiters += 1
        fieldCount += 1
        state = .fieldStart
        continue
      }
      releaseDelimiters(to: &text)
      text.append(byte)
      switch state {
      case .fieldStart: state = byte == dialect.quote ? .quoted : .unquoted
      case .unquoted: break
      case .quoted: if byte == dialect.quote { state = .quoteInQuoted }
      case .quoteInQuoted: state = byte == dialect.quote ? .quoted : .unquoted
      }
    }
  }

  /// Whether a quote was opened and not closed.
  var endsInsideQuotes: Bool { state == .quoted }

  /// Ends the record.
  ///
  /// - Parameters:
  ///   - width: fields of the header; empty fields at the end beyond it are left out.
  ///   - text: where the record was copied to.
  /// - Returns: the number of fields that the record has now.
  mutating func finish(width: Int, in text: inout ByteBuffer) -> Int {
    let needless = min(heldDelimiters, max(0, fieldCount - width))
    heldDelimiters -= needless
    fieldCount -= needless
    releaseDelimiters(to: &text)
    return fieldCount
  }

  private mutating func releaseDelimiters(to text: inout ByteBuffer) {
    while heldDelimiters > 0 {
      text.append(dialect.delimiter)
      heldDelimiters -= 1
    }
  }
}
