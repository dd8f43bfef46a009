import ArgumentParser
import Bytes
import ImportModel
import Pipeline
import Reports
import Stores

/// Lists past runs, or shows one in detail.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List past runs, or show one in detail.",
    discussion: """
      Examples:
        rcimport runs --limit 5
        rcimport runs 12
        rcimport runs 12 --changes --json | jq -r 'select(.before != null) | .key'
      """
  )

  @Argument(
    help: ArgumentHelp(
      "The number of a run; without one all are listed, the newest first.",
      valueName: "run"
    )
  )
  var number: Int64?

  @Option(help: ArgumentHelp("List only the latest runs.", valueName: "n"))
  var limit: Int?

  @Flag(help: "List every change of the run instead.")
  var changes = false

  @Flag(help: "Write JSON, one object a line; so do changes into a pipe.")
  var json = false

  @OptionGroup var store: StoreOptions

  @Flag(help: "No colours.")
  var noColor = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number of runs from 1 on.") }
    if changes && number == nil {
      throw ValidationError("--changes needs the number of a run; 'rcimport runs' lists them.")
    }
    if limit != nil && number != nil {
      throw ValidationError("--limit is for the list of runs, not for one of them.")
    }
  }

  func run() throws {
    try performListing { () throws(ImportError) in
      let directory = try store.openExisting()
      defer { directory.close() }
      let result = try ResultText()
      if let number {
        try show(RunID(number), of: directory, to: result)
      } else {
        let runs = try directory.runs(limit: limit ?? .max)
        if json {
          for run in runs { result.addLine { RunJSON.write(run, to: &$0) } }
        } else {
          result.bytes.append(text: RunText.table(of: runs, style: style))
        }
      }
      try result.finish()
    }
  }

  private var style: Style { Terminal.style(of: .output, allowsColor: !noColor) }

  private func show(
    _ id: RunID,
    of directory: any DirectoryStore,
    to result: ResultText
  ) throws(ImportError) {
    guard let detail = try directory.run(id) else {
      throw ImportError(
        .missingInput,
        "There is no run \(id)",
        hint: "'rcimport runs' lists the runs of a store",
        file: store.path
      )
    }
    if changes {
      let isJSON = json || !Terminal.isInteractive(.output)
      try directory.changes(of: id) { change throws(ImportError) in
        if isJSON {
          result.addLine { RunJSON.write(change, of: detail, to: &$0) }
        } else {
          result.bytes.append(text: RunText.line(of: change))
        }
        try result.flushIfFull()
      }
    } else if json {
      result.addLine { RunJSON.write(detail, to: &$0) }
    } else {
      result.bytes.append(text: RunText.page(of: detail, style: style))
    }
  }
}
