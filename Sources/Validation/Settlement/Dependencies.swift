import Bytes
import ImportModel

/// Rows that are good only if other rows of the plan are.
///
/// A row depends on at most one row for the number it wants and one for its user, so that chains and
/// swaps are paths and rings. Rejection travels against the arrows; what is left can be applied
/// together, whatever the order of the rows.
struct Dependencies: ~Copyable {
  /// What a row needs of another.
  enum Need: UInt8, BitwiseCopyable {
    /// That it gives up the number.
    case release
    /// That it introduces the user.
    case introduction
  }

  struct Arrow: BitwiseCopyable {
    var row: UInt32
    var needed: UInt32
    var need: Need
  }

  private var arrows = PackedArray<Arrow>()
  /// Notes that `row` needs `needed`.
  mutating func add(_ row: Int, needs needed: Int, for need: Need) {
    arrows.append(Arrow(row: UInt32(row), needed: UInt32(needed), need: need))
  }

  /// The row that must release a number, by the row that wants it, as far as was noted.
  var notedReleases: [Int: Int] {
    var releases: [Int: Int] = [:]
    for index in 0..<arrows.count where arrows[index].need == .release {
      releases[Int(arrows[index].row)] = Int(arrows[index].needed)
    }
    return releases
  }

  /// Rejects rows that need a rejected row, and notes the chains and swaps that remain.
  mutating func settle(rules: Rules, in plan: inout Plan) {
    arrows.sort { ($0.needed, $0.row) < ($1.needed, $1.row) }
    var rejected = PackedArray<UInt32>()
    for index in 0..<arrows.count {
      let needed = arrows[index].needed
      if index > 0, arrows[index - 1].needed == needed { continue }
      if plan[Int(needed)].flags.contains(.rejected) { rejected.append(needed) }
    }
    while let needed = rejected.last {
      rejected.removeSuffix(from: rejected.count - 1)
      var index = firstArrow(to: needed)
      while index < arrows.count, arrows[index].needed == needed {
        let arrow = arrows[index]
        index += 1
        let wasRejected = plan[Int(arrow.row)].flags.contains(.rejected)
        plan.add(finding(for: arrow))
        if !wasRejected { rejected.append(arrow.row) }
      }
    }
    noteChains(in: &plan)
  }

  private func finding(for arrow: Arrow) -> PlanFinding {
    switch arrow.need {
    case .release:
      PlanFinding(
        row: arrow.row,
        .blockedByRow,
        .error,
        field: .extensionNumber,
        first: UInt64(arrow.needed)
      )
    case .introduction:
      PlanFinding(row: arrow.row, .userNotFound, .error, field: .userID)
    }
  }

  private func firstArrow(to needed: UInt32) -> Int {
    var low = 0
    var high = arrows.count
    while low < high {
      let middle = (low + high) / 2
      if arrows[middle].needed < needed { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Notes which rows wait for another and which form a ring.
  private mutating func noteChains(in plan: inout Plan) {
    arrows.sort { ($0.row, $0.needed) < ($1.row, $1.needed) }
    var ringSize = PackedArray<UInt32>()
    ringSize.append(0, repetitions: arrows.count)
    for start in 0..<arrows.count where ringSize[start] == 0 {
      guard isOpen(arrows[start], in: plan) else { continue }
      markRing(from: start, sizes: &ringSize, in: plan)
    }
    for index in 0..<arrows.count where isOpen(arrows[index], in: plan) {
      let size = ringSize[index]
      plan.add(
        size > 1
          ? PlanFinding(
            row: arrows[index].row,
            .inCycle,
            .note,
            field: .extensionNumber,
            first: UInt64(size)
          )
          : PlanFinding(
            row: arrows[index].row,
            .inChain,
            .note,
            field: .extensionNumber,
            first: UInt64(arrows[index].needed)
          )
      )
    }
  }

  /// The rows that wait for another to release an extension, now that all is settled.
  func releases(in plan: borrowing Plan) -> [Settlement.Release] {
    var releases: [Settlement.Release] = []
    for index in 0..<arrows.count where isOpen(arrows[index], in: plan) {
      releases.append(Settlement.Release(row: arrows[index].row, needed: arrows[index].needed))
    }
    return releases
  }

  private func isOpen(_ arrow: Arrow, in plan: borrowing Plan) -> Bool {
    arrow.need == .release && !plan[Int(arrow.row)].flags.contains(.rejected)
  }

  /// Walks from an arrow to where it ends or meets itself; 1 marks an arrow that is in no ring.
  private func markRing(
    from start: Int,
    sizes: inout PackedArray<UInt32>,
    in plan: borrowing Plan
  ) {
    var path: [Int] = []
    var current: Int? = start
    while let arrow = current, sizes[arrow] == 0 {
      sizes[arrow] = .max
      path.append(arrow)
      current = releaseArrow(of: arrows[arrow].needed, in: plan)
    }
    var size: UInt32 = 1
    if let meeting = current, sizes[meeting] == .max, let entry = path.firstIndex(of: meeting) {
      size = UInt32(path.count - entry)
      for arrow in path[entry...] { sizes[arrow] = size }
      for arrow in path[..<entry] { sizes[arrow] = 1 }
    } else {
      for arrow in path { sizes[arrow] = 1 }
    }
  }

  private func releaseArrow(of row: UInt32, in plan: borrowing Plan) -> Int? {
    var low = 0
    var high = arrows.count
    while low < high {
      let middle = (low + high) / 2
      if arrows[middle].row < row { low = middle + 1 } else { high = middle }
    }
    while low < arrows.count, arrows[low].row == row {
      if isOpen(arrows[low], in: plan) { return low }
      low += 1
    }
    return nil
  }
}
