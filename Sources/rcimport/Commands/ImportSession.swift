import ArgumentParser
import Bytes
import ImportModel
import Pipeline
import Reports

/// One `validate` or `apply`: the run, and what is said about it on the terminal.
struct ImportSession {
  private let options: ImportOptions
  private let isDryRun: Bool
  private let asksBeforeWriting: Bool
  private let delivery: DeliverySettings?
  private let takesNextNumbers: Bool
  /// Whether the report goes to standard output because that is not a terminal.
  private let isPiped: Bool

  /// Prepares a run.
  init(
    _ options: ImportOptions,
    isDryRun: Bool,
    asksBeforeWriting: Bool,
    delivery: DeliverySettings?,
    takesNextNumbers: Bool
  ) {
    self.takesNextNumbers = takesNextNumbers
    self.options = options
    self.isDryRun = isDryRun
    self.asksBeforeWriting = asksBeforeWriting
    self.delivery = delivery
    isPiped = options.reports.isEmpty && !Terminal.isInteractive(.output)
  }

  /// Does the run.
  ///
  /// - Returns: the program's exit code.
  func run() throws(ImportError) -> ExitCode {
    Interruption.install()
    let request = request
    let display = ProgressDisplay(
      progressForm,
      firstInput: request.inputs.first?.path,
      showsInputs: options.terminal.showsInputs
    )
    defer { display.clear() }
    var stopSignal: Int32?
    let summary: Summary
    do throws(ImportError) {
      summary = try ImportRun(request, observer: display).run { summary in
        let agrees = confirm(summary, display)
        if !agrees { stopSignal = Interruption.signal }
        return agrees
      }
    } catch {
      display.clear()
      if reportsToStandardOutput && display.hasOpenedInputs && error.kind != .readerGone {
        StandardError.writeLine("the report on standard output is not complete")
      }
      throw error
    }
    display.clear()
    if let stopSignal {
      StandardError.writeLine("stopped; nothing was written to the store")
      return .stopped(by: stopSignal)
    }
    try show(summary)
    return .of(summary)
  }

  // MARK: - What is asked for

  private var request: ImportRequest {
    var request = ImportRequest(
      inputs: options.inputs.inputs,
      store: options.store.path,
      isDryRun: isDryRun,
      command: CommandLineText.current,
      version: Program.version
    )
    request.reading = options.dialect.readingOptions
    options.inputs.apply(to: &request.reading)
    request.rules = options.rules.rules
    request.rules.takesNextNumbers = takesNextNumbers
    request.delivery = delivery
    // Whether a user is there is the target's to say.
    if delivery != nil && request.rules.unknownUsers == .auto {
      request.rules.unknownUsers = .create
    }
    request.limits = options.limits.limits
    request.outputs = options.reports.request
    if isPiped { request.outputs.report = "-" }
    return request
  }

  /// A bar and a report on one terminal would write into each other.
  private var progressForm: ProgressDisplay.Form {
    reportsToStandardOutput && Terminal.isInteractive(.output)
      ? .none : options.terminal.progressForm
  }

  private var reportsToStandardOutput: Bool { isPiped || options.reports.takesStandardOutput }

  // MARK: - Asking

  private func confirm(_ summary: Summary, _ display: ProgressDisplay) -> Bool {
    let count = summary.tally.count(.wouldApply)
    // Without a row to write there is nothing to agree to.
    guard asksBeforeWriting, count > 0 else { return true }
    display.clear()
    StandardError.write("Rows: \(OutcomeText.counts(of: summary.tally))\n")
    let place = summary.target ?? summary.storePath ?? options.store.path
    let rows = count == 1 ? "1 row" : "\(ProgressText.grouped(count)) rows"
    return Question.ask(
      "\(delivery == nil ? "Write" : "Send") \(rows) to \(ByteBuffer.shown(place))?"
    )
  }

  // MARK: - Telling

  private func show(_ summary: Summary) throws(ImportError) {
    // A failure is told where failures are told, also when the summary goes to a file or nowhere.
    let isSeen =
      isPiped || options.reports.takesStandardOutput || Terminal.isInteractive(.output)
    if summary.stopKind != nil && (options.terminal.quiet || !isSeen) {
      for line in OutcomeText.stopLines(of: summary) { StandardError.writeLine(line) }
    }
    guard !options.terminal.quiet else { return }
    if isPiped {
      for line in OutcomeText.lines(of: summary) { StandardError.writeLine(line) }
    } else if options.reports.takesStandardOutput {
      StandardError.write(SummaryText.render(summary, style: options.terminal.style(of: .error)))
    } else {
      do throws(ImportError) {
        try ResultText.print(
          SummaryText.render(summary, style: options.terminal.style(of: .output))
        )
      } catch {
        // The run itself came to its end; its exit code counts.
        guard error.kind == .readerGone else { throw error }
      }
    }
  }
}
