import Bytes
import ImportModel
import Readers
import Rows
import Stores
import Validation

/// Finds what an extension says about itself, for sentences about extensions that cannot be given.
final class InventoryLookup {
  private let inputs: [OpenInput]
  private let store: any DirectoryStore
  private var batch = RowBatch()

  init(inputs: [OpenInput], store: any DirectoryStore) {
    self.inputs = inputs
    self.store = store
  }

  /// The texts of the extension that a row of this run describes, or that the store knows.
  func texts(
    of row: PlanExplanation.Place?,
    number: ExtensionNumber?
  ) throws(ImportError) -> PlanExplanation.InventoryTexts {
    guard let row else { return try storedTexts(of: number) }
    let input = inputs[row.input]
    try input.reader.fetch(row.position, into: &batch)
    guard batch.count == 1 else {
      throw ImportError(refusing: input.name, because: Finding(.fileChanged, .refusal))
    }
    return PlanExplanation.InventoryTexts(
      type: Self.text(input.mapping[.type], in: batch),
      email: Self.text(input.mapping[.email], in: batch)
    )
  }

  private static func text(_ column: Int?, in batch: borrowing RowBatch) -> String {
    guard let column else { return "" }
    let value = batch.value(ofColumn: column, row: 0)
    return String(utf8: value.extracting(UTF8Text.trimmedRange(of: value)))
  }

  private func storedTexts(
    of number: ExtensionNumber?
  ) throws(ImportError) -> PlanExplanation.InventoryTexts {
    let known = try number.flatMap { (number) throws(ImportError) in
      try store.extensions(numbers: [number], digestOf: []).first ?? nil
    }
    return PlanExplanation.InventoryTexts(type: known?.type ?? "", email: known?.email ?? "")
  }
}
