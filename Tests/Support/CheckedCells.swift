import Bytes
package import ImportModel
package import Rows
import Validation

/// A row given to a checker as the bytes of its fields, and what came of it.
package struct CheckedCells {
  package var row: PlanRow
  package var digest: UInt64
  package var findings: [Finding]

  /// A well-formed id, for rows whose id does not matter.
  package static let goodID = "64b7f1a2e4b0a5d3f9c12345"

  /// Checks a row of a users export with an id and an extension.
  package init(id: String = goodID, number: String = "1234", fix: Rules.Fix = .none) {
    var rules = Rules()
    rules.fix = fix
    self.init([.userID: Array(id.utf8), .extensionNumber: Array(number.utf8)], rules: rules)
  }

  /// Checks a row of text.
  package init(
    texts: [Field: String],
    rules: Rules = Rules(),
    kind: InputKind = .users,
    keepsDigests: Bool = false
  ) {
    self.init(
      texts.mapValues { Array($0.utf8) },
      rules: rules,
      kind: kind,
      keepsDigests: keepsDigests
    )
  }

  /// Checks a row of bytes; its columns stand in the order of the fields.
  ///
  /// `extra` are columns that hold no field, `absent` fields with a column but without a value in the
  /// row; `adjust` changes what the reader says of the row.
  package init(
    _ values: [Field: [UInt8]],
    extra: [[UInt8]] = [],
    absent: [Field] = [],
    rules: Rules = Rules(),
    kind: InputKind = .users,
    keepsDigests: Bool = false,
    explaining: Bool = true,
    packing: Bool = true,
    adjust: (inout RowHead) -> Void = { _ in }
  ) {
    var batch = RowBatch()
    var mapping = ColumnMapping()
    var columns: [String] = []
    var features: RowFeatures = []
    func append(_ bytes: [UInt8], named name: String) {
      let start = batch.bytes.count
      batch.bytes.append(bytes)
      batch.fields.append(ByteRange(start..<batch.bytes.count))
      columns.append(name)
      if bytes.contains(where: { $0 >= 0x80 }) { features.insert(.hasHighBytes) }
      if bytes.contains(0) { features.insert(.hasNUL) }
    }
    for field in Field.allCases {
      if let bytes = values[field] {
        mapping[field] = columns.count
        append(bytes, named: field.name)
      } else if absent.contains(field) {
        mapping[field] = columns.count
        batch.fields.append(.absent)
        columns.append(field.name)
      }
    }
    for (place, bytes) in extra.enumerated() { append(bytes, named: "extra\(place)") }
    var head = RowHead(
      position: Position(row: 2, line: 2, offset: 0),
      byteCount: UInt64(batch.bytes.count),
      firstField: 0,
      fieldCount: UInt32(columns.count),
      lineCount: 1
    )
    head.features = features
    adjust(&head)
    batch.rows.append(head)
    var checker = RowChecker(
      rules: rules,
      kind: kind,
      mapping: mapping,
      columns: columns,
      keepsDigests: keepsDigests,
      packing: packing
    )
    let checked = checker.check(0, of: batch, explaining: explaining)
    row = checked.row
    digest = checked.digest
    findings = checker.findings
  }

  /// The names of the codes found, in order.
  package var codes: [ReasonCode] { findings.map(\.code) }

  /// The codes found that are more than a note.
  package var reasons: [ReasonCode] { findings.filter { $0.severity > .note }.map(\.code) }

  /// Whether the row is rejected.
  package var isRejected: Bool { row.flags.contains(.rejected) }

  /// The id, if the row has one.
  package var id: String? { row.flags.contains(.hasID) ? row.id.description : nil }

  /// The extension, if the row has one.
  package var number: String? { row.extensionNumber?.description }

  /// The first suggestion.
  package var suggestion: String? { findings.lazy.compactMap(\.suggestion).first }
}
