import Bytes
import Pipeline
import Reports

/// Shows people on standard error how far a run is, and tells the run when a signal came.
final class ProgressDisplay: RunObserver {
  /// How progress is shown.
  enum Form {
    /// Not at all.
    case none
    /// One line that is drawn again and again.
    case bar
    /// A line now and then, for logs.
    case lines

    /// Time between two updates.
    fileprivate var interval: Duration {
      switch self {
      case .none, .bar: .milliseconds(100)
      case .lines: .seconds(5)
      }
    }
  }

  private let form: Form
  private let showsInputs: Bool
  private let clock = ContinuousClock()
  private var stage: RunStage?
  private var stageStart: ContinuousClock.Instant
  private var lastUpdate: ContinuousClock.Instant
  private var isDrawn = false

  /// Whether all inputs were opened.
  private(set) var hasOpenedInputs = false

  /// Makes a display; a bar shows up at once, before the first input is looked at.
  ///
  /// - Parameters:
  ///   - form: how progress is shown.
  ///   - firstInput: the name of the input that is opened first.
  ///   - showsInputs: whether it is said what each input is.
  init(_ form: Form, firstInput: String?, showsInputs: Bool) {
    self.form = form
    self.showsInputs = showsInputs
    stageStart = clock.now
    lastUpdate = stageStart
    if form == .bar, let firstInput {
      draw("opening \(firstInput == "-" ? "standard input" : ByteBuffer.shown(firstInput))")
    }
  }

  var isInterrupted: Bool { Interruption.signal != nil }

  func opened(_ descriptions: [String]) {
    hasOpenedInputs = true
    guard showsInputs else { return }
    clear()
    for description in descriptions { StandardError.write(ByteBuffer.shown(description) + "\n") }
  }

  func progress(_ progress: RunProgress) {
    guard form != .none else { return }
    let now = clock.now
    if stage != progress.stage {
      stage = progress.stage
      stageStart = now
    } else if now - lastUpdate < form.interval {
      return
    }
    // A log does not care for a stage that is over at once.
    if form == .lines, now - lastUpdate < form.interval { return }
    lastUpdate = now
    let text = ProgressText(progress: progress, elapsed: now - stageStart)
    switch form {
    case .none: break
    // The last column stays free: some terminals wrap when it is written.
    case .bar: draw(text.fitting(Terminal.width - 1))
    case .lines: StandardError.writeLine(text.plain)
    }
  }

  /// Takes the bar away, so that other text can be written.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    StandardError.write("\r\u{1B}[K")
  }

  /// Draws the line again; ECMA-48's EL clears what is left of the one before.
  private func draw(_ line: String) {
    isDrawn = true
    StandardError.write("\r\(line)\u{1B}[K")
  }
}
