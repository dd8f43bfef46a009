import ArgumentParser
import Pipeline

/// Where the reports of a run go.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A line of JSON for every row (NDJSON); - is standard output.",
      valueName: "file"
    ),
    completion: .file()
  )
  var report: String?

  @Option(
    help: ArgumentHelp(
      "The rejected records as they stand in the input, with reasons, to be mended.",
      valueName: "file"
    ),
    completion: .file()
  )
  var rejects: String?

  @Option(
    help: ArgumentHelp("The counts and problems as JSON.", valueName: "file"),
    completion: .file()
  )
  var summary: String?

  @Option(
    help: ArgumentHelp("A folder for all of these.", valueName: "folder"),
    completion: .directory
  )
  var outDir: String?

  @Flag(help: "Leave rows without reasons out of the report.")
  var problemsOnly = false

  @Flag(help: "Show notes too: repairs and oddities that do no harm.")
  var notes = false

  /// Whether no report was asked for by name.
  var isEmpty: Bool { report == nil && rejects == nil && summary == nil && outDir == nil }

  /// Whether one of the reports takes standard output.
  var takesStandardOutput: Bool {
    [report, rejects, summary].contains { $0.map(Self.isStandardOutput) ?? false }
  }

  /// What was asked for, for the run.
  var request: OutputRequest {
    var request = OutputRequest()
    request.report = report
    request.rejects = rejects
    request.summary = summary
    request.directory = outDir
    request.problemsOnly = problemsOnly
    request.showsNotes = notes
    return request
  }

  func validate() throws {
    let names = [("--report", report), ("--rejects", rejects), ("--summary", summary)]
    for (option, name) in names + [("--out-dir", outDir)] where name?.isEmpty == true {
      throw ValidationError("\(option) takes a name, not an empty one.")
    }
    guard names.count(where: { $0.1.map(Self.isStandardOutput) ?? false }) <= 1 else {
      throw ValidationError(
        "Only one of --report, --rejects and --summary can go to standard output."
      )
    }
  }

  private static func isStandardOutput(_ name: String) -> Bool {
    name == "-" || name == "/dev/stdout"
  }
}
