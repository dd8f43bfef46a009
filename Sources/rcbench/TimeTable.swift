/// The table of times and memory.
struct TimeTable {
  let folder: String
  let seed: UInt64
  let rowCount: Int
  let roundCount: Int

  /// Measures and prints, one line a benchmark.
  func print(_ benchmarks: [Benchmark]) throws {
    Swift.print(
      Column.line(["benchmark", "wall s", "CPU s", "CPU us/row", "peak MiB"])
    )
    try Workplace.with(folder: folder) { folder in
      let place = Workplace(folder: folder, rowCount: rowCount)
      for input in Set(benchmarks.map(\.input)) {
        try input.write(to: place.path(of: input), rowCount: rowCount, seed: seed)
      }
      for benchmark in benchmarks {
        var runs: [ChildRun] = []
        for _ in 0..<max(1, roundCount) {
          place.removeResults()
          if benchmark.preparation != nil { _ = try ChildRun("apply", in: place) }
          runs.append(try ChildRun(benchmark.name, in: place))
        }
        Swift.print(line(benchmark.name, runs))
      }
    }
  }

  /// Measures other programs at the same job, beside a dry run; those that are not there are left out.
  func print(_ peers: [Peer]) throws {
    try print([Benchmark.all.first { $0.name == "validate" }].compactMap { $0 })
    try Workplace.with(folder: folder) { folder in
      let place = Workplace(folder: folder, rowCount: rowCount)
      try GeneratedInput.usersCSV.write(
        to: place.path(of: .usersCSV),
        rowCount: rowCount,
        seed: seed
      )
      for peer in peers {
        var runs: [ChildRun] = []
        for _ in 0..<max(1, roundCount) {
          guard let run = try ChildRun(peer, over: .usersCSV, in: place) else { break }
          runs.append(run)
        }
        if runs.isEmpty { continue }
        Swift.print(line(peer.name, runs))
      }
    }
  }

  private func line(_ name: String, _ runs: [ChildRun]) -> String {
    let time = median(runs.map(\.processorTime))
    return Column.line([
      name, Column.text(median(runs.map(\.wallTime)), digitCount: 3),
      Column.text(time, digitCount: 3),
      Column.text(time * 1_000_000 / Double(rowCount), digitCount: 3),
      Column.text(median(runs.map(\.peakMemory)), digitCount: 0),
    ])
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// Columns of a table.
enum Column {
  /// Cells in columns of one width, the first one to the left.
  static func line(_ cells: [String]) -> String {
    let padded = cells.dropFirst().map { cell in
      String(repeating: " ", count: max(0, 12 - cell.count)) + cell
    }
    return cells[0] + String(repeating: " ", count: max(0, 20 - cells[0].count)) + padded.joined()
  }

  /// A number with so many digits behind the point, at most 6.
  static func text(_ value: Double, digitCount: Int) -> String {
    var scale = 1
    for _ in 0..<digitCount { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    guard digitCount > 0 else { return "\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(scaled / scale)." + String(repeating: "0", count: digitCount - fraction.count)
      + fraction
  }
}
