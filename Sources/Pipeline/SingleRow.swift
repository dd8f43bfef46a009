import Bytes
package import ImportModel
import Rows
import Validation

/// What the checks of an import say about one user and one extension.
package enum SingleRow: Equatable, Sendable {
  /// Both are well-formed.
  case good(user: ObjectID, number: ExtensionNumber)
  /// They are not: the sentence that an import's report would have for the row.
  case rejected(message: String)
}

/// Checks a user's id and an extension that come alone, as if they were a row of an assignment list.
///
/// The rules are those of an import without flags, repairs are not made. The checker keeps its
/// memory from one row to the next.
package struct SingleRowChecker: ~Copyable {
  private static let columns: [Field] = [.userID, .extensionNumber]

  private var batch = RowBatch()
  private var checker: RowChecker

  /// Makes a checker.
  package init() {
    var mapping = ColumnMapping()
    for (column, field) in Self.columns.enumerated() { mapping[field] = column }
    checker = RowChecker(
      rules: Rules(),
      kind: .users,
      mapping: mapping,
      columns: Self.columns.map(\.name),
      keepsDigests: false
    )
  }

  /// Checks the texts of both.
  package mutating func check(userID: String, extensionNumber: String) -> SingleRow {
    fill([userID, extensionNumber])
    let row = checker.check(0, of: batch, explaining: false).row
    if !row.flags.contains(.rejected), row.flags.contains(.hasID),
      let number = row.extensionNumber
    {
      return .good(user: row.id, number: number)
    }
    _ = checker.check(0, of: batch, explaining: true)
    guard let finding = checker.findings.first else {
      preconditionFailure("a row without an id and an extension has a finding that says so")
    }
    let value: String? =
      switch finding.field {
      case .userID: userID
      case .extensionNumber: extensionNumber
      default: nil
      }
    return .rejected(message: ReasonText.message(finding, value: value))
  }

  /// Makes the batch one record.
  private mutating func fill(_ values: [String]) {
    batch.removeAll()
    for value in values {
      let start = batch.bytes.count
      batch.bytes.append(text: value)
      batch.fields.append(ByteRange(start..<batch.bytes.count))
    }
    var head = RowHead(
      position: Position(row: 1, line: 1, offset: 0),
      byteCount: UInt64(batch.bytes.count),
      firstField: 0,
      fieldCount: UInt32(values.count),
      lineCount: 1
    )
    if !UTF8Text.isASCII(batch.bytes.span) { head.features.insert(.hasHighBytes) }
    if values.contains(where: { $0.utf8.contains(0) }) { head.features.insert(.hasNUL) }
    batch.rows.append(head)
  }
}
