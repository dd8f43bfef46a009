import ArgumentParser
import Reports

/// How a command talks to the person at the terminal.
struct TerminalOptions: ParsableArguments {
  @Flag(help: "No progress bar.")
  var noProgress = false

  @Flag(help: "No colours; NO_COLOR and TERM=dumb mean the same.")
  var noColor = false

  @Flag(help: "Say more on standard error: what the inputs are, progress in lines.")
  var verbose = false

  @Flag(
    name: [.customShort("q"), .long],
    help: "Say nothing but errors and the reports asked for."
  )
  var quiet = false

  /// How progress is shown.
  var progressForm: ProgressDisplay.Form {
    if noProgress || quiet { return .none }
    if Terminal.isInteractive(.error) && Terminal.canControl { return .bar }
    return verbose ? .lines : .none
  }

  /// Whether it is said what each input is.
  var showsInputs: Bool { !quiet && (verbose || Terminal.isInteractive(.error)) }

  /// How text on a stream is coloured.
  func style(of stream: Terminal.Stream) -> Style {
    Terminal.style(of: stream, allowsColor: !noColor)
  }

  func validate() throws {
    if verbose && quiet {
      throw ValidationError("--verbose and --quiet contradict each other; give one of them.")
    }
  }
}
