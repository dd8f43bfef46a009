import Bytes
import ImportModel

/// Renders a summary for people: counts, then problems grouped by reason.
///
/// Ends with a line feed. Characters that drive terminals never come through, whatever names and
/// values say.
package struct SummaryText {
  private let summary: Summary
  private let style: Style
  private var lines: [String] = []

  /// The text of a summary.
  package static func render(_ summary: Summary, style: Style = .plain) -> String {
    var text = SummaryText(summary: summary, style: style)
    text.addHead()
    text.addInputs()
    text.addOutcomes()
    text.addAccount()
    text.addProblems()
    text.addOutputs()
    text.addNextStep()
    return text.lines.map { $0 + "\n" }.joined()
  }

  private init(summary: Summary, style: Style) {
    self.summary = summary
    self.style = style
  }

  private mutating func addHead() {
    var head = style.paint("rcimport \(ByteBuffer.shown(summary.command))", .heading)
    if summary.isDryRun { head += "  (dry run: nothing was written)" }
    lines.append(head)
    if let runID = summary.runID { lines.append("run    \(ByteBuffer.shown(runID))") }
    if let target = summary.target { lines.append("target \(ByteBuffer.shown(target))") }
    if let path = summary.storePath { lines.append("store  \(ByteBuffer.shown(path))") }
    if let reason = summary.stopReason {
      lines.append(style.paint("Stopped early: ", .error) + ByteBuffer.shown(reason))
    }
  }

  private mutating func addInputs() {
    guard !summary.inputs.isEmpty else { return }
    addHeading("Inputs")
    let names = column(summary.inputs.map(\.name), .leading)
    let counts = column(summary.inputs.map { "\($0.rowCount)" }, .trailing)
    for (place, input) in summary.inputs.enumerated() {
      let noun = input.rowCount == 1 ? "row " : "rows"
      lines.append(
        "  \(names[place])  \(counts[place]) \(noun)  \(ByteBuffer.shown(input.description))"
      )
      for remark in input.remarks {
        addRemark(remark)
      }
      for run in input.previousRuns.prefix(Tally.shownRowCount) {
        lines.append("    This file was applied before, in run \(ByteBuffer.shown(run))")
      }
    }
  }

  private mutating func addRemark(_ remark: Finding) {
    let word = style.paint(remark.severity.name, Self.role(of: remark.severity))
    let message = ByteBuffer.shown(ReasonText.message(remark, value: nil))
    lines.append("    \(word): \(message) (\(remark.code.entry.name))")
    if remark.severity > .note, let hint = ReasonText.hint(remark) {
      lines.append("      " + style.paint(ByteBuffer.shown(hint), .faint))
    }
  }

  private mutating func addOutcomes() {
    let shown = Summary.outcomes.filter { summary.tally.count($0) > 0 }
    addHeading("Rows")
    let names = column(shown.map { Self.words(for: $0) } + ["total"], .leading)
    let counts = column(
      (shown.map { summary.tally.count($0) } + [summary.tally.rowCount]).map { "\($0)" },
      .trailing
    )
    for (place, outcome) in shown.enumerated() {
      let name = style.paint(names[place], Self.role(of: outcome))
      lines.append("  \(name)  \(counts[place])")
    }
    lines.append("  \(names[shown.count])  \(counts[shown.count])")
  }

  /// What the account has and lacks, and how long the changes take.
  private mutating func addAccount() {
    guard let account = summary.account else { return }
    addHeading("Account")
    let time = summary.isDryRun ? "" : " at the beginning"
    lines.append(
      "  \(account.extensionCount) extensions, \(account.freeCount) of them unassigned\(time)"
    )
    for shortage in account.shortages {
      let count = shortage.neededCount - shortage.freeCount
      let place = shortage.site.isEmpty ? "" : " at the site \(ByteBuffer.shown(shortage.site))"
      lines.append(
        "  " + style.paint("\(count) short", .error)
          + ": rows need \(shortage.neededCount) of the type \(ByteBuffer.shown(shortage.type))"
          + "\(place), and there are \(shortage.freeCount) for them"
      )
    }
    if summary.isDryRun, account.changeCount > 0, let seconds = account.secondCount {
      let noun = account.changeCount == 1 ? "change" : "changes"
      lines.append(
        "  \(account.changeCount) \(noun), about \(Self.time(seconds)) at the account's limits"
      )
    }
  }

  /// A time in the two units that matter.
  private static func time(_ seconds: Int) -> String {
    if seconds < 90 { return "\(max(seconds, 1)) s" }
    let minutes = (seconds + 30) / 60
    return minutes < 90 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private mutating func addProblems() {
    let problems = summary.problems
    guard let first = problems.first else { return }
    let isHarmless = first.severity < .warning
    addHeading(isHarmless ? "Notes" : "Problems")
    let severities = column(problems.map(\.severity.name), .leading)
    let counts = column(problems.map { "\($0.entry.count)" }, .trailing)
    let codes = column(problems.map(\.code.entry.name), .leading)
    let indent = String(repeating: " ", count: 2 + severities[0].count + 2 + counts[0].count + 2)
    for (place, problem) in problems.enumerated() {
      let word = style.paint(severities[place], Self.role(of: problem.severity))
      let sentence = ByteBuffer.shown(problem.code.entry.summary)
      lines.append("  \(word)  \(counts[place])  \(codes[place])  \(sentence)")
      for rows in rowLists(of: problem.entry) {
        lines.append(indent + style.paint(rows, .faint))
      }
    }
    if isHarmless { return }
    lines.append("")
    let command = "rcimport explain \(first.code.entry.name)"
    lines.append("What a reason means and how to mend it: \(command)")
  }

  private mutating func addOutputs() {
    guard !summary.outputs.isEmpty else { return }
    addHeading("Written")
    let roles = column(summary.outputs.map(\.role), .leading)
    for (place, output) in summary.outputs.enumerated() {
      let name = output.name == "-" ? "standard output" : ByteBuffer.shown(output.name)
      let end = output.isComplete ? "" : style.paint("  (not complete)", .error)
      lines.append("  \(roles[place])  \(name)\(end)")
    }
  }

  private mutating func addNextStep() {
    guard summary.canResume, let run = summary.runID else { return }
    lines.append("")
    lines.append("Go on with the rows that are left: rcimport resume \(ByteBuffer.shown(run))")
  }

  private mutating func addHeading(_ text: String) {
    lines.append("")
    lines.append(style.paint(text, .heading))
  }

  /// The first rows of a problem, one line an input.
  private func rowLists(of entry: Tally.Entry) -> [String] {
    var lists: [(input: Int, rows: [UInt32])] = []
    for place in entry.firstRows {
      if lists.last?.input == place.input {
        lists[lists.count - 1].rows.append(place.row)
      } else {
        lists.append((place.input, [place.row]))
      }
    }
    let isCut = entry.hasMoreRows
    return lists.enumerated().map { place, list in
      let noun = list.rows.count == 1 && !isCut ? "row" : "rows"
      let numbers = list.rows.map { "\($0)" }.joined(separator: ", ")
      let rest = isCut && place == lists.count - 1 ? ", ..." : ""
      let file =
        summary.inputs.count > 1 && summary.inputs.indices.contains(list.input)
        ? ByteBuffer.shown(summary.inputs[list.input].name) + ": " : ""
      return "\(file)\(noun) \(numbers)\(rest)"
    }
  }

  private enum Alignment { case leading, trailing }

  /// Texts filled up with spaces to one width.
  private func column(_ texts: [String], _ alignment: Alignment) -> [String] {
    let shown = texts.map { ByteBuffer.shown($0) }
    let width = shown.map(\.count).max() ?? 0
    return shown.map { text in
      let spaces = String(repeating: " ", count: width - text.count)
      return alignment == .leading ? text + spaces : spaces + text
    }
  }

  private static func words(for outcome: Outcome) -> String {
    switch outcome {
    case .wouldApply: "would apply"
    case .unprocessed: "not processed"
    case .undecided, .applied, .unchanged, .rejected, .failed: outcome.name
    }
  }

  private static func role(of severity: Severity) -> Style.Role {
    switch severity {
    case .note: .faint
    case .warning: .warning
    case .error, .refusal: .error
    }
  }

  private static func role(of outcome: Outcome) -> Style.Role {
    switch outcome {
    case .wouldApply, .applied: .good
    case .undecided, .unchanged: .faint
    case .rejected, .failed: .error
    case .unprocessed: .warning
    }
  }
}
