import Bytes

/// A place in a plan that only moves on, so that walking the rows in order searches for nothing.
///
/// Rows may be left out; going back works too, at the cost of a search.
package struct PlanCursor: BitwiseCopyable, Sendable {
  fileprivate var checkpoint = 0
  fileprivate var previous = 0
  /// Only `keptRow` uses it, and rows are asked for in order there.
  var kept = 0

  /// Makes a cursor at the plan's beginning.
  package init() {}
}

extension Plan {
  /// The input of a row.
  ///
  /// Constant time when rows are asked for in order.
  package func input(of index: Int, _ cursor: inout PlanCursor) -> Int {
    move(&cursor, to: index)
    return Int(checkpoints[cursor.checkpoint].input)
  }

  /// The number of a row in its input.
  ///
  /// Constant time when rows are asked for in order.
  package func rowNumber(of index: Int, _ cursor: inout PlanCursor) -> UInt32 {
    move(&cursor, to: index)
    let checkpoint = checkpoints[cursor.checkpoint]
    return checkpoint.rowNumber + UInt32(truncatingIfNeeded: index - Int(checkpoint.firstIndex))
  }

  /// The end of the rows whose numbers follow the one that a cursor is at.
  func endOfStretch(_ cursor: PlanCursor) -> Int {
    let next = cursor.checkpoint + 1
    return next < checkpoints.count ? Int(checkpoints[next].firstIndex) : count
  }

  /// Where a row stands.
  ///
  /// Constant time when rows are asked for in order.
  package func position(of index: Int, _ cursor: inout PlanCursor) -> Position {
    move(&cursor, to: index)
    return position(of: index, checkpoint: cursor.checkpoint)
  }

  /// The extension that a row replaces, or `nil`; needs `sortFindings`.
  ///
  /// Constant time on average when rows are asked for in order.
  package func previousExtension(of index: Int, _ cursor: inout PlanCursor) -> ExtensionNumber? {
    guard self[index].flags.contains(.hasPrevious) else { return nil }
    if cursor.previous > 0, Int(previous[cursor.previous - 1].row) >= index { cursor.previous = 0 }
    while cursor.previous < previous.count, Int(previous[cursor.previous].row) < index {
      cursor.previous += 1
    }
    guard cursor.previous < previous.count, Int(previous[cursor.previous].row) == index else {
      return nil
    }
    return ExtensionNumber(place: previous[cursor.previous].place)
  }

  private func move(_ cursor: inout PlanCursor, to index: Int) {
    precondition(index >= 0 && index < count, "a row outside the plan")
    if cursor.checkpoint >= checkpoints.count
      || Int(checkpoints[cursor.checkpoint].firstIndex) > index
    {
      cursor.checkpoint = checkpointIndex(of: index)
      return
    }
    while cursor.checkpoint + 1 < checkpoints.count,
      Int(checkpoints[cursor.checkpoint + 1].firstIndex) <= index
    {
      cursor.checkpoint += 1
    }
  }
}
