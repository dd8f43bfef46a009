import Bytes
package import ImportModel
package import Rows

/// What checking a row gives beside its findings.
package struct CheckedRow: Sendable {
  /// The row, packed; its place in the input is not in it yet.
  package var row: PlanRow
  /// The digest of what the row records beside its id and extension; 0 unless digests are kept.
  ///
  /// A `RecordDigest` of the fields that have a column.
  package var digest: UInt64
}

/// Checks rows one by one, each for itself.
///
/// The same record always gives the same findings, whether they are explained or only counted.
/// Checking a good row allocates nothing, nor does a bad one unless it is explained.
package struct RowChecker {
  /// Which column holds which field; grows while XML is read.
  package var mapping: ColumnMapping {
    didSet { recordColumns = Self.recordColumns(of: kind, in: mapping) }
  }

  let rules: Rules
  let kind: InputKind
  let columns: [String]
  let keepsDigests: Bool
  var cells: CellChecker
  /// The columns that are recorded as they stand, in the order of the digest.
  private(set) var recordColumns: [RecordColumn]

  /// Makes a checker for the rows of one input.
  ///
  /// - Parameters:
  ///   - rules: what repairs are made and what is allowed.
  ///   - kind: what the rows describe.
  ///   - mapping: which column holds which field.
  ///   - columns: the names of the columns, for findings in columns that hold no field.
  ///   - keepsDigests: whether rows get a digest.
  package init(
    rules: Rules,
    kind: InputKind,
    mapping: ColumnMapping,
    columns: [String],
    keepsDigests: Bool
  ) {
    self.rules = rules
    self.kind = kind
    self.mapping = mapping
    self.columns = columns
    self.keepsDigests = keepsDigests
    cells = CellChecker(rules: rules)
    recordColumns = Self.recordColumns(of: kind, in: mapping)
  }

  /// What was found in the row checked last: the gravest first, then by column.
  package var findings: [Finding] { cells.findings }

  /// Checks a row of a batch.
  ///
  /// - Parameters:
  ///   - row: the row's index in the batch.
  ///   - batch: the batch, which is not changed.
  ///   - explaining: whether findings get their texts and suggestions.
  /// - Returns: the packed row; what was found is in `findings`.
  package mutating func check(
    _ row: Int,
    of batch: borrowing RowBatch,
    explaining: Bool
  ) -> CheckedRow {
    cells.explaining = explaining
    cells.findings.removeAll(keepingCapacity: true)
    let head = batch.rows[row]
    var spoiled = SpoiledFields()
    let isReadable = checkRecord(head, row: row, of: batch, spoiled: &spoiled)
    var checked = CheckedRow(
      row: PlanRow(high: 0, low: 0, extensionNumber: nil, flags: RowFlags()),
      digest: 0
    )
    if isReadable {
      let view = RowView(row: row, head: head, spoiled: spoiled)
      switch kind {
      case .users: checkUser(view, of: batch, into: &checked)
      case .extensions: checkInventory(view, of: batch, into: &checked)
      }
    }
    flagFindings(in: &checked.row)
    return checked
  }

  /// Sorts the findings and says on the row what they mean for it.
  private mutating func flagFindings(in row: inout PlanRow) {
    guard !cells.findings.isEmpty else { return }
    sortFindings()
    let gravest = cells.findings[0].severity
    if gravest >= .warning { row.flags.insert(.cellFindings) }
    if gravest >= .error { row.flags.insert(.rejected) }
  }

  /// Sorts by insertion: rows have few findings, and those of a cell keep their order.
  private mutating func sortFindings() {
    for end in cells.findings.indices.dropFirst() {
      var place = end
      while place > 0 && comesBefore(cells.findings[place], cells.findings[place - 1]) {
        cells.findings.swapAt(place, place - 1)
        place -= 1
      }
    }
  }

  private func comesBefore(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    return column(of: left) < column(of: right)
  }

  private func column(of finding: Finding) -> Int { finding.field.flatMap { mapping[$0] } ?? -1 }

  private static func recordColumns(
    of kind: InputKind,
    in mapping: ColumnMapping
  ) -> [RecordColumn] {
    let fields = kind == .users ? Field.profile : Field.inventory
    return fields.compactMap { field in
      mapping[field].map { column in
        let role: RecordColumn.Role =
          switch (kind, field) {
          case (.users, .status): .userStatus
          case (_, .extensionID): .checkedApart
          default: .plain
          }
        return RecordColumn(field: field, column: column, role: role)
      }
    }
  }
}

/// A column that is recorded as it stands.
struct RecordColumn: Sendable {
  /// What is done with its cells beside recording them.
  enum Role: Sendable {
    /// Only damage is looked for.
    case plain
    /// The cells say whether a user is switched off.
    case userStatus
    /// The cells are checked by a rule of their own.
    case checkedApart
  }

  var field: Field
  var column: Int
  var role: Role
}
