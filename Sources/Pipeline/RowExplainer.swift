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
  /// Whether there is such a plan, which is big to look into.
  private let hasAccount: Bool
  /// Which column holds which field; what the input says of that itself costs a check of access.
  private let mapping: ColumnMapping
  private var checker: RowChecker
  /// Rows read again, and which of them is at work.
  private var batch = RowBatch()
  private var place = 0
  private var findingPlace = 0
  /// The row that was sought last, as an index in the plan.
  private var lastIndex = 0
  /// Four times the distance, in rows, from one of the last ones to the next.
  private var fourDistances = 0

  /// Rows are read again together where so many of the next ones are to be explained.
  private static let lookahead = 96
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
    hasAccount = account != nil
    self.input = input
    mapping = input.mapping
    self.explanation = explanation
    self.showsNotes = showsNotes
    self.results = results
    checker = input.makeChecker(rules: rules, keepsDigests: false)
  }

  /// Makes what rows of the input are explained in.
  func makeRow() -> ExplainedRow { ExplainedRow(kind: input.kind, records: input.source) }

  /// Explains a row; rows are asked for in order.
  mutating func explain(
    _ index: Int,
    of plan: borrowing Plan,
    cursor: inout PlanCursor,
    in explained: ExplainedRow
  ) throws(ImportError) {
    let position = plan.position(of: index, &cursor)
    try seek(position, of: index, in: plan)
    let row = plan[index]
    explained.begin(index, at: position, outcome: row.outcome, byteCount: recordByteCount)
    _ = checker.check(place, of: batch, explaining: true)
    checker.exchangeFindings(with: &explained.findings)
    try addPlanFindings(about: index, of: plan, to: explained)
    if !results.isEmpty, let result = results[UInt32(index)] {
      if let finding = try result.finding(of: index, in: plan, explanation) {
        explained.findings.append(finding)
      }
      explained.answer = result.answer
    }
    if !showsNotes { explained.findings.removeAll(below: .warning) }
    if explained.findings.count > 1 { sortFindings(of: explained) }
    showValues(of: explained)
    showUserID(of: row, explained)
    if row.outcome == .rejected {
      explained.number = shown(.extensionNumber, of: explained).map { .text($0) } ?? .none
    } else {
      explained.number = row.extensionNumber.map { .number($0) } ?? .none
    }
    if isWritten(row.outcome) { explained.previous = plan.previousExtension(of: index, &cursor) }
    if hasAccount {
      explained.extensionID = account?.placement(of: UInt32(index))?.extensionID
    }
  }

  /// Has a row in the batch, reading it and those behind it again unless it is there already.
  private mutating func seek(
    _ position: Position,
    of index: Int,
    in plan: borrowing Plan
  ) throws(ImportError) {
    fourDistances += index - lastIndex - fourDistances / 4
    lastIndex = index
    while place < batch.count, batch.rows[place].position.row < position.row { place += 1 }
    if place < batch.count, batch.rows[place].position == position { return }
    let end = min(index + Self.lookahead, plan.count)
    var count = 0
    // Where the last ones are far from each other, there will hardly be many ahead.
    if fourDistances / 4 <= Self.lookahead / Self.minimumCountForBatch {
      for other in index..<end where explains(plan[other]) { count += 1 }
    }
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

  /// Shows the id as it stands in a rejected row, else as it was understood; extensions have none.
  private func showUserID(of row: PlanRow, _ explained: ExplainedRow) {
    if input.kind == .extensions { return }
    if row.outcome != .rejected || row.flags.contains(.hasID) && isInUsualWriting(row.id) {
      explained.userID = .id(row.id)
    } else {
      explained.userID = shown(.userID, of: explained).map { .text($0) } ?? .none
    }
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
    to explained: ExplainedRow
  ) throws(ImportError) {
    while findingPlace < plan.findings.count, Int(plan.findings[findingPlace].row) < index {
      findingPlace += 1
    }
    while findingPlace < plan.findings.count, Int(plan.findings[findingPlace].row) == index {
      explained.findings.append(try explanation.finding(plan.findings[findingPlace], in: plan))
      findingPlace += 1
    }
  }

  /// The gravest first, then by column; those about the whole row come before those of columns.
  private func sortFindings(of explained: ExplainedRow) {
    explained.findings.sort { finding in
      let column = finding.field.map { mapping[$0] ?? Int($0.rawValue) } ?? -1
      return column - Int(finding.severity.rawValue) << 32
    }
  }

  /// Has the findings show the cells of their fields.
  private func showValues(of explained: ExplainedRow) {
    for place in explained.findings.indices where explained.findings[place].value.isAbsent {
      if let field = explained.findings[place].field, let text = text(of: field, for: explained) {
        explained.show(text, of: field)
      }
    }
  }

  /// The cell of a field, which may be shown already; `nil` when the row has none.
  private func shown(_ field: Field, of explained: ExplainedRow) -> ByteRange? {
    for place in explained.findings.indices
    where explained.findings[place].field?.rawValue == field.rawValue {
      let value = explained.findings[place].value
      return value.isAbsent ? nil : value
    }
    return text(of: field, for: explained)
  }

  /// Copies the cell of a field; `nil` when the row has none.
  private func text(of field: Field, for explained: ExplainedRow) -> ByteRange? {
    guard let column = mapping[field],
      !batch.range(ofColumn: column, row: place).isAbsent
    else { return nil }
    let value = batch.value(ofColumn: column, row: place)
    let isASCII = !batch.rows[place].features.hasAny(of: .hasHighBytes)
    return explained.findings.keep(value, isASCII: isASCII)
  }
}

extension InputSource: RawRecords {}
