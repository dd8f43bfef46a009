import Bytes
import Glibc
import ImportModel
import Readers
import Reports
import Rows
import Stores

/// The outputs of one run: opened before anything is written anywhere, completed at the end.
///
/// When the reader of a stream goes away, only that output ends, so that the others and the run
/// itself are completed; a run that has no other output left stops.
final class RunOutputs {
  private struct Output {
    var role: String
    var name: String
    var report: any Report
    /// The input whose rows it takes; `nil` for all.
    var input: Int?
    /// Whether somebody still reads it.
    var isRead = true
  }

  private var outputs: [Output]
  private let summaryFile: OutputFile?
  /// Whether the run is of no use once nobody reads what it says.
  private let stopsUnread: Bool

  /// Opens everything that was asked for; a sink takes the report instead of a file.
  ///
  /// - Throws: `outputNotMade`; nothing is left behind then.
  init(
    _ request: OutputRequest,
    sink: (any OutputSink)? = nil,
    for inputs: [OpenInput],
    besides store: String,
    isDryRun: Bool,
    stopMessage: String
  ) throws(ImportError) {
    stopsUnread = isDryRun
    let names = try OutputNames(request, inputs: inputs)
    let kept = Set(inputs.map(\.fileIdentity))
    let storePaths = Set(StoreFiles.paths(of: store))
    var paths: Set<String> = []
    func open(_ name: String) throws(ImportError) -> OutputFile {
      let file = try OutputFile.open(name, keeping: kept)
      if let path = file.path, storePaths.contains(path) {
        throw ImportError(
          .outputNotMade,
          "the output would replace the store",
          hint: "Choose another name for it",
          file: name
        )
      }
      guard paths.insert(file.path ?? file.name).inserted else {
        throw ImportError(
          .outputNotMade,
          "two reports would be written to the same place",
          hint: "Give each its own name",
          file: name
        )
      }
      file.companion = WorkerThread.beside()
      return file
    }
    var outputs: [Output] = []
    let report: OutputFile? =
      if let sink {
        OutputFile(to: sink)
      } else if let name = names.report {
        try open(name)
      } else {
        nil
      }
    if let report {
      outputs.append(
        Output(
          role: "report",
          name: report.name,
          report: NDJSONReport(
            to: report,
            problemsOnly: request.problemsOnly,
            stopMessage: stopMessage
          ),
          input: nil
        )
      )
    }
    for (place, name) in names.rejects.enumerated() {
      outputs.append(
        Output(
          role: "rejects",
          name: name,
          report: try inputs[place].makeRejects(to: try open(name)),
          input: place
        )
      )
    }
    summaryFile = if let name = names.summary { try open(name) } else { nil }
    self.outputs = outputs
  }

  /// Whether every row must be walked for somebody.
  var takesRows: Bool { !outputs.isEmpty }

  /// Whether somebody takes rows of an input as they stand there.
  func takesRecords(ofInput place: Int) -> Bool { outputs.contains { $0.input == place } }

  /// Whether somebody takes the rows of an input.
  func takesRows(ofInput place: Int) -> Bool {
    outputs.contains { $0.input == nil || $0.input == place }
  }

  /// Hands consecutive rows of an input to those who take them.
  func write(
    _ slice: ReportSlice,
    ofInput place: Int,
    _ plan: borrowing Plan
  ) throws(ImportError) {
    for index in outputs.indices where takes(outputs[index], rowsOfInput: place) {
      do {
        try slice.write(to: outputs[index].report, plan)
      } catch {
        try giveUp(index, error)
      }
    }
  }

  private func takes(_ output: Output, rowsOfInput place: Int) -> Bool {
    output.isRead && (output.input == nil || output.input == place)
  }

  /// Ends one output whose reader went away; any other failure ends them all.
  private func giveUp(_ index: Int, _ error: ImportError) throws(ImportError) {
    guard error.kind == .readerGone else { throw error }
    outputs[index].isRead = false
    outputs[index].report.abandon()
    let isAnyRead = outputs.contains(where: \.isRead) || summaryFile != nil
    if !isAnyRead && stopsUnread { throw error }
  }

  /// Completes the outputs; the summary, which names the others, comes last.
  func finish(_ summary: inout Summary) throws(ImportError) {
    for index in outputs.indices where outputs[index].isRead {
      do {
        try outputs[index].report.finish()
      } catch {
        try giveUp(index, error)
      }
    }
    summary.outputs = described
    guard let summaryFile else { return }
    var text = ByteBuffer()
    SummaryJSON.append(summary, to: &text)
    try summaryFile.write(&text)
    try summaryFile.finish()
  }

  /// Gives all outputs up that are not complete.
  func abandon() {
    for output in outputs { output.report.abandon() }
    summaryFile?.abandon()
  }

  private var described: [Summary.Output] {
    var all = outputs.map {
      Summary.Output(role: $0.role, name: $0.name, isComplete: $0.isRead)
    }
    if let summaryFile {
      all.append(Summary.Output(role: "summary", name: summaryFile.name, isComplete: true))
    }
    return all
  }
}

/// Where each output goes.
private struct OutputNames {
  var report: String?
  var rejects: [String] = []
  var summary: String?

  init(_ request: OutputRequest, inputs: [OpenInput]) throws(ImportError) {
    report = request.report
    summary = request.summary
    if let name = request.rejects {
      guard inputs.count == 1 else {
        throw ImportError(
          .outputNotMade,
          "several inputs cannot share one rejects file",
          hint: "Use --out-dir, which gives each input its own",
          file: name
        )
      }
      rejects = [name]
    }
    guard let directory = request.directory else { return }
    try Self.makeDirectory(directory)
    report = report ?? "\(directory)/report.ndjson"
    summary = summary ?? "\(directory)/summary.json"
    if rejects.isEmpty { rejects = Self.rejectsNames(in: directory, for: inputs) }
  }

  /// `rejects.csv` for one input, `rejects-1-users.csv` and so on for several.
  private static func rejectsNames(in directory: String, for inputs: [OpenInput]) -> [String] {
    inputs.enumerated().map { place, input in
      let ending = input.format.rawValue
      guard inputs.count > 1 else { return "\(directory)/rejects.\(ending)" }
      return "\(directory)/rejects-\(place + 1)-\(stem(of: input.name)).\(ending)"
    }
  }

  /// A file name without folders and its last ending, in characters that are safe in any name.
  private static func stem(of path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    let end = name.lastIndex(of: UInt8(ascii: ".")) ?? name.count
    let stem = name[..<end].map { byte -> UInt8 in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: byte
      default: UInt8(ascii: "_")
      }
    }
    return stem.isEmpty || path == "-" ? "stdin" : String(decoding: stem, as: UTF8.self)
  }

  private static func makeDirectory(_ path: String) throws(ImportError) {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw ImportError(
      .outputNotMade,
      "the folder cannot be made: \(String(cString: strerror(errno)))",
      hint: "Make it, or choose another with --out-dir",
      file: path
    )
  }
}
