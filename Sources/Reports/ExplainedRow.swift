import Bytes
package import ImportModel

/// A row that has something to explain, with the texts that explaining needs.
///
/// A class, for it is handed from one to the other, and a copy would count all its texts.
package final class ExplainedRow {
  /// The row's index in the plan.
  package let index: Int
  /// Where it stands in its input.
  package let position: Position
  /// What the rows of its input describe.
  package let kind: InputKind
  /// The user id as it must be shown: normalised on a good row, as it stood in the input on a
  /// rejected one; `nil` when the row has none.
  package let userID: ShownID?
  /// The extension as it must be shown; `nil` when the input has no such column or the row names
  /// none.
  package let extensionNumber: String?
  package let outcome: Outcome
  /// What was found, the gravest first; notes only when they were asked for.
  package let findings: [Finding]
  /// The raw text of the fields that findings are about.
  package let values: FieldTexts
  /// The extension that the row replaced or would replace.
  package let previous: ExtensionNumber?
  /// What the target answered, where that is to be shown.
  package let answer: RowAnswer?
  /// The target's own id of the extension, where it has such.
  package let extensionID: UInt64?
  /// The row as it stands in the input.
  package let record: any RawRecord

  /// Makes a row.
  package init(
    index: Int,
    position: Position,
    kind: InputKind,
    userID: ShownID?,
    extensionNumber: String?,
    outcome: Outcome,
    findings: [Finding],
    values: FieldTexts,
    previous: ExtensionNumber?,
    answer: RowAnswer? = nil,
    extensionID: UInt64? = nil,
    record: any RawRecord
  ) {
    self.index = index
    self.position = position
    self.kind = kind
    self.userID = userID
    self.extensionNumber = extensionNumber
    self.outcome = outcome
    self.findings = findings
    self.values = values
    self.previous = previous
    self.answer = answer
    self.extensionID = extensionID
    self.record = record
  }

  /// Adds the sentence of one of its findings in UTF-8.
  func append(messageOf finding: Finding, to text: inout ByteBuffer) {
    let value = finding.field.flatMap { values[$0] }
    ReasonText.append(messageOf: finding, value: value, to: &text)
  }
}

/// A user id as a report shows it.
package enum ShownID: Sendable {
  /// An id in its usual writing.
  case id(ObjectID)
  /// What stands in its place.
  case text(String)
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

/// The bytes of one record of an input.
package protocol RawRecord {
  /// Gives the record in UTF-8, without its line end, in pieces: a record may be huge.
  ///
  /// - Throws: when the input cannot be read again, and what `body` throws.
  func forEachChunk(_ body: (Span<UInt8>) throws(ImportError) -> Void) throws(ImportError)
}
