import Bytes
import ImportModel
import Rows

/// Copies the cells that reports show from rows at hand to the findings about these rows.
struct CellTexts {
  /// What the rows describe.
  let kind: InputKind
  /// Which column holds which field.
  let mapping: ColumnMapping

  /// Has the findings of a row show the cells of their fields, and says what else is known of the row.
  func show(
    _ row: Int,
    of batch: borrowing RowBatch,
    _ packed: PlanRow,
    in findings: inout FindingList
  ) -> KeptRow {
    for place in findings.indices where findings[place].value.isAbsent {
      if let field = findings[place].field,
        let text = text(of: field, row: row, of: batch, in: &findings)
      {
        findings.show(text, of: field)
      }
    }
    return KeptRow(
      recordByteCount: batch.rows[row].byteCount,
      userID: userID(row, of: batch, packed, in: &findings),
      number: number(row, of: batch, packed, in: &findings)
    )
  }

  /// Copies the cell of a field; `nil` when the row has none.
  func text(
    of field: Field,
    row: Int,
    of batch: borrowing RowBatch,
    in findings: inout FindingList
  ) -> ByteRange? {
    guard let column = mapping[field], !batch.range(ofColumn: column, row: row).isAbsent
    else { return nil }
    let value = batch.value(ofColumn: column, row: row)
    return findings.keep(value, isASCII: !batch.rows[row].features.hasAny(of: .hasHighBytes))
  }

  /// The cell of the id; extensions have none.
  private func userID(
    _ row: Int,
    of batch: borrowing RowBatch,
    _ packed: PlanRow,
    in findings: inout FindingList
  ) -> KeptCell {
    guard kind == .users, let column = mapping[.userID],
      !batch.range(ofColumn: column, row: row).isAbsent
    else { return .none }
    if packed.flags.hasAny(of: .hasID),
      packed.id.isWritten(as: batch.value(ofColumn: column, row: row))
    {
      return .usual
    }
    return cell(of: .userID, row: row, of: batch, in: &findings)
  }

  /// The cell of the extension.
  private func number(
    _ row: Int,
    of batch: borrowing RowBatch,
    _ packed: PlanRow,
    in findings: inout FindingList
  ) -> KeptCell {
    guard let column = mapping[.extensionNumber],
      !batch.range(ofColumn: column, row: row).isAbsent
    else { return .none }
    if let number = packed.extensionNumber,
      number == ExtensionNumber(batch.value(ofColumn: column, row: row))
    {
      return .usual
    }
    return cell(of: .extensionNumber, row: row, of: batch, in: &findings)
  }

  private func cell(
    of field: Field,
    row: Int,
    of batch: borrowing RowBatch,
    in findings: inout FindingList
  ) -> KeptCell {
    if let shown = findings.shownValue(of: field) { return .text(shown) }
    return text(of: field, row: row, of: batch, in: &findings).map { .text($0) } ?? .none
  }
}
