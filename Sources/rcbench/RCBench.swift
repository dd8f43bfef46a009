import ArgumentParser

/// Measures what reading, checking, settling, reporting and applying cost.
///
/// Every measurement runs in a process of its own, on input that was generated before, so that
/// peak memory is its own and nothing is warm but the file.
@main
struct RCBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rcbench",
    abstract: "Measure stages and whole jobs over generated exports.",
    discussion: """
      Examples:
        rcbench                        wall time, CPU time and peak memory of everything
        rcbench --rows 10000000 split check report
        rcbench --instructions         instructions and allocations, counted by valgrind's callgrind
        rcbench --verify               the same, against the limits kept in the repository
        rcbench --peers                a dry run beside Polars, DuckDB, Python and awk at the same job

      Times depend on the machine; instructions hardly do, and are what a change is judged by.
      """
  )

  @Argument(help: "Names of benchmarks (default: all).")
  var names: [String] = []

  @Option(help: "Rows of the generated inputs.")
  var rows = 1_000_000

  @Option(help: "How often each is timed; the median counts.")
  var rounds = 3

  @Option(help: "The seed of the generated inputs.")
  var seed: UInt64 = 1

  @Option(help: "A folder for the generated files; they are removed afterwards.")
  var folder = "/tmp"

  @Flag(help: "Count instructions and allocations instead of time; needs valgrind.")
  var instructions = false

  @Flag(help: "Count them and fail where a limit is exceeded.")
  var verify = false

  @Flag(help: "Measure other programs that the machine has at the same job.")
  var peers = false

  @Option(help: .hidden)
  var child: String?

  func run() throws {
    if let child {
      guard let benchmark = Benchmark.all.first(where: { $0.name == child }) else {
        throw ValidationError("no benchmark is called \(child)")
      }
      try benchmark.run(Workplace(folder: folder, rowCount: rows))
      return
    }
    if peers {
      try TimeTable(folder: folder, seed: seed, rowCount: rows, roundCount: rounds).print(Peer.all)
      return
    }
    let chosen = Benchmark.all.filter { names.isEmpty || names.contains($0.name) }
    guard chosen.count == Benchmark.all.count || chosen.count == names.count else {
      let known = Benchmark.all.map(\.name).joined(separator: ", ")
      throw ValidationError("Benchmarks are: \(known)")
    }
    if instructions || verify {
      try InstructionTable(folder: folder, seed: seed).print(chosen, verifies: verify)
    } else {
      try TimeTable(folder: folder, seed: seed, rowCount: rows, roundCount: rounds).print(chosen)
    }
  }
}
