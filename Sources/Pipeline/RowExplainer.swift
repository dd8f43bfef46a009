import Bytes
import ImportModel
import Readers
import Reports
import Rows
import Validation

/// Reads problem rows of one input again and puts what is wrong with them into words.
struct RowExplainer: ~Copyable {
  private let input: OpenInput
  private let explanation: PlanExplanation
  private let showsNotes: Bool
  private let results: [UInt32: DeliveryResult]
  private let account: AccountPlan?
  private var checker: RowChecker
  private var batch = RowBatch()
  private var findingPlace = 0

  /// Bytes of the record explained last.
  var recordByteCount: UInt64 { batch.count > 0 ? batch.rows[0].byteCount : 0 }

  init(
    input: OpenInput,
    rules: Rules,
    explanation: PlanExplanation,
    results: [UInt32: DeliveryResult],
    account: AccountPlan?,
    showsNotes: Bool
  ) {
    self.account = account
    self.input = input
    self.explanation = explanation
    self.showsNotes = showsNotes
    self.results = results
    checker = input.makeChecker(rules: rules, keepsDigests: false)
  }

  /// Explains a row; rows are asked for in order.
  mutating func explain(
    _ index: Int,
    of plan: borrowing Plan,
    cursor: inout PlanCursor
  ) throws(ImportError) -> ExplainedRow {
    let position = plan.position(of: index, &cursor)
    try input.reader.fetch(position, into: &batch)
    guard batch.count == 1 else {
      throw ImportError(refusing: input.name, because: Finding(.fileChanged, .refusal))
    }
    let row = plan[index]
    _ = checker.check(0, of: batch, explaining: true)
    var findings = checker.findings
    try addPlanFindings(about: index, of: plan, to: &findings)
    let result = results[UInt32(index)]
    if let finding = try result?.finding(of: index, in: plan, explanation) {
      findings.append(finding)
    }
    if !showsNotes, findings.contains(where: { $0.severity < .warning }) {
      findings.removeAll { $0.severity < .warning }
    }
    if findings.count > 1 {
      findings.sort { ($1.severity, rank($0)) < ($0.severity, rank($1)) }
    }
    let head = batch.rows[0]
    let isRejected = row.outcome == .rejected
    let values = values(of: findings)
    return ExplainedRow(
      index: index,
      position: position,
      kind: input.kind,
      userID: shownUserID(of: row, values),
      extensionNumber: isRejected
        ? values[.extensionNumber] ?? text(of: .extensionNumber)
        : row.extensionNumber?.description,
      outcome: row.outcome,
      findings: findings,
      values: values,
      previous: isWritten(row.outcome) ? plan.previousExtension(of: index, &cursor) : nil,
      answer: result?.answer,
      extensionID: account?.placement(of: UInt32(index))?.extensionID,
      record: InputRecord(
        source: input.source,
        offset: head.position.offset,
        byteCount: head.byteCount
      )
    )
  }

  /// The id as it stands in a rejected row, else as it was understood; extensions have none.
  private func shownUserID(of row: PlanRow, _ values: FieldTexts) -> String? {
    if input.kind == .extensions { return nil }
    return row.outcome == .rejected
      ? values[.userID] ?? text(of: .userID) : row.id.description
  }

  private func isWritten(_ outcome: Outcome) -> Bool {
    outcome == .wouldApply || outcome == .applied
  }

  private mutating func addPlanFindings(
    about index: Int,
    of plan: borrowing Plan,
    to findings: inout [Finding]
  ) throws(ImportError) {
    while findingPlace < plan.findings.count, Int(plan.findings[findingPlace].row) < index {
      findingPlace += 1
    }
    while findingPlace < plan.findings.count, Int(plan.findings[findingPlace].row) == index {
      findings.append(try explanation.finding(plan.findings[findingPlace], in: plan))
      findingPlace += 1
    }
  }

  /// The order of findings of one severity: by column, those about the whole row first.
  private func rank(_ finding: Finding) -> Int {
    guard let field = finding.field else { return -1 }
    return input.mapping[field] ?? Int(field.rawValue)
  }

  private func text(of field: Field) -> String? {
    guard let column = input.mapping[field],
      !batch.range(ofColumn: column, row: 0).isAbsent
    else { return nil }
    return String(utf8: batch.value(ofColumn: column, row: 0))
  }

  private func values(of findings: [Finding]) -> FieldTexts {
    var values = FieldTexts()
    for finding in findings {
      if let field = finding.field, values[field] == nil, let text = text(of: field) {
        values.add(text, of: field)
      }
    }
    return values
  }
}

/// A record's bytes, read from the input when they are asked for.
private struct InputRecord: RawRecord {
  private static let chunkSize = 1 << 16

  // Not any source, so that the whole fits where existential values keep three words of their own.
  let source: InputSource
  let offset: UInt64
  let byteCount: UInt64

  func forEachChunk(_ body: (Span<UInt8>) throws(ImportError) -> Void) throws(ImportError) {
    var buffer = ByteBuffer()
    var done: UInt64 = 0
    while done < byteCount {
      buffer.removeAll()
      let count = try source.read(
        at: offset + done,
        into: &buffer,
        atMost: Int(min(byteCount - done, UInt64(Self.chunkSize)))
      )
      if count == 0 {
        throw ImportError(refusing: source.name, because: Finding(.fileChanged, .refusal))
      }
      try body(buffer.span)
      done += UInt64(count)
    }
  }
}
