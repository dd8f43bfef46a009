import Bytes
import ImportModel
import Readers
import Rows
import Validation

/// Reads inputs and builds the plan of their rows.
struct PlanBuilder: ~Copyable {
  var plan: Plan
  private(set) var tally = Tally()
  private let rules: Rules
  private var batch = RowBatch()
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

  init(rules: Rules, keepsDigests: Bool, keepsEmailDigests: Bool) {
    self.rules = rules
    plan = Plan(keepsDigests: keepsDigests, keepsEmailDigests: keepsEmailDigests)
  }

  /// Hands the plan over.
  consuming func finish() -> Plan { plan }

  /// Reads an input to its end.
  ///
  /// - Returns: the number of footer rows that were left out.
  mutating func add(
    _ input: OpenInput,
    observer: (any RunObserver)?
  ) throws(ImportError) -> Int {
    let inputIndex = plan.inputs.count
    blankIDCount = 0
    blankNumberCount = 0
    plan.begin(
      PlanInput(
        name: input.name,
        kind: input.kind,
        hasExtensionColumn: input.mapping[.extensionNumber] != nil,
        introducesUsers: input.mapping.hasAny(of: Field.introduction)
      )
    )
    var checker = input.makeChecker(rules: rules, keepsDigests: plan.keepsDigests)
    var columnCount = input.reader.columns.count
    var footer: PendingFooter?
    while try input.reader.read(into: &batch) {
      if input.reader.columns.count != columnCount {
        columnCount = input.reader.columns.count
        _ = try input.remap()
        checker = input.makeChecker(rules: rules, keepsDigests: plan.keepsDigests)
        plan.updateInput(
          hasExtensionColumn: input.mapping[.extensionNumber] != nil,
          introducesUsers: input.mapping.hasAny(of: Field.introduction)
        )
      }
      try append(batch: input, inputIndex: inputIndex, checker: &checker, footer: &footer)
      if let observer {
        report(input, to: observer)
        try observer.checkInterruption()
      }
    }
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

  private mutating func append(
    batch input: OpenInput,
    inputIndex: Int,
    checker: inout RowChecker,
    footer: inout PendingFooter?
  ) throws(ImportError) {
    guard plan.count + batch.count <= Plan.maximumRowCount else {
      throw ImportError(
        refusing: input.name,
        because: Finding(.tooManyRows, .refusal, limit: Plan.maximumRowCount)
      )
    }
    let emailColumn = input.mapping[.email] ?? -1
    for row in 0..<batch.count {
      let head = batch.rows[row]
      let checked = checker.check(row, of: batch, explaining: false)
      if head.features.contains(.looksLikeFooter), !checked.row.flags.contains(.hasID) {
        footer =
          footer
          ?? PendingFooter(
            firstIndex: plan.count,
            tally: tally,
            blankIDCount: blankIDCount,
            blankNumberCount: blankNumberCount
          )
      } else {
        footer = nil
      }
      for finding in checker.findings {
        if finding.code == .objectidMissing { blankIDCount += 1 }
        if finding.code == .extensionMissing { blankNumberCount += 1 }
        tally.add(
          finding.code,
          finding.severity,
          input: inputIndex,
          row: head.position.row
        )
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
    }
  }

  private func report(_ input: OpenInput, to observer: any RunObserver) {
    let last = batch.count - 1
    let offset = last >= 0 ? batch.rows[last].position.offset : 0
    observer.progress(
      RunProgress(
        stage: .reading,
        input: input.name,
        rowCount: plan.count,
        totalRowCount: nil,
        byteCount: offset,
        totalByteCount: input.source.byteCount
      )
    )
  }
}
