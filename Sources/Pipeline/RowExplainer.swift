import Bytes
import ImportModel
import Readers
import Reports
import Rows
import Validation

/// Puts what is wrong with rows of one input into words, reading those again of which the plan keeps
/// too little.
struct RowExplainer: ~Copyable {
  private let input: OpenInput
  private let explanation: PlanExplanation
  private let showsNotes: Bool
  /// Whether rejected rows must be found in the input as they stand there.
  private let showsRecords: Bool
  private let results: [UInt32: DeliveryResult]
  private let account: AccountPlan?
  /// Whether there is such a plan, which is big to look into.
  private let hasAccount: Bool
  /// Has the columns too, as what the input says of these costs a check of access.
  private let cellTexts: CellTexts
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
    showsNotes: Bool,
    showsRecords: Bool
  ) {
    self.account = account
    hasAccount = account != nil
    self.input = input
    cellTexts = CellTexts(kind: input.kind, mapping: input.mapping)
    self.explanation = explanation
    self.showsNotes = showsNotes
    self.showsRecords = showsRecords
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
    let row = plan[index]
    explained.begin(index, at: plan.position(of: index, &cursor), outcome: row.outcome)
    let known = try findings(of: index, in: plan, &cursor, explained)
    explained.byteCount = known.recordByteCount
    try addPlanFindings(about: index, of: plan, to: explained)
    if !results.isEmpty, let result = results[UInt32(index)] {
      try result.append(to: &explained.findings, of: index, in: plan, explanation)
      explained.answer = result.answer
    }
    if !showsNotes { explained.findings.removeAll(below: .warning) }
    if explained.findings.count > 1 { sortFindings(of: explained) }
    try showValues(of: explained, known, in: plan)
    showKeys(of: explained, known, row)
    if isWritten(row.outcome) { explained.previous = plan.previousExtension(of: index, &cursor) }
    if hasAccount {
      explained.extensionID = account?.placement(of: UInt32(index))?.extensionID
    }
  }

  /// Whether a row must be read again even where nothing is to be found in it.
  private func needsRecord(_ row: PlanRow) -> Bool { showsRecords && row.outcome == .rejected }

  /// Adds what was found in a row itself, and says what else is known of it.
  private mutating func findings(
    of index: Int,
    in plan: borrowing Plan,
    _ cursor: inout PlanCursor,
    _ explained: ExplainedRow
  ) throws(ImportError) -> KeptRow {
    let row = plan[index]
    if !(row.isVerbatim && needsRecord(row)),
      let known = plan.keptRow(index, &cursor, findings: &explained.findings)
    {
      return known
    }
    try seek(explained.position, of: index, in: plan)
    _ = checker.check(place, of: batch, explaining: true)
    checker.exchangeFindings(with: &explained.findings)
    return cellTexts.show(place, of: batch, row, in: &explained.findings)
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

  /// Shows id and extension as they stand in a rejected row, else as they were understood.
  private func showKeys(of explained: ExplainedRow, _ known: KeptRow, _ row: PlanRow) {
    let isRejected = row.outcome == .rejected
    if input.kind == .users {
      explained.userID =
        switch isRejected ? known.userID : .usual {
        case .none: .none
        case .usual: .id(row.id)
        case .text(let text): .text(text)
        }
    }
    explained.number =
      switch isRejected ? known.number : .usual {
      case .none: .none
      case .usual: row.extensionNumber.map { .number($0) } ?? .none
      case .text(let text): .text(text)
      }
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
      try explanation.append(plan.findings[findingPlace], in: plan, to: &explained.findings)
      findingPlace += 1
    }
  }

  /// The gravest first, then by column; those about the whole row come before those of columns.
  private func sortFindings(of explained: ExplainedRow) {
    explained.findings.sort { finding in
      let column = finding.field.map { cellTexts.mapping[$0] ?? Int($0.rawValue) } ?? -1
      return column - Int(finding.severity.rawValue) << 32
    }
  }

  /// Has findings that were added show the cells of their fields.
  private mutating func showValues(
    of explained: ExplainedRow,
    _ known: KeptRow,
    in plan: borrowing Plan
  ) throws(ImportError) {
    for place in explained.findings.indices where explained.findings[place].value.isAbsent {
      guard let field = explained.findings[place].field else { continue }
      if let text = try value(of: field, for: explained, known, in: plan) {
        explained.findings.show(text, of: field)
      }
    }
  }

  /// The cell of a field among the texts of a row's findings; `nil` when the row has none.
  private mutating func value(
    of field: Field,
    for explained: ExplainedRow,
    _ known: KeptRow,
    in plan: borrowing Plan
  ) throws(ImportError) -> ByteRange? {
    if let shown = explained.findings.shownValue(of: field) { return shown }
    let row = plan[explained.index]
    let start = explained.findings.texts.count
    switch (field, field == .userID ? known.userID : known.number) {
    case (.userID, .none), (.extensionNumber, .none): return nil
    case (.userID, .text(let text)), (.extensionNumber, .text(let text)): return text
    case (.userID, .usual): explained.findings.texts.append(row.id)
    case (.extensionNumber, .usual):
      guard let number = row.extensionNumber else { return nil }
      explained.findings.texts.append(number)
    default:
      try seek(explained.position, of: explained.index, in: plan)
      return cellTexts.text(of: field, row: place, of: batch, in: &explained.findings)
    }
    return ByteRange(start..<explained.findings.texts.count)
  }
}

extension InputSource: RawRecords {}
