import Bytes
import ImportModel
import Rows

extension RowChecker {
  mutating func checkUser(
    _ view: RowView,
    of batch: borrowing RowBatch,
    into checked: inout CheckedRow
  ) {
    var flags = RowFlags()
    var id: ObjectID?
    if !view.spoiled.contains(.userID) {
      let column = mapping[.userID] ?? -1
      if batch.range(ofColumn: column, row: view.row).isAbsent {
        cells.begin(.userID)
        cells.fail(.xmlFieldMissing)
      } else {
        id = cells.checkID(
          batch.value(ofColumn: column, row: view.row),
          startsWithMark: view.startsWithMark(column)
        )
      }
    }
    if id != nil { flags.insert(.hasID) }
    let number = checkExtension(view, of: batch, flags: &flags)
    checkRecordColumns(view, of: batch, into: &checked)
    checked.row = PlanRow(
      high: id?.high ?? 0,
      low: id?.low ?? 0,
      extensionNumber: number,
      flags: flags
    )
  }

  private mutating func checkExtension(
    _ view: RowView,
    of batch: borrowing RowBatch,
    flags: inout RowFlags
  ) -> ExtensionNumber? {
    if view.spoiled.contains(.extensionNumber) { return nil }
    let column = mapping[.extensionNumber] ?? -1
    if batch.range(ofColumn: column, row: view.row).isAbsent {
      // What this means is known when the whole input is: later records may have the element.
      flags.insert(.extensionAbsent)
      return nil
    }
    let result = cells.checkExtension(
      batch.value(ofColumn: column, row: view.row),
      startsWithMark: view.startsWithMark(column)
    )
    switch result {
    case .number(let number):
      if cells.isRepaired { flags.insert(.repaired) }
      return number
    case .blank:
      if rules.fillsBlanks { return nil }
      switch rules.onBlank {
      case .reject: cells.fail(.extensionMissing)
      case .skip: flags.insert(.recordsOnly)
      case .clear: flags.insert(.clears)
      }
      return nil
    case .damaged:
      return nil
    }
  }

  /// Checks what is recorded as it stands and digests it.
  private mutating func checkRecordColumns(
    _ view: RowView,
    of batch: borrowing RowBatch,
    into checked: inout CheckedRow
  ) {
    if view.head.features.isClean && hasPlainColumnsOnly && !keepsDigests { return }
    var digest = RecordDigest()
    let isPlain = view.head.features.hasAny(of: .isPlain) && !keepsDigests
    for index in recordColumns.indices {
      let (field, column) = (recordColumns[index].field, recordColumns[index].column)
      let role = recordColumns[index].role
      if isPlain, role == .plain, Self.isFine(column, field, of: batch, head: view.head) {
        continue
      }
      let value = batch.value(ofColumn: column, row: view.row)
      if keepsDigests { digest.add(field, value.extracting(UTF8Text.trimmedRange(of: value))) }
      if view.spoiled.contains(field) || role == .checkedApart { continue }
      cells.checkProfile(field, value, startsWithMark: view.startsWithMark(column))
      if role == .userStatus { checkStatus(value) }
    }
    if keepsDigests { checked.digest = digest.value }
  }

  /// Whether a cell of a plain record has nothing that is worth a second look.
  @inline(__always)
  static func isFine(
    _ column: Int,
    _ field: Field,
    of batch: borrowing RowBatch,
    head: RowHead
  ) -> Bool {
    guard column < Int(head.fieldCount) else { return true }
    let range = batch.fields[Int(head.firstField) + column]
    // Neither empty nor absent.
    guard range.count &+ 1 > 1 else { return true }
    let end = Int(range.start) + Int(range.count)
    return
      (head.features.hasAny(of: .hasCleanEdges)
      || CellChecker.areEdgesPlain(batch.bytes[Int(range.start)], batch.bytes[end - 1]))
      && (head.features.hasAny(of: .hasNoSpaces) || field.rawValue != Field.email.rawValue
        || batch.bytes.span(Int(range.start)..<end).firstIndex(of: 0x20, from: 0) == nil)
  }

  /// Warns of a user whom the input itself calls switched off.
  private mutating func checkStatus(_ value: Span<UInt8>) {
    guard !rules.includeDisabled else { return }
    if StatusText.meansDisabledUser(value.extracting(UTF8Text.trimmedRange(of: value))) {
      cells.begin(.status)
      cells.warn(.userDisabled)
    }
  }

  mutating func checkInventory(
    _ view: RowView,
    of batch: borrowing RowBatch,
    into checked: inout CheckedRow
  ) {
    var flags = RowFlags.recordsOnly
    var id: UInt64 = 0
    if let column = mapping[.extensionID], !view.spoiled.contains(.extensionID) {
      id = cells.checkExtensionID(
        batch.value(ofColumn: column, row: view.row),
        startsWithMark: view.startsWithMark(column)
      )
    }
    var number: ExtensionNumber?
    if !view.spoiled.contains(.extensionNumber) {
      let column = mapping[.extensionNumber] ?? -1
      let result = cells.checkExtension(
        batch.value(ofColumn: column, row: view.row),
        startsWithMark: view.startsWithMark(column)
      )
      switch result {
      case .number(let value):
        number = value
        if cells.isRepaired { flags.insert(.repaired) }
      case .blank:
        // RingCentral lists extensions that nobody has yet without a number.
        if id == 0 { cells.fail(.extensionMissing) }
      case .damaged: break
      }
    }
    checkRecordColumns(view, of: batch, into: &checked)
    checked.row = PlanRow(
      high: id,
      low: traits(view, of: batch).packed,
      extensionNumber: number,
      flags: flags
    )
  }

  private func traits(_ view: RowView, of batch: borrowing RowBatch) -> InventoryTraits {
    let type = batch.value(ofColumn: mapping[.type] ?? -1, row: view.row)
    let status = batch.value(ofColumn: mapping[.status] ?? -1, row: view.row)
    let email = batch.value(ofColumn: mapping[.email] ?? -1, row: view.row)
    return InventoryTraits(
      type: type.extracting(UTF8Text.trimmedRange(of: type)),
      status: status.extracting(UTF8Text.trimmedRange(of: status)),
      email: email.extracting(UTF8Text.trimmedRange(of: email))
    )
  }
}
