import ImportModel

/// A record whose end was not reached yet.
struct OpenRecord {
  /// What the bytes mean at the place reached.
  enum Mode {
    /// At a field's first byte, or in a field without quotes.
    case plain
    /// Between quotes.
    case quoted
    /// Behind a closing quote that a line end or the input's end follows.
    case closed
    /// Behind text that followed a closing quote: quotes mean nothing up to the line end.
    case literal
  }

  /// The record's first byte.
  let start: Int
  /// Number of the batch's fields before the record's.
  let firstField: Int
  /// The first byte of the field; of a quoted one its opening quote.
  var fieldStart: Int
  var mode = Mode.plain
  /// Whether quotes are doubled in the field.
  var fieldHasDoubledQuotes = false
  /// Line breaks inside quotes so far.
  var breakCount = 0
  /// Line breaks before the last opening quote.
  var breakCountAtQuote = 0
  /// Fields beyond those that are kept.
  var surplusCount = 0
  /// Whether some of those hold any byte.
  var surplusIsFilled = false
  /// Whether some of those hold more than spaces and tabs.
  var surplusIsVisible = false
  var hasStrayQuote = false
  /// Whether the record is known to be a comment.
  var isComment = false
  /// The first trouble inside a field, and what its sentence needs.
  var trouble: ReasonCode?
  var troubleNumber = 0
  var troubleLimit = 0

  /// Begins a record.
  init(start: Int, firstField: Int) {
    self.start = start
    self.firstField = firstField
    fieldStart = start
  }

  /// Whether the quoted field goes on over a line end.
  var fieldSpansLines: Bool { breakCount > breakCountAtQuote }

  /// Notes trouble inside a field; trouble with quotes explains any other.
  mutating func note(_ code: ReasonCode, number: Int, limit: Int = 0) {
    guard trouble == nil || (trouble == .fieldTooLong && code != .fieldTooLong) else { return }
    trouble = code
    troubleNumber = number
    troubleLimit = limit
  }
}

/// A record's first physical line, kept because the rest may turn out not to belong to it.
struct FirstLine {
  /// The record as it stood at the line break, which lies inside quotes.
  var record: OpenRecord
  /// Number of the batch's fields then.
  var fieldCount: Int
  /// The line break.
  var end: Int
}

/// Where a record ends, and what its bytes are like.
struct RecordEnd {
  /// Bytes without the line end.
  var byteCount: Int
  var lineEnd: LineEnd
  var hasHighBytes = false
  var hasNUL = false

  /// Bytes with the line end.
  var passedByteCount: Int { byteCount + lineEnd.byteCount }
}

/// How a line ends.
enum LineEnd {
  /// The input ends there.
  case none
  case lineFeed, carriageReturn, both

  /// Number of bytes.
  var byteCount: Int {
    switch self {
    case .none: 0
    case .lineFeed, .carriageReturn: 1
    case .both: 2
    }
  }
}

/// A record that is longer than rows may be, as far as it was scanned.
struct LongRecord {
  var record: OpenRecord
  var firstLine: FirstLine?
  /// Where the scan goes on, in the bytes scanned.
  var scanned: Int
}
