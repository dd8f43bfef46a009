package import Bytes
package import ImportModel

/// A row that has something to explain, with the texts that explaining needs.
///
/// A class, and used for one row after the other: it is handed from one to the other, and its memory
/// is made once.
package final class ExplainedRow {
  /// The row's index in the plan.
  package private(set) var index = 0
  /// Where it stands in its input.
  package private(set) var position = Position(row: 0, line: 0, offset: 0)
  /// What the rows of its input describe.
  package let kind: InputKind
  package private(set) var outcome = Outcome.undecided
  /// What was found, the gravest first, with notes only when they were asked for.
  ///
  /// The row's own texts lie beside those of the findings.
  package var findings = FindingList()
  /// The user id as it must be shown: normalised on a good row, as it stood in the input on a
  /// rejected one.
  package var userID = ShownID.none
  /// The extension as it must be shown; none when the input has no such column or the row names
  /// none.
  package var number = ShownNumber.none
  /// The extension that the row replaced or would replace.
  package var previous: ExtensionNumber?
  /// What the target answered, where that is to be shown.
  package var answer: RowAnswer?
  /// The target's own id of the extension, where it has such.
  package var extensionID: UInt64?
  /// Where the row stands as it is.
  private let records: any RawRecords
  /// Bytes of the row as it stands, without its line end; 0 where nobody asks for that.
  package var byteCount: UInt64 = 0

  /// Makes a row of an input, which begins to be one of its rows by `begin`.
  package init(kind: InputKind, records: any RawRecords) {
    self.kind = kind
    self.records = records
  }

  /// Begins a row of the input, without findings and texts.
  package func begin(
    _ index: Int,
    at position: Position,
    outcome: Outcome,
    byteCount: UInt64 = 0
  ) {
    self.index = index
    self.position = position
    self.outcome = outcome
    self.byteCount = byteCount
    findings.removeAll()
    userID = .none
    number = .none
    previous = nil
    if answer != nil { answer = nil }
    extensionID = nil
  }

  /// Gives the row as it stands in the input, in UTF-8, without its line end, in pieces.
  ///
  /// - Throws: when the input cannot be read again, and what `body` throws.
  func forEachChunk(_ body: (Span<UInt8>) throws(ImportError) -> Void) throws(ImportError) {
    try records.forEachChunk(at: position.offset, byteCount: byteCount, body)
  }

  /// Adds the sentence of one of its findings.
  func append(messageOf place: Int, as form: SentenceForm, to text: inout ByteBuffer) {
    ReasonText.append(messageOf: findings[place], of: findings, as: form, to: &text)
  }

  /// Adds what to do about one of its findings; returns whether there is anything.
  func append(hintOf place: Int, as form: SentenceForm, to text: inout ByteBuffer) -> Bool {
    ReasonText.append(hintOf: findings[place], of: findings, as: form, to: &text)
  }
}

/// A user id as a report shows it.
package enum ShownID: BitwiseCopyable, Sendable {
  /// The row has none.
  case none
  /// An id in its usual writing.
  case id(ObjectID)
  /// What stands in its place.
  case text(ByteRange)
}

/// An extension as a report shows it.
package enum ShownNumber: BitwiseCopyable, Sendable {
  /// There is none.
  case none
  /// An extension.
  case number(ExtensionNumber)
  /// What stands in its place.
  case text(ByteRange)
}

/// What a target outside the store answered about a row, in the words of the API.
package struct RowAnswer: Hashable, Sendable {
  /// `nil` for success.
  package var error: APIError?
  package var message: String

  /// Makes it.
  package init(error: APIError?, message: String) {
    self.error = error
    self.message = message
  }
}

/// The bytes of an input's records.
package protocol RawRecords: AnyObject {
  /// Gives a record in UTF-8 in pieces: it may be huge.
  ///
  /// - Throws: when the input cannot be read again, and what `body` throws.
  func forEachChunk(
    at offset: UInt64,
    byteCount: UInt64,
    _ body: (Span<UInt8>) throws(ImportError) -> Void
  ) throws(ImportError)
}
