import Bytes
package import ImportModel
import Readers
package import Reports
import Rows
import Stores
import Validation

/// One run: reads, checks, compares with the store, writes when asked to, and reports.
package struct ImportRun {
  private let request: ImportRequest
  private let observer: (any RunObserver)?

  /// How long `apply` waits for another run on the store.
  private static let lockPatience = Duration.seconds(3)

  /// Makes a run that has not begun.
  package init(_ request: ImportRequest, observer: (any RunObserver)? = nil) {
    self.request = request
    self.observer = observer
  }

  /// Does the whole run.
  ///
  /// - Parameter confirm: asked before anything is written, with the plan's summary; `false` ends
  ///   the run without writing.
  /// - Returns: what the run came to.
  /// - Throws: when the run cannot go on; the store then holds nothing of it.
  package func run(
    confirm: (Summary) -> Bool = { _ in true }
  ) throws(ImportError) -> Summary {
    let store = request.store
    var inputs = try InputSet.open(
      request,
      wantsDigests: !request.isDryRun || ResolvedPath.of(store) != nil
    )
    observer?.opened(inputs.inputs.map(\.description))
    let lock =
      request.isDryRun
      ? nil
      : try RunLock.acquire(
        for: store,
        command: request.command,
        waiting: Self.lockPatience
      )
    defer { lock?.release() }
    let outputs = try RunOutputs(
      request.outputs,
      for: inputs.inputs,
      besides: store,
      isDryRun: request.isDryRun,
      stopMessage: "Not attempted: the run stopped before writing"
    )
    do {
      return try carryOut(&inputs, outputs: outputs, confirm: confirm)
    } catch {
      outputs.abandon()
      throw error
    }
  }

  private func carryOut(
    _ inputs: inout InputSet,
    outputs: RunOutputs,
    confirm: (Summary) -> Bool
  ) throws(ImportError) -> Summary {
    let directory = try StoreKind.sqlite.open(request.store, mode: .readOnly)
    defer { directory.close() }
    let holdings = try directory.holdings()
    var builder = PlanBuilder(
      rules: request.rules,
      keepsDigests: holdings.hasUsers || holdings.hasExtensions,
      keepsEmailDigests: holdings.hasExtensions || inputs.inputs.contains { $0.kind == .extensions }
    )
    for place in inputs.inputs.indices {
      let footers = try builder.add(inputs.inputs[place], observer: observer)
      try inputs.complete(
        place,
        rowCount: builder.plan.inputs[place].rows.count,
        footerCount: footers,
        allowsEmpty: request.reading.allowsEmpty
      )
    }
    var tally = builder.tally
    var plan = builder.finish()
    var settlement = Settlement(of: &plan, rules: request.rules)
    try DirectoryCheck(store: directory, inputs: inputs.inputs, observer: observer)
      .settle(&settlement, &plan)
    settlement.finish(in: &plan)
    let changeCount = count(&tally, of: plan)
    let stop = request.limits.stop(
      tally,
      changeCount: changeCount,
      assignmentCount: request.limits.maximumChange == nil ? 0 : try directory.counts().assignments
    )
    let explanation = PlanExplanation(
      inventory: InventoryLookup(inputs: inputs.inputs, store: directory).texts
    )
    var summary = try summarize(inputs, plan, tally, store: directory)
    if let stop {
      summary.stopReason = ReasonText.message(stop, value: nil)
    } else if !request.isDryRun && !confirm(summary) {
      summary.stopReason = ReasonText.message(Finding(.cancelled, .error), value: nil)
    }
    if summary.stopReason != nil {
      mark(.unprocessed, in: &plan)
    } else if !request.isDryRun {
      summary.runID = try apply(plan, inputs: inputs, settlement, tally: tally).description
      mark(.applied, in: &plan)
    }
    summary.tally.setOutcomes(Self.outcomes(of: plan))
    do {
      try report(plan, of: inputs, explanation, to: outputs, &summary)
    } catch {
      guard let run = summary.runID else { throw error }
      throw error.afterCommit(of: run)
    }
    return summary
  }

  // MARK: - Reporting

  private func report(
    _ plan: borrowing Plan,
    of inputs: InputSet,
    _ explanation: PlanExplanation,
    to outputs: RunOutputs,
    _ summary: inout Summary
  ) throws(ImportError) {
    if outputs.takesRows {
      try ReportPass(
        inputs: inputs.inputs,
        rules: request.rules,
        explanation: explanation,
        showsNotes: request.outputs.showsNotes,
        observer: observer
      ).write(plan, to: outputs)
    }
    try inputs.verifyUnchanged()
    try outputs.finish(&summary)
  }

  // MARK: - Writing

  private func apply(
    _ plan: borrowing Plan,
    inputs: InputSet,
    _ settlement: borrowing Settlement,
    tally: Tally
  ) throws(ImportError) -> RunID {
    try inputs.verifyUnchanged()
    let store = try StoreKind.sqlite.open(request.store, mode: .readWrite)
    defer { store.close() }
    let application = StoreApplication(
      inputs: inputs.inputs,
      rules: request.rules,
      laterIntroductions: settlement.laterIntroductions(in: plan),
      observer: observer
    )
    let run = NewRun(
      startedAt: UTCTime.now,
      command: request.command,
      version: request.version,
      rules: RunRecord.rules(request.rules),
      counts: RunRecord.counts(tally),
      inputs: inputs.inputs.enumerated().map { place, input in
        RunInput(
          name: input.name,
          kind: input.kind,
          format: input.format.rawValue,
          sha256: inputs.digests[place] ?? "",
          byteCount: input.source.byteCount ?? 0,
          rowCount: plan.inputs[place].rows.count
        )
      }
    )
    return try store.apply(run) { (writer) throws(ImportError) in
      try application.write(plan, to: writer)
      try inputs.verifyUnchanged()
    }
  }

  // MARK: - Counting

  /// Adds the plan's findings and outcomes; returns how many rows take from present assignments.
  private func count(_ tally: inout Tally, of plan: borrowing Plan) -> Int {
    var cursor = PlanCursor()
    for place in 0..<plan.findings.count {
      let finding = plan.findings[place]
      let row = Int(finding.row)
      tally.add(
        finding.code,
        finding.severity,
        input: plan.input(of: row, &cursor),
        row: plan.rowNumber(of: row, &cursor)
      )
    }
    tally.setOutcomes(Self.outcomes(of: plan))
    var changes = 0
    for place in 0..<plan.previous.count
    where plan[Int(plan.previous[place].row)].outcome == .wouldApply {
      changes += 1
    }
    return changes
  }

  private static func outcomes(of plan: borrowing Plan) -> [Outcome: Int] {
    var counts = Array(repeating: 0, count: Outcome.allCases.count)
    for index in 0..<plan.count { counts[Int(plan[index].outcome.rawValue)] += 1 }
    var outcomes: [Outcome: Int] = [:]
    for outcome in Outcome.allCases where counts[Int(outcome.rawValue)] > 0 {
      outcomes[outcome] = counts[Int(outcome.rawValue)]
    }
    return outcomes
  }

  /// Gives every row that would be written another outcome.
  private func mark(_ outcome: Outcome, in plan: inout Plan) {
    for index in 0..<plan.count where plan[index].outcome == .wouldApply {
      plan[index].outcome = outcome
    }
  }

  private func summarize(
    _ inputs: InputSet,
    _ plan: borrowing Plan,
    _ tally: Tally,
    store: any DirectoryStore
  ) throws(ImportError) -> Summary {
    var parts: [Summary.Input] = []
    for (place, input) in inputs.inputs.enumerated() {
      var previous: [String] = []
      if let digest = inputs.digests[place] {
        previous = try store.runs(withInputDigest: digest).map(\.description)
      }
      parts.append(
        Summary.Input(
          name: input.name,
          description: input.nature,
          kind: input.kind,
          format: input.format.rawValue,
          sha256: inputs.digests[place],
          rowCount: plan.inputs[place].rows.count,
          remarks: inputs.remarks[place],
          previousRuns: previous
        )
      )
    }
    return Summary(
      command: request.isDryRun ? "validate" : "apply",
      isDryRun: request.isDryRun,
      inputs: parts,
      tally: tally,
      storePath: request.store
    )
  }
}
