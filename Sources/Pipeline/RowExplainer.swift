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
  /// Which column holds which field; what the input says of that itself costs a check of access.
  private let mapping: ColumnMapping
  private var checker: RowChecker
  /// Rows read again, and which of them is at work.
  private var batch = RowBatch()
  private var place = 0
  private var findingPlace = 0

  /// Rows are read again together where so many of the next ones are to be explained.
  private static let lookahead = 32
  private static let minimumCountForBatch = 8

  /// Bytes of the record explained last.
  var recordByteCount: UInt64 { place < batch.count ? batch.rows[place].byteCount : 0 }

  /// Whether there is something to explain about a row.
  func explains(_ row: PlanRow) -> Bool {
    showsNotes || row.flags.hasAny(of: .needExplaining)
  }

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
    mapping = input.mapping
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
    try seek(position, of: index, in: plan)
    let row = plan[index]
    _ = checker.check(place, of: batch, explaining: true)
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
    let head = batch.rows[place]
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

  /// Has a row in the batch, reading it and those behind it again unless it is there already.
  private mutating func seek(
    _ position: Position,
    of index: Int,
    in plan: borrowing Plan
  ) throws(ImportError) {
    while place < batch.count, batch.rows[place].position.row < position.row { place += 1 }
    if place < batch.count, batch.rows[place].position == position { return }
    let end = min(index + Self.lookahead, plan.count)
    var count = 0
    for other in index..<end where explains(plan[other]) { count += 1 }
    place = 0
    try input.reader.fetch(
      position,
      upTo: count < Self.minimumCountForBatch ? 1 : end - index,
      into: &batch
    )
    guard batch.count > 0 else {
      throw ImportError(refusing: input.name, because: Finding(.fileChanged, .refusal))
    }
  }

  /// The id as it stands in a rejected row, else as it was understood; extensions have none.
  private func shownUserID(of row: PlanRow, _ values: FieldTexts) -> ShownID? {
    if input.kind == .extensions { return nil }
    if row.outcome != .rejected || row.flags.contains(.hasID) && isInUsualWriting(row.id) {
      return .id(row.id)
    }
    return (values[.userID] ?? text(of: .userID)).map { .text($0) }
  }

  /// Whether the row at work has an id in 24 digits of lower case and nothing else.
  private func isInUsualWriting(_ id: ObjectID) -> Bool {
    let column = mapping[.userID] ?? -1
    guard !batch.range(ofColumn: column, row: place).isAbsent else { return false }
    return id.isWritten(as: batch.value(ofColumn: column, row: place))
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
    return mapping[field] ?? Int(field.rawValue)
  }

  private func text(of field: Field) -> String? {
    guard let column = mapping[field],
      !batch.range(ofColumn: column, row: place).isAbsent
    else { return nil }
    return String(utf8: batch.value(ofColumn: column, row: place))
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
