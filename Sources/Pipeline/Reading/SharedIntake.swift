import Dispatch
import ImportModel
import Rows

/// An intake that checks batches on a thread of its own while the next ones are read.
///
/// A few batches may wait for it, so that neither thread waits for the other whenever one takes
/// longer than usual.
///
/// Sendable: the intake belongs to the worker from `check` to `wait`, and to the builder in between.
final class SharedIntake: @unchecked Sendable {
  /// A batch that belongs to whoever fills it, then to the worker, and comes back.
  final class Batch: @unchecked Sendable {
    var batch = RowBatch()
    /// Why the rows up to this batch could not be taken.
    fileprivate(set) var failure: ImportError?
  }

  var intake: RowIntake
  private let worker = WorkerThread.beside()
  private let batches: [Batch]
  /// Batches that nobody uses: they are used in turns.
  private let free: DispatchSemaphore
  private var next = 0

  /// Batches that are read ahead, with the one that is being checked and the one that is being read.
  private static let batchCount = 4

  /// Shares an intake.
  init(_ intake: consuming RowIntake) {
    self.intake = intake
    batches = (0..<(worker == nil ? 1 : Self.batchCount)).map { _ in Batch() }
    free = DispatchSemaphore(value: batches.count)
  }

  /// The batch to be filled next, once it is free; the same one until it is given to `check`.
  ///
  /// - Throws: why rows before it could not be taken.
  func nextBatch() throws(ImportError) -> Batch {
    let batch = batches[next]
    free.wait()
    // It is free until `check` takes it.
    free.signal()
    if let failure = batch.failure { throw failure }
    return batch
  }

  /// Has a filled batch checked, on the other thread if there is one and it is wanted.
  func check(_ filled: Batch, behind: Bool) {
    free.wait()
    next = (next + 1) % batches.count
    if let worker, behind {
      worker.begin { self.checkNow(filled) }
    } else {
      checkNow(filled)
    }
  }

  private func checkNow(_ filled: Batch) {
    intake.check(filled.batch)
    filled.failure = intake.failure
    free.signal()
  }

  /// Waits until all batches are checked.
  func wait() { worker?.wait() }
}
