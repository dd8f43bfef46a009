import ArgumentParser
import Bytes
import SystemPackage

/// The table of instructions a row, and the limits they are held to.
///
/// Callgrind counts every instruction. Two sizes of input are run, and what the bigger one takes
/// more is divided by the rows it has more, so that start and end of the program do not count. What
/// looks at the beginning of an input does: rows of these inputs are dearer than those of big ones.
struct InstructionTable {
  /// Rows of the two inputs.
  private static let rowCounts = (few: 2_000, many: 12_000)

  let folder: String
  let seed: UInt64

  /// Counts and prints, one line a benchmark.
  ///
  /// - Throws: `ExitCode.failure` when `verifies` and some benchmark exceeds its limit.
  func print(_ benchmarks: [Benchmark], verifies: Bool) throws {
    Swift.print(Column.line(["benchmark", "a row"] + (verifies ? ["limit", ""] : [])))
    var isExceeded = false
    try Workplace.with(folder: folder) { folder in
      // Valgrind gives up at debug information that is newer than itself.
      let program = "\(folder)/rcbench"
      try ChildRun.copyProgramWithoutDebugInformation(to: program)
      for benchmark in benchmarks {
        let few = try count(benchmark, rowCount: Self.rowCounts.few, in: folder, by: program)
        let many = try count(benchmark, rowCount: Self.rowCounts.many, in: folder, by: program)
        let perRow = (many - few) / (Self.rowCounts.many - Self.rowCounts.few)
        guard verifies else {
          Swift.print(Column.line([benchmark.name, "\(perRow)"]))
          continue
        }
        let exceeds = perRow > benchmark.limit
        isExceeded = isExceeded || exceeds
        Swift.print(
          Column.line([
            benchmark.name, "\(perRow)", "\(benchmark.limit)", exceeds ? "exceeded" : "",
          ])
        )
      }
    }
    if isExceeded { throw ExitCode.failure }
  }

  private func count(
    _ benchmark: Benchmark,
    rowCount: Int,
    in folder: String,
    by program: String
  ) throws -> Int {
    let place = Workplace(folder: folder, rowCount: rowCount)
    try benchmark.input.write(
      to: place.path(of: benchmark.input),
      rowCount: rowCount,
      seed: seed
    )
    place.removeResults()
    if benchmark.preparation != nil { _ = try ChildRun("apply", in: place) }
    let log = "\(folder)/valgrind.log"
    _ = try ChildRun(
      benchmark.name,
      in: place,
      by: program,
      under: [
        "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=\(log)",
      ]
    )
    return try Self.collected(in: log)
  }

  /// The number behind `Collected :` in a log of callgrind.
  private static func collected(in log: String) throws -> Int {
    let file = try FileDescriptor.open(FilePath(log), .readOnly)
    defer { try? file.close() }
    var bytes = ByteBuffer()
    while try bytes.read(from: file, atMost: 1 << 16) > 0 {}
    for line in String(utf8: bytes.span).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.dropLast(2).last == "Collected", let last = words.last, let count = Int(last) {
        return count
      }
    }
    throw BenchmarkFailure("callgrind counted nothing; see whether valgrind runs")
  }
}
