import Bytes
import ImportModel
import Rows

extension RowChecker {
  /// The row of a record in which nothing at all is to be found, or `nil` when it needs a closer look.
  ///
  /// Nearly all rows are of this kind. `check` would come to the same by its long way.
  ///
  /// The record has all fields that are looked into. A checker is big, and would be copied if this were
  /// asked of it and not of what it needs.
  @inline(__always)
  static func soundUser(
    _ head: RowHead,
    of batch: borrowing RowBatch,
    _ idColumn: Int,
    _ numberColumn: Int,
    _ recordColumns: [RecordColumn]
  ) -> PlanRow? {
    guard !head.features.hasAny(of: .remarkable), head.damage == nil else { return nil }
    let first = Int(head.firstField)
    let idField = batch.fields[first + idColumn]
    let numberField = batch.fields[first + numberColumn]
    guard !idField.isAbsent, !numberField.isAbsent,
      let id = ObjectID(lowerCase: batch.bytes.span(idField)),
      // An id that ends in zeros may be rounded, or null.
      id.low != 0, CellChecker.plausibleSeconds.contains(id.secondsSince1970)
    else { return nil }
    let digits = batch.bytes.span(numberField)
    guard let number = ExtensionNumber(digits), digits[0] != UInt8(ascii: "0") else { return nil }
    if !head.features.isClean {
      guard areSound(recordColumns, head, of: batch) else { return nil }
    }
    var row = PlanRow(high: id.high, low: id.low, extensionNumber: number, flags: .hasID)
    row.isVerbatim = true
    return row
  }

  /// Whether nothing is to be found in the columns that are recorded as they stand, nor in the text
  /// as a whole.
  private static func areSound(
    _ recordColumns: [RecordColumn],
    _ head: RowHead,
    of batch: borrowing RowBatch
  ) -> Bool {
    let isPlain = head.features.hasAny(of: .isPlain)
    for index in recordColumns.indices {
      let (column, field) = (recordColumns[index].column, recordColumns[index].field)
      if isPlain {
        guard isFine(column, field, of: batch, head: head) else { return false }
      } else {
        let range = batch.fields[Int(head.firstField) + column]
        guard
          range.isAbsent
            || CellChecker.isPlain(batch.bytes.span(range), isEmail: field == .email)
        else { return false }
      }
    }
    return !head.features.hasAny(of: .hasHighBytes) || isSoundText(head, of: batch)
  }

  /// Whether all fields are UTF-8 and the record does not begin like a byte order mark.
  private static func isSoundText(_ head: RowHead, of batch: borrowing RowBatch) -> Bool {
    let first = Int(head.firstField)
    for index in first..<first + Int(head.fieldCount) where !batch.fields[index].isAbsent {
      let value = batch.bytes.span(batch.fields[index])
      if UTF8Text.firstInvalid(in: value) != nil { return false }
      if index == first && !value.isEmpty && value[0] == 0xEF { return false }
    }
    return true
  }
}

extension RowFeatures {
  /// What makes a row worth a closer look.
  fileprivate static let remarkable: RowFeatures = [
    .looksLikeFooter, .endsWithoutLineEnd, .hadTrailingDelimiters, .hasNUL,
  ]
  private static let clean: RowFeatures = [.isPlain, .hasCleanEdges, .hasNoSpaces]

  /// Whether no field can need a closer look for its characters.
  var isClean: Bool { rawValue & Self.clean.rawValue == Self.clean.rawValue }
}

extension ByteBuffer {
  /// The bytes of a field that the record has.
  @_lifetime(borrow self)
  fileprivate func span(_ field: ByteRange) -> Span<UInt8> { span(field.range) }
}
