import Bytes
import ImportModel
import Readers
import Rows

/// Takes the extensions of an account from a run's own extensions exports.
enum AccountRows {
  /// The extensions, as the inputs describe them; rows without an id and a number say nothing.
  static func extensions(
    of plan: borrowing Plan,
    inputs: [OpenInput]
  ) throws(ImportError) -> [AccountExtension] {
    var extensions: [AccountExtension] = []
    var cursor = PlanCursor()
    var batch = RowBatch()
    for (place, input) in plan.inputs.enumerated() where input.kind == .extensions {
      let mapping = inputs[place].mapping
      for index in input.rows where !plan[index].flags.contains(.repeated) {
        try inputs[place].reader.fetch(plan.position(of: index, &cursor), into: &batch)
        guard batch.count == 1 else {
          throw ImportError(
            refusing: inputs[place].name,
            because: Finding(.fileChanged, .refusal)
          )
        }
        let number = text(.extensionNumber, mapping, batch)
        let status = text(.status, mapping, batch)
        if plan[index].high == 0 && number.isEmpty { continue }
        extensions.append(
          AccountExtension(
            id: plan[index].high,
            number: number,
            type: text(.type, mapping, batch),
            // Exports without the column show an extension that is nobody's by its missing number.
            status: status.isEmpty ? (number.isEmpty ? "Unassigned" : "Enabled") : status,
            name: text(.name, mapping, batch),
            email: text(.email, mapping, batch),
            site: text(.site, mapping, batch)
          )
        )
      }
    }
    return extensions
  }

  private static func text(
    _ field: Field,
    _ mapping: ColumnMapping,
    _ batch: borrowing RowBatch
  ) -> String {
    guard let column = mapping[field] else { return "" }
    let value = batch.value(ofColumn: column, row: 0)
    return String(utf8: value.extracting(UTF8Text.trimmedRange(of: value)))
  }
}
