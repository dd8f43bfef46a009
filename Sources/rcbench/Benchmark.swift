import Bytes
import ImportModel
import Pipeline
import Readers
import Reports
import Rows
import Validation

/// One thing that is measured.
struct Benchmark {
  /// What is done with the rows.
  enum Work {
    /// The blocks of the file are scanned for structure.
    case scan
    /// Rows and fields are found.
    case split
    /// Every row is checked too.
    case check
    /// Rows are settled among each other too.
    case duplicates
    /// Lines of all rows are written too, from the plan alone.
    case report
    /// A whole dry run, with a report of every row.
    case validate
    /// A whole dry run, with a report of problems.
    case problems
    /// Everything is written to an empty store.
    case apply
    /// The same input is applied once more.
    case reapply
  }

  let name: String
  let input: GeneratedInput
  let work: Work
  /// The most instructions a row may take, and the most blocks of memory that 1,000 rows may ask for
  /// (x86-64, release build), a little above what was counted; without AVX-512, which valgrind does
  /// not have.
  let limits: (instructions: Int, allocations: Int)

  /// All benchmarks: stages build on each other, so that each costs what it adds.
  static let all = [
    Benchmark(name: "scan", input: .usersCSV, work: .scan, limits: (105, 5)),
    Benchmark(name: "split", input: .usersCSV, work: .split, limits: (625, 5)),
    Benchmark(name: "check", input: .usersCSV, work: .check, limits: (660, 5)),
    Benchmark(name: "duplicates", input: .usersCSV, work: .duplicates, limits: (1060, 15)),
    Benchmark(name: "report", input: .usersCSV, work: .report, limits: (1330, 15)),
    Benchmark(name: "validate", input: .usersCSV, work: .validate, limits: (1430, 75)),
    Benchmark(name: "validate-problems", input: .usersCSV, work: .problems, limits: (1175, 75)),
    Benchmark(name: "validate-bad", input: .badCSV, work: .validate, limits: (13_800, 15)),
    Benchmark(name: "split-xml", input: .usersXML, work: .split, limits: (2480, 5)),
    Benchmark(name: "validate-xml", input: .usersXML, work: .validate, limits: (4330, 85)),
    Benchmark(name: "apply", input: .usersCSV, work: .apply, limits: (31_700, 2100)),
    Benchmark(name: "apply-again", input: .usersCSV, work: .reapply, limits: (11_900, 150)),
  ]

  /// Whether something has to be done before, which is not measured.
  var preparation: Work? { work == .reapply ? .apply : nil }

  /// Does the work once.
  func run(_ place: Workplace) throws {
    switch work {
    case .scan: try Stages(place.path(of: input)).scan()
    case .split: try Stages(place.path(of: input)).split()
    case .check: try Stages(place.path(of: input)).check()
    case .duplicates: try Stages(place.path(of: input)).settle(reportsTo: nil)
    case .report: try Stages(place.path(of: input)).settle(reportsTo: place.report)
    case .validate: try runJob(place, isDryRun: true, problemsOnly: false)
    case .problems: try runJob(place, isDryRun: true, problemsOnly: true)
    case .apply, .reapply: try runJob(place, isDryRun: false, problemsOnly: false)
    }
  }

  private func runJob(_ place: Workplace, isDryRun: Bool, problemsOnly: Bool) throws {
    var request = ImportRequest(
      inputs: [ImportRequest.Input(path: place.path(of: input))],
      store: place.store,
      isDryRun: isDryRun,
      command: "rcbench",
      version: "0"
    )
    request.outputs.report = place.report
    request.outputs.problemsOnly = problemsOnly
    _ = try ImportRun(request).run()
  }
}
