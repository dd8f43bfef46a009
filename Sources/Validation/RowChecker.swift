package import Bytes
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
  /// How much was found.
  package var findingCount = 0
}

/// Checks rows one by one, each for itself.
///
/// The same record always gives the same findings, whether they are explained or only counted.
/// Checking a good row allocates nothing, nor does a bad one unless it is explained.
package struct RowChecker: ~Copyable {
  /// Which column holds which field; grows while XML is read.
  package var mapping: ColumnMapping {
    didSet { readMapping() }
  }

  let rules: Rules
  let kind: InputKind
  let columns: [String]
  let keepsDigests: Bool
  var cells: CellChecker
  /// The columns that are recorded as they stand, in the order of the digest.
  private(set) var recordColumns: [RecordColumn] = []
  /// Whether nothing but damage is looked for in all of these.
  private(set) var hasPlainColumnsOnly = true
  /// What records are like of which id and extension say it all, so that `check` finds nothing in them
  /// and comes to a row of these two; `nil` when there are none.
  package private(set) var soundUsers: RecordKeyRule?
  /// Where the keys of rows are, and the last column that is looked into.
  private var keyColumns = (id: 0, number: 0, last: 0)

  /// Makes a checker for the rows of one input.
  ///
  /// - Parameters:
  ///   - rules: what repairs are made and what is allowed.
  ///   - kind: what the rows describe.
  ///   - mapping: which column holds which field.
  ///   - columns: the names of the columns, for findings in columns that hold no field.
  ///   - keepsDigests: whether rows get a digest.
  ///   - packing: whether short plain texts are looked at as a whole; both ways find the same.
  package init(
    rules: Rules,
    kind: InputKind,
    mapping: ColumnMapping,
    columns: [String],
    keepsDigests: Bool,
    packing: Bool = true
  ) {
    self.rules = rules
    self.kind = kind
    self.mapping = mapping
    self.columns = columns
    self.keepsDigests = keepsDigests
    cells = CellChecker(rules: rules, packing: packing)
    readMapping()
  }

  private mutating func readMapping() {
    recordColumns = Self.recordColumns(of: kind, in: mapping)
    hasPlainColumnsOnly = recordColumns.allSatisfy { $0.role == .plain }
    guard kind == .users, !keepsDigests, rules.reserved.isEmpty, rules.ranges.isEmpty,
      let idColumn = mapping[.userID], let numberColumn = mapping[.extensionNumber]
    else {
      soundUsers = nil
      return
    }
    let last = recordColumns.reduce(max(idColumn, numberColumn)) { max($0, $1.column) }
    keyColumns = (idColumn, numberColumn, last)
    guard hasPlainColumnsOnly else {
      soundUsers = nil
      return
    }
    soundUsers = RecordKeyRule(
      idColumn: idColumn,
      numberColumn: numberColumn,
      spacelessColumn: mapping[.email],
      seconds: CellChecker.plausibleSeconds
    )
  }

  /// What was found in the row checked last: the gravest first, then by column.
  package var findings: [Finding] { cells.found.indices.map { cells.found.finding($0) } }

  /// One of these findings.
  package func finding(_ place: Int) -> CompactFinding { cells.found[place] }

  /// Gives these findings away and takes memory for the next row's.
  package mutating func exchangeFindings(with list: inout FindingList) {
    swap(&cells.found, &list)
  }

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
    cells.found.removeAll()
    let head = batch.rows[row]
    if soundUsers != nil, Int(head.fieldCount) > keyColumns.last,
      let sound = Self.soundUser(head, of: batch, keyColumns.id, keyColumns.number, recordColumns)
    {
      return CheckedRow(row: sound, digest: 0)
    }
    cells.explaining = explaining
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
    checked.findingCount = cells.found.count
    return checked
  }

  /// Sorts the findings and says on the row what they mean for it.
  private mutating func flagFindings(in row: inout PlanRow) {
    guard !cells.found.isEmpty else { return }
    if cells.found.count > 1 { sortFindings() }
    let gravest = cells.found[0].severity
    if gravest >= .warning { row.flags.insert(.cellFindings) }
    if gravest >= .error { row.flags.insert(.rejected) }
  }

  /// The gravest first, then by column; findings about the whole row come before those of columns.
  private mutating func sortFindings() {
    let mapping = mapping
    cells.found.sort { finding in
      let column = finding.field.flatMap { mapping[$0] } ?? -1
      return column - Int(finding.severity.rawValue) << 32
    }
  }

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
