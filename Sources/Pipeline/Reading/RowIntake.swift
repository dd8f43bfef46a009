import Bytes
import ImportModel
import Readers
import Rows
import Validation

/// Checks batches of rows and adds them to the plan.
struct RowIntake: ~Copyable {
  private(set) var plan: Plan
  private(set) var tally = Tally()
  /// Why the rows cannot be taken.
  private(set) var failure: ImportError?
  private let rules: Rules
  private var checker: RowChecker?
  private var cellTexts: CellTexts?
  /// What was found in the row at work, while it is being kept.
  private var findings = FindingList()
  private var inputName = ""
  private var inputIndex = 0
  private var emailColumn = -1
  /// Bytes of the present input, until room was made for its rows.
  private var unplannedByteCount: UInt64?
  private var footer: PendingFooter?
  /// Rows of the present input whose id, or whose extension, is blank although it is needed.
  private var blankIDCount = 0
  private var blankNumberCount = 0

  /// Fewer rows than this may all lack a value without the input being the wrong one.
  private static let minimumRowCountForEmptyColumn = 3

  /// Rows at the end of an input that read like totals, and the counts without them.
  private struct PendingFooter {
    var firstIndex: Int
    var tally: Tally
    var blankIDCount: Int
    var blankNumberCount: Int
  }

  /// Makes an empty plan.
  init(rules: Rules, keepsDigests: Bool, keepsEmailDigests: Bool) {
    self.rules = rules
    plan = Plan(keepsDigests: keepsDigests, keepsEmailDigests: keepsEmailDigests)
  }

  /// Hands the plan over.
  mutating func takePlan() -> Plan {
    var taken = Plan(keepsDigests: false)
    swap(&taken, &plan)
    return taken
  }

  /// Begins the next input, before anything is read of it.
  mutating func begin(_ input: OpenInput) {
    inputIndex = plan.inputs.count
    inputName = input.name
    blankIDCount = 0
    blankNumberCount = 0
    footer = nil
    unplannedByteCount = input.source.byteCount
    plan.begin(
      PlanInput(
        name: input.name,
        kind: input.kind,
        hasExtensionColumn: input.mapping[.extensionNumber] != nil,
        introducesUsers: input.mapping.hasAny(of: Field.introduction)
      )
    )
    makeChecker(of: input)
  }

  /// Takes in columns of the present input that turned up.
  mutating func update(_ input: OpenInput) {
    makeChecker(of: input)
    plan.updateInput(
      hasExtensionColumn: input.mapping[.extensionNumber] != nil,
      introducesUsers: input.mapping.hasAny(of: Field.introduction)
    )
  }

  /// Checks the next batch of the present input and adds its rows, unless the ones before failed.
  mutating func check(_ batch: borrowing RowBatch) {
    guard failure == nil, var checker = checker.take() else { return }
    append(batch, &checker)
    self.checker = consume checker
  }

  /// Ends the present input.
  ///
  /// - Returns: the number of footer rows that were left out.
  mutating func end(_ input: OpenInput) throws(ImportError) -> Int {
    var footerCount = 0
    if let footer {
      footerCount = plan.count - footer.firstIndex
      plan.removeSuffix(from: footer.firstIndex)
      tally = footer.tally
      blankIDCount = footer.blankIDCount
      blankNumberCount = footer.blankNumberCount
    }
    try refuseEmptyColumns(of: input, rowCount: plan.inputs[inputIndex].rows.count)
    return footerCount
  }

  private mutating func makeChecker(of input: OpenInput) {
    checker = input.makeChecker(rules: rules, keepsDigests: plan.keepsDigests)
    cellTexts = CellTexts(kind: input.kind, mapping: input.mapping)
    input.reader.expect(plan.keepsEmailDigests ? nil : checker?.soundUsers)
    emailColumn = plan.keepsEmailDigests ? input.mapping[.email] ?? -1 : -1
  }

  /// Refuses an input in which a column that is needed has no value at all.
  private func refuseEmptyColumns(of input: OpenInput, rowCount: Int) throws(ImportError) {
    guard rowCount >= Self.minimumRowCountForEmptyColumn else { return }
    for (field, blankCount) in [(Field.userID, blankIDCount), (.extensionNumber, blankNumberCount)]
    where blankCount == rowCount {
      let column = input.mapping[field].map { input.columns[$0] }
      throw ImportError(
        refusing: input.name,
        because: Finding(.columnEmpty, .refusal, field: field, text: column)
      )
    }
  }

  private mutating func append(_ batch: borrowing RowBatch, _ checker: inout RowChecker) {
    guard plan.count + batch.totalCount <= Plan.maximumRowCount else {
      failure = ImportError(
        refusing: inputName,
        because: Finding(.tooManyRows, .refusal, limit: Plan.maximumRowCount)
      )
      return
    }
    makeRoom(batch)
    var (next, soundCount) = (0, 0)
    for place in 0..<batch.sound.runs.count {
      let run = batch.sound.runs[place]
      appendChecked(next..<run.precedingCount, of: batch, &checker)
      next = run.precedingCount
      plan.append(batch.sound.keys, soundCount..<soundCount + run.count, at: run.position)
      soundCount += run.count
      footer = nil
    }
    appendChecked(next..<batch.count, of: batch, &checker)
  }

  /// Checks rows of the batch that have a head, and adds them.
  private mutating func appendChecked(
    _ rows: Range<Int>,
    of batch: borrowing RowBatch,
    _ checker: inout RowChecker
  ) {
    for row in rows {
      let head = batch.rows[row]
      let hasRoom = plan.kept.hasRoom(forRowsUpTo: plan.count)
      let checked = checker.check(row, of: batch, explaining: hasRoom)
      if head.features.hasAny(of: .looksLikeFooter), !checked.row.flags.contains(.hasID) {
        beginFooter()
      } else if footer != nil {
        footer = nil
      }
      if checked.findingCount > 0 {
        count(checked.findingCount, of: &checker, row: head.position.row)
      }
      let emailDigest =
        plan.keepsEmailDigests
        ? EmailDigest.of(batch.value(ofColumn: emailColumn, row: row)) : 0
      plan.append(
        checked.row,
        at: head.position,
        digest: checked.digest,
        emailDigest: emailDigest
      )
      if hasRoom, checked.row.flags.hasAny(of: .needExplaining) {
        keep(row, of: batch, checked.row, &checker)
      }
    }
  }

  /// Keeps what was found in the row that was added last, a row of the batch.
  private mutating func keep(
    _ row: Int,
    of batch: borrowing RowBatch,
    _ packed: PlanRow,
    _ checker: inout RowChecker
  ) {
    guard let cellTexts else { return }
    checker.exchangeFindings(with: &findings)
    let known = cellTexts.show(row, of: batch, packed, in: &findings)
    plan.keep(findings, known)
  }

  /// Makes room for all rows of the input, by the size of those in its first batch and a little more.
  private mutating func makeRoom(_ batch: borrowing RowBatch) {
    guard let byteCount = unplannedByteCount, let lastOffset = batch.lastOffset else { return }
    unplannedByteCount = nil
    // The last record's length is part of the batch's, which is all there is of a first one.
    let passedByteCount = max(lastOffset, UInt64(batch.bytes.count), 1)
    guard passedByteCount < byteCount else { return }
    let rowCount = Double(batch.totalCount) * Double(byteCount) / Double(passedByteCount)
    let room = min(rowCount * 1.1, Double(Plan.maximumRowCount))
    plan.reserve(rowCount: plan.count + Int(room))
  }

  private mutating func beginFooter() {
    footer =
      footer
      ?? PendingFooter(
        firstIndex: plan.count,
        tally: tally,
        blankIDCount: blankIDCount,
        blankNumberCount: blankNumberCount
      )
  }

  private mutating func count(_ count: Int, of checker: inout RowChecker, row: UInt32) {
    for place in 0..<count {
      let finding = checker.finding(place)
      let (code, severity) = (finding.code, finding.severity)
      if code == .objectidMissing { blankIDCount += 1 }
      if code == .extensionMissing { blankNumberCount += 1 }
      tally.add(code, severity, input: inputIndex, row: row)
    }
  }
}
