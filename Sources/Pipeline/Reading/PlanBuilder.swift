import Bytes
import ImportModel
import Readers
import Rows
import Validation

/// Reads inputs and builds the plan of their rows.
///
/// While a batch is read, those before it are checked on another thread.
struct PlanBuilder: ~Copyable {
  private let shared: SharedIntake

  init(rules: Rules, keepsDigests: Bool, keepsEmailDigests: Bool) {
    shared = SharedIntake(
      RowIntake(rules: rules, keepsDigests: keepsDigests, keepsEmailDigests: keepsEmailDigests)
    )
  }

  /// Rows of an input that was read.
  func rowCount(ofInput place: Int) -> Int { shared.intake.plan.inputs[place].rows.count }

  /// Findings of the rows so far.
  var tally: Tally { shared.intake.tally }

  /// Hands the plan over.
  consuming func finish() -> Plan { shared.intake.takePlan() }

  /// Reads an input to its end.
  ///
  /// - Returns: the number of footer rows that were left out.
  mutating func add(
    _ input: OpenInput,
    observer: (any RunObserver)?
  ) throws(ImportError) -> Int {
    // With a sanitizer, the compiler takes the use of `self.shared` for one of all of `self`.
    let shared = shared
    shared.intake.begin(input)
    var columnCount = input.reader.columns.count
    var (batchCount, rowCount) = (0, shared.intake.plan.count)
    // Whatever is thrown, nothing goes on behind the back of whoever catches it.
    defer { shared.wait() }
    while true {
      let next = try shared.nextBatch()
      guard try input.reader.read(into: &next.batch) else { break }
      if input.reader.columns.count != columnCount {
        shared.wait()
        columnCount = input.reader.columns.count
        _ = try input.remap()
        shared.intake.update(input)
      }
      let offset = next.batch.lastOffset ?? 0
      rowCount += next.batch.totalCount
      // The only batch of a small input is not worth another thread.
      shared.check(next, behind: batchCount > 0)
      batchCount += 1
      if let observer {
        report(input, rowCount: rowCount, offset: offset, to: observer)
        try observer.checkInterruption()
      }
    }
    shared.wait()
    if let failure = shared.intake.failure { throw failure }
    return try shared.intake.end(input)
  }

  private func report(
    _ input: OpenInput,
    rowCount: Int,
    offset: UInt64,
    to observer: any RunObserver
  ) {
    observer.progress(
      RunProgress(
        stage: .reading,
        input: input.name,
        rowCount: rowCount,
        totalRowCount: nil,
        byteCount: offset,
        totalByteCount: input.source.byteCount
      )
    )
  }
}
