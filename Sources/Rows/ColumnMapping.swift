import ImportModel

/// Which column of an input holds which field.
package struct ColumnMapping: Equatable, Sendable {
  private var columns: [Int]

  /// Maps nothing.
  package init() { columns = Array(repeating: -1, count: Field.allCases.count) }

  /// The column of a field, from 0, or `nil` when the input has none.
  package subscript(field: Field) -> Int? {
    get {
      let column = columns[Int(field.rawValue)]
      return column < 0 ? nil : column
    }
    set { columns[Int(field.rawValue)] = newValue ?? -1 }
  }

  /// Whether any of the fields has a column.
  package func hasAny(of fields: [Field]) -> Bool { fields.contains { self[$0] != nil } }
}
