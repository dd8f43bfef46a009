import ImportModel
import Stores
package import Validation

/// The rows that are to be sent, and which of them must wait for others.
///
/// A target that takes one row at a time keeps extensions unique by itself: a number can be given only
/// after its holder got another. A row waits for one other at most and releases one extension at most,
/// so that rows form chains and rings. A ring is opened by a detour: its first row gets a spare
/// extension, which frees its present one for the last row of the ring, and so on round it.
///
///     chain   a needs b needs c          c, b, a
///     ring    a needs b needs a          a to the spare, b, a
package struct DeliveryGraph: Sendable {
  /// A ring of rows, opened by a detour.
  package struct Ring: Sendable {
    /// The step that gives the spare extension; `nil` when there is none to be had.
    package var detour: Int?
    /// The step that gives the same row its own.
    package var last: Int
    /// All steps but the detour.
    package var steps: [Int]

    /// What its rows come to when it is not opened.
    var result: DeliveryResult {
      DeliveryResult(state: .open, attempts: 0, reason: .inCycle, message: "\(steps.count)")
    }
  }

  /// A step that cannot be made, because it waits for a row that is not sent.
  struct Hopeless: Sendable {
    var step: Int
    var neededRow: UInt32
  }

  package private(set) var steps: [DeliveryStep]
  /// The step that waits for a step.
  package private(set) var waiters: [Int: Int] = [:]
  package private(set) var rings: [Ring] = []
  private(set) var hopeless: [Hopeless] = []

  /// Builds the graph of rows in the order of the inputs.
  ///
  /// - Parameters:
  ///   - steps: a step for each row, ascending.
  ///   - releases: which rows need extensions that others release.
  ///   - failed: rows that will not release theirs.
  ///   - opensRings: whether there are spare extensions for detours.
  package init(
    steps: [DeliveryStep],
    releases: [Settlement.Release],
    failed: Set<UInt32>,
    opensRings: Bool
  ) {
    self.steps = steps
    for release in releases {
      guard let waiting = place(ofRow: release.row) else { continue }
      if let needed = place(ofRow: release.needed) {
        waiters[needed] = waiting
      } else if failed.contains(release.needed) {
        hopeless.append(Hopeless(step: waiting, neededRow: release.needed))
      } else {
        // What was sent before has released its extension already.
        continue
      }
      self.steps[waiting].state = .blocked
    }
    findRings(opening: opensRings)
  }

  /// The steps that cannot be made, and why: rings without a detour, and rows behind one not sent.
  package var unsendable: [(step: Int, result: DeliveryResult)] {
    var unsendable: [(Int, DeliveryResult)] = []
    for ring in rings where ring.detour == nil {
      unsendable += ring.steps.map { ($0, ring.result) }
    }
    for hopeless in hopeless {
      var step = hopeless.step
      unsendable.append((step, .waiting(for: hopeless.neededRow)))
      while let waiter = waiters[step] {
        unsendable.append((waiter, .waiting(for: steps[step].row)))
        step = waiter
      }
    }
    return unsendable
  }

  /// The place of a row's own step, by binary search.
  private func place(ofRow row: UInt32) -> Int? {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return low < steps.count && steps[low].row == row ? low : nil
  }

  private mutating func findRings(opening: Bool) {
    var seen: Set<Int> = []
    for start in waiters.keys.sorted() where !seen.contains(start) {
      var path: [Int] = []
      var current: Int? = start
      while let step = current, seen.insert(step).inserted {
        path.append(step)
        current = waiters[step]
      }
      guard let meeting = current, let entry = path.firstIndex(of: meeting) else { continue }
      open(Array(path[entry...]), byDetour: opening)
    }
  }

  /// Opens a ring of steps, each of which is waited for by the next.
  private mutating func open(_ ring: [Int], byDetour: Bool) {
    guard let first = ring.min() else { return }
    var detour: Int?
    if byDetour {
      detour = steps.count
      var step = steps[first]
      step.isDetour = true
      step.state = .blocked
      steps.append(step)
      waiters[steps.count - 1] = waiters[first]
      waiters[first] = nil
    }
    rings.append(Ring(detour: detour, last: first, steps: ring.sorted()))
  }
}
