import Bytes
import ImportModel
import Readers
import Rows
import Stores
import Validation

/// Reads rows of an input again for what the plan does not keep.
struct RowTexts: ~Copyable {
  private let input: OpenInput
  private let fillsBlanks: Bool
  private var checker: RowChecker
  private var batch = RowBatch()

  init(input: OpenInput, rules: Rules) {
    self.input = input
    fillsBlanks = rules.fillsBlanks
    checker = input.makeChecker(rules: rules, keepsDigests: false)
  }

  /// Gives a row's field values, without outer white space, to a writer.
  ///
  /// - Throws: `fileChanged` when the input no longer says what the plan says.
  mutating func give(
    _ fields: [Field],
    of row: PlanRow,
    at position: Position,
    to writer: any StoreWriter
  ) throws(ImportError) {
    try fetch(row, at: position)
    for field in fields {
      guard let column = input.mapping[field] else { continue }
      let value = batch.value(ofColumn: column, row: 0)
      try writer.set(field, value.extracting(UTF8Text.trimmedRange(of: value)))
    }
  }

  /// Reads a row again, for `text(of:)`.
  ///
  /// - Throws: `fileChanged` when the input no longer says what the plan says.
  mutating func fetch(_ row: PlanRow, at position: Position) throws(ImportError) {
    try input.reader.fetch(position, into: &batch)
    guard batch.count == 1 else { throw changed }
    let again = checker.check(0, of: batch, explaining: false).row
    guard again.high == row.high, again.low == row.low,
      again.extensionNumber == row.extensionNumber
        || fillsBlanks && again.extensionNumber == nil
    else { throw changed }
  }

  /// A field of the row fetched last, without outer white space; empty when there is no such column.
  func text(of field: Field) -> String {
    guard let column = input.mapping[field] else { return "" }
    let value = batch.value(ofColumn: column, row: 0)
    return String(utf8: value.extracting(UTF8Text.trimmedRange(of: value)))
  }

  private var changed: ImportError {
    ImportError(refusing: input.name, because: Finding(.fileChanged, .refusal))
  }
}
