import ImportModel

/// What an input's columns were found to mean.
package struct ColumnMatch: Equatable, Sendable {
  /// What the rows describe.
  package var kind: InputKind
  package var mapping: ColumnMapping
  /// What was noticed about the names of columns.
  package var remarks: [Finding]

  /// Makes a match; by default no column means anything.
  package init(
    kind: InputKind,
    mapping: ColumnMapping = ColumnMapping(),
    remarks: [Finding] = []
  ) {
    self.kind = kind
    self.mapping = mapping
    self.remarks = remarks
  }

  /// Number of fields that have a column.
  package var fieldCount: Int { Field.allCases.count { mapping[$0] != nil } }
}

/// The columns cannot be used as they are.
package struct ColumnRefusal: Error, Equatable, Sendable {
  /// Why.
  package var finding: Finding

  /// Makes a refusal.
  package init(
    _ code: ReasonCode,
    field: Field? = nil,
    number: Int = 0,
    text: String? = nil,
    suggestion: String? = nil
  ) {
    finding = Finding(
      code,
      .refusal,
      field: field,
      number: number,
      text: text,
      suggestion: suggestion
    )
  }

  /// Whether the row just does not look like these columns' header; another one may.
  package var isAboutMissingColumns: Bool {
    switch finding.code {
    case .columnMissing, .headerMissing, .mapInvalid: true
    default: false
    }
  }
}
