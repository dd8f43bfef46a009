import Foundation
import Support

/// What a run of the program came to.
struct RunResult {
  let end: ChildProcess.End
  let output: Data
  let error: Data

  /// The exit code; -1 when a signal ended the program.
  var code: Int32 {
    if case .exit(let code) = end { return code }
    return -1
  }

  /// Standard output as text.
  var out: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  var err: String { String(decoding: error, as: UTF8.self) }

  /// The lines of standard output.
  var outputLines: [String] { lines(of: out) }

  /// Standard output as the report of every row.
  var report: [ReportLine] {
    get throws { try outputLines.map { try ReportLine($0) } }
  }

  /// Whether standard error says what is wrong in one sentence, with at most a hint below it.
  ///
  /// That a report on standard output is not complete may be said beside it.
  var isOneSentence: Bool {
    let lines = lines(of: err).filter { !$0.contains("report on standard output") }
    guard let first = lines.first, first.hasPrefix("rcimport: ") else { return false }
    return lines.count == 1 || (lines.count == 2 && lines[1].hasPrefix("  hint: "))
  }

  private func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

extension Workspace {
  /// A report that a run wrote to a file.
  func report(in name: String) throws -> [ReportLine] {
    try text(of: name).split(separator: "\n").map { try ReportLine(String($0)) }
  }

  /// A summary that a run wrote to a file.
  func summary(in name: String) throws -> JSONValue { try JSONValue(parsing: text(of: name)) }
}
