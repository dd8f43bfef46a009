import Harness
import ImportModel
import Rows
import Support
import Validation

/// The checks and repairs of cells: explained or only counted, the same findings; no value without
/// being well formed, none missing without a reason; what was repaired needs no repair.
///
/// The body holds cells, in the order of the fields, separated by U+001F. Settings: the rules, twice;
/// what the reader says of the row.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let cells = input.body.split(separator: 0x1F, omittingEmptySubsequences: false)
  var values: [Field: [UInt8]] = [:]
  for (field, cell) in zip(Field.allCases, cells) { values[field] = Array(cell) }
  let kind = input.has(4, of: 0) ? InputKind.extensions : .users
  let rules = rules(of: input)
  let row = CheckedCells(values, rules: rules, kind: kind, keepsDigests: true)
  requireSame(row, values, rules, kind)
  requireReasons(row, values, kind)
  if kind == .users { requireSettledRepairs(row, values, rules) }
  return 0
}

private func rules(of input: FuzzInput) -> Rules {
  var rules = Rules()
  rules.fix = input.has(0, of: 0) ? .safe : .none
  rules.strict = input.has(1, of: 0)
  rules.onBlank = Rules.OnBlank.allCases[(input[0] >> 2 & 3) % Rules.OnBlank.allCases.count]
  rules.includeDisabled = input.has(5, of: 0)
  if input.has(0, of: 1) {
    rules.reserved = ["911", "110", "00"].compactMap { ExtensionNumber($0) }
  }
  if input.has(1, of: 1), let low = ExtensionNumber("100"), let high = ExtensionNumber("4999") {
    rules.ranges = [low...high]
  }
  return rules
}

private func requireSame(
  _ row: CheckedCells,
  _ values: [Field: [UInt8]],
  _ rules: Rules,
  _ kind: InputKind
) {
  let counted = CheckedCells(
    values,
    rules: rules,
    kind: kind,
    keepsDigests: true,
    explaining: false
  )
  require(counted.codes == row.codes, "\(counted.codes), not \(row.codes)")
  require(counted.findings.map(\.severity) == row.findings.map(\.severity), "other severities")
  require(counted.findings.map(\.field) == row.findings.map(\.field), "other fields")
  require(counted.findings.allSatisfy { $0.text == nil && $0.suggestion == nil }, "texts")
  require(counted.id == row.id && counted.number == row.number, "other values")
  require(counted.row.flags == row.row.flags && counted.digest == row.digest, "another row")
}

private func requireReasons(_ row: CheckedCells, _ values: [Field: [UInt8]], _ kind: InputKind) {
  let flags = row.row.flags
  func isRejected(_ field: Field) -> Bool {
    row.findings.contains { ($0.field == field || $0.field == nil) && $0.severity == .error }
  }
  if kind == .users, values[.userID] != nil {
    require(row.id != nil || isRejected(.userID), "no id, and no reason")
    let isLeftAlone = !flags.isDisjoint(with: [.recordsOnly, .clears])
    require(
      row.number != nil || isLeftAlone || values[.extensionNumber] == nil
        || isRejected(.extensionNumber),
      "no extension, and no reason"
    )
  }
  require(row.isRejected == row.findings.contains { $0.severity == .error }, "rejected for nothing")
  let severities = row.findings.map(\.severity)
  require(severities == severities.sorted(by: >), "the gravest is not first")
  for finding in row.findings {
    let value = finding.field.map { String(decoding: values[$0] ?? [], as: UTF8.self) }
    let message = ReasonText.message(finding, value: value)
    require(!message.isEmpty && !message.contains("{number"), "\(finding.code): \(message)")
  }
}

/// A value that was taken is well formed, and a value that is suggested is taken.
private func requireSettledRepairs(
  _ row: CheckedCells,
  _ values: [Field: [UInt8]],
  _ rules: Rules
) {
  if let number = row.number, !row.isRejected {
    let again = CheckedCells(number: number)
    require(again.number == number && again.reasons.isEmpty, "\(number): \(again.codes)")
  }
  if let id = row.id, !row.isRejected {
    let again = CheckedCells(id: id)
    require(again.id == id && !again.isRejected, "\(id): \(again.codes)")
  }
  for finding in row.findings {
    guard let suggestion = finding.suggestion else { continue }
    switch finding.field {
    case .userID:
      let again = CheckedCells(id: suggestion)
      require(again.id == suggestion && !again.isRejected, "\(suggestion): \(again.codes)")
    case .extensionNumber:
      let again = CheckedCells(number: suggestion)
      require(again.reasons.isEmpty, "\(suggestion): \(again.codes)")
    default: break
    }
  }
}
