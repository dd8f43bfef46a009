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
  private let reportSink: (any OutputSink)?
  private let startedAt = UTCTime.now

  /// How long `apply` waits for another run on the store.
  private static let lockPatience = Duration.seconds(3)

  /// Makes a run that has not begun; a sink takes the NDJSON report, if there is one.
  package init(
    _ request: ImportRequest,
    observer: (any RunObserver)? = nil,
    reportSink: (any OutputSink)? = nil
  ) {
    self.request = request
    self.observer = observer
    self.reportSink = reportSink
  }

  /// Does the whole run.
  ///
  /// - Parameter confirm: asked before anything is written, with the plan's summary; `false` ends
  ///   the run without writing.
  /// - Returns: what the run came to.
  /// - Throws: when the run cannot go on; the store then holds nothing of it, unless the message says
  ///   that the run was applied and only its reports are missing.
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
      sink: reportSink,
      for: inputs.inputs,
      besides: store,
      isDryRun: request.isDryRun,
      stopMessage: request.delivery == nil
        ? "Not attempted: the run stopped before writing"
        : "Not attempted: the run stopped before this row"
    )
    do {
      return try carryOut(&inputs, lock: lock, outputs: outputs, confirm: confirm)
    } catch {
      outputs.abandon()
      throw error
    }
  }

  private func carryOut(
    _ inputs: inout InputSet,
    lock: RunLock?,
    outputs: RunOutputs,
    confirm: (Summary) -> Bool
  ) throws(ImportError) -> Summary {
    let directory = try StoreKind.sqlite.open(request.store, mode: .readOnly)
    defer { directory.close() }
    let account = AccountStage(request, observer: observer)
    defer { account?.close() }
    var planned = try PlannedRun(
      request,
      inputs: &inputs,
      store: directory,
      account: account,
      observer: observer
    )
    let open = planned.open
    if let open {
      planned.settle(open.entries)
      planned.addPrevious(try open.previousExtensions(in: directory))
      if request.rules.takesNextNumbers {
        planned.addGiven(try open.givenExtensions(in: directory))
      }
    }
    let stop = request.limits.stop(
      planned.tally,
      changeCount: planned.changeCount,
      assignmentCount: request.limits.maximumChange == nil ? 0 : try directory.counts().assignments
    )
    let accountPlan = planned.account
    let explanation = PlanExplanation(
      inventory: InventoryLookup(inputs: inputs.inputs, store: directory).texts,
      account: { accountPlan?.name(of: $0) ?? "" }
    )
    var summary = try summarize(inputs, planned, store: directory)
    summary.runID = open?.id.description
    if let stop {
      summary.stopReason = ReasonText.message(stop, value: nil)
    } else if !request.isDryRun && !confirm(summary) {
      summary.stopReason = ReasonText.message(Finding(.cancelled, .error), value: nil)
    }
    if summary.stopReason != nil {
      planned.mark(.unprocessed)
    } else if let delivery = request.delivery, !request.isDryRun {
      try send(&planned, delivery, account, inputs: inputs, &summary)
    } else if !request.isDryRun {
      summary.runID = try apply(planned, inputs: inputs).description
      planned.mark(.applied)
    }
    summary.tally = planned.tally
    summary.tally.setOutcomes(planned.outcomes)
    // Whoever reads the reports slowly keeps nobody from the store.
    lock?.release()
    observer?.willReport(summary)
    do {
      try report(planned, of: inputs, explanation, to: outputs, &summary)
    } catch {
      guard let run = summary.runID else { throw error }
      throw error.afterCommit(of: run)
    }
    return summary
  }

  // MARK: - Reporting

  private func report(
    _ planned: borrowing PlannedRun,
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
        results: planned.results,
        account: planned.account,
        showsNotes: request.outputs.showsNotes,
        // A signal that stopped the sending is not to stop the report of it too.
        observer: summary.stopKind == .interrupted ? nil : observer
      ).write(planned.plan, to: outputs)
    }
    try inputs.verifyUnchanged()
    try outputs.finish(&summary)
  }

  // MARK: - Writing

  private func apply(
    _ planned: borrowing PlannedRun,
    inputs: InputSet
  ) throws(ImportError) -> RunID {
    try inputs.verifyUnchanged()
    let store = try StoreKind.sqlite.open(request.store, mode: .readWrite)
    defer { store.close() }
    let application = StoreApplication(
      inputs: inputs.inputs,
      rules: request.rules,
      laterIntroductions: planned.settlement.laterIntroductions(in: planned.plan),
      observer: observer
    )
    return try store.apply(newRun(planned, inputs: inputs)) { (writer) throws(ImportError) in
      try application.write(planned.plan, to: writer)
      try inputs.verifyUnchanged()
    }
  }

  /// What is recorded of the run.
  private func newRun(_ planned: borrowing PlannedRun, inputs: InputSet) -> NewRun {
    let rowCounts = planned.plan.inputs.map(\.rows.count)
    return NewRun(
      startedAt: startedAt,
      command: request.command,
      version: request.version,
      rules: RunRecord.rules(request.rules),
      counts: RunRecord.counts(planned.outcomes),
      inputs: inputs.inputs.enumerated().map { place, input in
        RunInput(
          name: input.name,
          kind: input.kind,
          format: input.formatName,
          sha256: inputs.digests[place] ?? "",
          byteCount: input.source.byteCount ?? 0,
          rowCount: rowCounts[place]
        )
      }
    )
  }

  /// Sends the rows to a target outside the store, and records what it took.
  private func send(
    _ planned: inout PlannedRun,
    _ settings: DeliverySettings,
    _ account: AccountStage?,
    inputs: InputSet,
    _ summary: inout Summary
  ) throws(ImportError) {
    try inputs.verifyUnchanged()
    let open = planned.open
    if let open, open.isDone {
      planned.mark(.applied)
      return
    }
    let store = try StoreKind.sqlite.open(request.store, mode: .readWrite)
    defer { store.close() }
    let run: RunID
    if let open {
      run = open.id
      try store.reopen(run)
    } else {
      run = try store.begin(
        NewDelivery(
          run: newRun(planned, inputs: inputs),
          target: settings.name,
          arguments: settings.arguments,
          directory: settings.directory
        )
      )
    }
    summary.runID = run.description
    do {
      let end = try RunDelivery(
        settings: settings,
        limits: request.limits,
        store: store,
        run: run,
        observer: observer,
        account: account
      ).send(planned, after: open)
      planned.take(end)
      summary.canResume = end.leavesRows
      if let stop = end.stop {
        summary.stopKind = stop.kind
        summary.stopReason =
          stop.finding.map { ReasonText.message($0, value: nil) } ?? "Stopped by a signal"
      }
      try finish(run, planned, stopped: end.stop != nil, end.leavesRows, inputs, store)
      planned.mark(end.stop == nil ? .applied : .unprocessed)
    } catch {
      throw error.during(run)
    }
  }

  /// Records how the run ended and, unless it was stopped, what the rows bring beside extensions.
  private func finish(
    _ run: RunID,
    _ planned: borrowing PlannedRun,
    stopped: Bool,
    _ leavesRows: Bool,
    _ inputs: InputSet,
    _ store: any DirectoryStore
  ) throws(ImportError) {
    let application = StoreApplication(
      inputs: inputs.inputs,
      rules: request.rules,
      laterIntroductions: planned.settlement.laterIntroductions(in: planned.plan),
      observer: nil,
      isDelivered: true
    )
    try store.finish(
      run,
      state: leavesRows ? .incomplete : .applied,
      counts: RunRecord.counts(planned.outcomes)
    ) { (writer) throws(ImportError) in
      if stopped { return }
      try application.write(planned.plan, to: writer)
      try inputs.verifyUnchanged()
    }
  }

  private func summarize(
    _ inputs: InputSet,
    _ planned: borrowing PlannedRun,
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
          format: input.formatName,
          sha256: inputs.digests[place],
          rowCount: planned.plan.inputs[place].rows.count,
          remarks: inputs.remarks[place],
          previousRuns: previous
        )
      )
    }
    var summary = Summary(
      command: request.isDryRun ? "validate" : "apply",
      isDryRun: request.isDryRun,
      inputs: parts,
      tally: planned.tally,
      storePath: request.store,
      target: request.delivery?.name
    )
    summary.account = planned.account?.summary(of: planned.plan)
    return summary
  }
}
