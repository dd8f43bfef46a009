import Bytes
import ImportModel
import Rows

extension RowChecker {
  /// Checks a record as a whole: its structure and its characters.
  ///
  /// - Returns: `false` when its fields cannot be trusted.
  mutating func checkRecord(
    _ head: RowHead,
    row: Int,
    of batch: borrowing RowBatch,
    spoiled: inout SpoiledFields
  ) -> Bool {
    if let damage = head.damage, !isWrappedID(head, row: row, of: batch) {
      switch damage {
      case .xmlFieldRepeated, .xmlFieldNested:
        // Elsewhere than in a field that is read, it is nobody's business.
        if let field = field(ofColumn: Int(head.damageLimit)) {
          cells.begin(field)
          cells.fail(damage, number: Int(head.damageNumber))
          spoiled.insert(field)
        }
      default:
        cells.found.append(
          CompactFinding(
            damage,
            .error,
            number: Int(head.damageNumber),
            limit: Int(head.damageLimit)
          )
        )
        if damage == .raggedRowShort && head.features.contains(.endsWithoutLineEnd) {
          cells.found.append(
            CompactFinding(
              .fileTruncated,
              cells.warning,
              number: Int(head.damageNumber),
              limit: Int(head.damageLimit)
            )
          )
        }
        return false
      }
    }
    if head.features.contains(.hadTrailingDelimiters) {
      cells.found.append(CompactFinding(.trailingDelimiter, .note))
    }
    if head.features.contains(.hasNUL) { nameNUL(row, of: batch) }
    if head.features.contains(.hasHighBytes) { checkUTF8(row, of: batch, spoiled: &spoiled) }
    return true
  }

  /// Whether a row's stray quotes are those of an id such as `ObjectId("...")`, copied as it stands.
  private mutating func isWrappedID(
    _ head: RowHead,
    row: Int,
    of batch: borrowing RowBatch
  ) -> Bool {
    guard case .strayQuote = head.damage, kind == .users, let column = mapping[.userID],
      Int(head.damageNumber) == column + 1, Int(head.fieldCount) == columns.count
    else { return false }
    for other in 0..<Int(head.fieldCount) where other != column {
      if contains(batch.value(ofColumn: other, row: row), 0x22) { return false }
    }
    return cells.isWrappedID(batch.value(ofColumn: column, row: row))
  }

  /// Rejects a row with a NUL in a field that is not read; the others are rejected with their cell.
  private mutating func nameNUL(_ row: Int, of batch: borrowing RowBatch) {
    for column in 0..<Int(batch.rows[row].fieldCount) {
      if let field = field(ofColumn: column), isRead(field) { continue }
      if contains(batch.value(ofColumn: column, row: row), 0) {
        cells.found.append(CompactFinding(.nulByte, .error))
        return
      }
    }
  }

  /// Whether the cells of a field are looked into.
  private func isRead(_ field: Field) -> Bool {
    switch kind {
    case .users:
      field == .userID || field == .extensionNumber || Field.profile.contains(field)
    case .extensions: field == .extensionNumber || Field.inventory.contains(field)
    }
  }

  /// Rejects fields that are not UTF-8, whether they are read or not: the row's text is damaged.
  private mutating func checkUTF8(
    _ row: Int,
    of batch: borrowing RowBatch,
    spoiled: inout SpoiledFields
  ) {
    spoiled.hasLeadingMark = startsWithMark(batch.value(ofColumn: 0, row: row))
    if spoiled.hasLeadingMark && field(ofColumn: 0) == nil {
      cells.found.append(CompactFinding(.bomInside, cells.warning))
    }
    var code: ReasonCode?
    for column in 0..<Int(batch.rows[row].fieldCount) {
      let value = batch.value(ofColumn: column, row: row)
      guard let place = UTF8Text.firstInvalid(in: value) else { continue }
      let field = field(ofColumn: column)
      let reason = code ?? (hasCharacters(row, of: batch) ? .encodingMixed : .invalidUTF8)
      code = reason
      if let field { spoiled.insert(field) }
      cells.found.append(
        Finding(
          reason,
          .error,
          field: field,
          number: Int(value[place]),
          limit: place + 1,
          text: cells.explaining && field == nil && column < columns.count
            ? columns[column] : nil
        )
      )
    }
  }

  /// Whether a row has any character beyond ASCII that is valid UTF-8.
  private func hasCharacters(_ row: Int, of batch: borrowing RowBatch) -> Bool {
    for column in 0..<Int(batch.rows[row].fieldCount) {
      let value = batch.value(ofColumn: column, row: row)
      for place in value.indices
      where value[place] >= 0xC2 && UTF8Text.sequenceLength(in: value, at: place) > 0 {
        return true
      }
    }
    return false
  }

  private func startsWithMark(_ value: Span<UInt8>) -> Bool {
    value.count >= 3 && value[0] == 0xEF && value[1] == 0xBB && value[2] == 0xBF
  }

  private func contains(_ value: Span<UInt8>, _ byte: UInt8) -> Bool {
    for place in value.indices where value[place] == byte { return true }
    return false
  }

  private func field(ofColumn column: Int) -> Field? {
    Field.allCases.first { mapping[$0] == column }
  }
}
