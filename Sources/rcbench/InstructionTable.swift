import ArgumentParser

/// The table of instructions and allocations a row, and the limits they are held to.
///
/// Callgrind counts every instruction and every call. Two sizes of input are run, and what the bigger
/// one takes more is divided by the rows it has more, so that start and end of the program do not
/// count, nor does what looks at the beginning of an input.
struct InstructionTable {
  /// Rows of the two inputs.
  private static let rowCounts = (few: 20_000, many: 30_000)

  let folder: String
  let seed: UInt64

  /// Counts and prints, one line a benchmark.
  ///
  /// - Throws: `ExitCode.failure` when `verifies` and some benchmark exceeds a limit.
  func print(_ benchmarks: [Benchmark], verifies: Bool) throws {
    let columns = ["benchmark", "a row"] + (verifies ? ["limit"] : []) + ["alloc/1000"]
    Swift.print(Column.line(columns + (verifies ? ["limit", ""] : [])))
    var isExceeded = false
    try Workplace.with(folder: folder) { folder in
      // Valgrind gives up at debug information that is newer than itself.
      let program = "\(folder)/rcbench"
      try ChildRun.copyProgramWithoutDebugInformation(to: program)
      for benchmark in benchmarks {
        let counts = try countPerRow(benchmark, in: folder, by: program)
        let (instructions, allocations) = (counts.instructions, counts.allocationsPer1000)
        guard verifies else {
          Swift.print(Column.line([benchmark.name, "\(instructions)", "\(allocations)"]))
          continue
        }
        let limits = benchmark.limits
        let exceeds = instructions > limits.instructions || allocations > limits.allocations
        isExceeded = isExceeded || exceeds
        Swift.print(
          Column.line([
            benchmark.name, "\(instructions)", "\(limits.instructions)", "\(allocations)",
            "\(limits.allocations)", exceeds ? "exceeded" : "",
          ])
        )
      }
    }
    if isExceeded { throw ExitCode.failure }
  }

  private func countPerRow(
    _ benchmark: Benchmark,
    in folder: String,
    by program: String
  ) throws -> (instructions: Int, allocationsPer1000: Int) {
    let few = try count(benchmark, rowCount: Self.rowCounts.few, in: folder, by: program)
    let many = try count(benchmark, rowCount: Self.rowCounts.many, in: folder, by: program)
    let rowCount = Self.rowCounts.many - Self.rowCounts.few
    return (
      (many.instructions - few.instructions) / rowCount,
      (many.allocations - few.allocations) * 1_000 / rowCount
    )
  }

  private func count(
    _ benchmark: Benchmark,
    rowCount: Int,
    in folder: String,
    by program: String
  ) throws -> CallgrindProfile {
    let place = Workplace(folder: folder, rowCount: rowCount)
    try benchmark.input.write(
      to: place.path(of: benchmark.input),
      rowCount: rowCount,
      seed: seed
    )
    place.removeResults()
    if benchmark.preparation != nil { _ = try ChildRun("apply", in: place) }
    let profile = "\(folder)/callgrind.out"
    _ = try ChildRun(
      benchmark.name,
      in: place,
      by: program,
      under: [
        "valgrind", "--tool=callgrind", "--compress-strings=no",
        "--callgrind-out-file=\(profile)", "--log-file=/dev/null",
      ]
    )
    return try CallgrindProfile(readFrom: profile)
  }
}
