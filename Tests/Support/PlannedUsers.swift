import Bytes
package import ImportModel
package import Rows
package import Validation

/// Rows of a users export as a plan has them once each was checked for itself.
package struct PlannedUsers: Equatable, Sendable {
  /// What is compared of a row.
  package struct Row: Equatable, Sendable {
    package var id: ObjectID
    package var number: ExtensionNumber?
    package var flags: RowFlags
    package var position: Position
    /// How much was found in it.
    package var findingCount: Int
  }

  package private(set) var rows: [Row] = []
  package private(set) var remarks: [Finding] = []

  /// Reads all rows.
  ///
  /// - Parameters:
  ///   - reader: where they come from.
  ///   - checker: what checks them.
  ///   - expectsSound: whether the reader may keep back those that need no check.
  ///   - soundCount: how many it kept back.
  /// - Throws: when the input cannot be read.
  package init(
    _ reader: any RowReader,
    _ checker: consuming RowChecker,
    expectsSound: Bool,
    soundCount: inout Int
  ) throws(ImportError) {
    reader.expect(expectsSound ? checker.soundUsers : nil)
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "a", kind: .users, hasExtensionColumn: true, introducesUsers: false)
    )
    var counts: [Int] = []
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      var (row, sound) = (0, 0)
      for place in 0..<batch.sound.runs.count {
        let run = batch.sound.runs[place]
        Self.append(row..<run.precedingCount, of: batch, &checker, to: &plan, &counts)
        plan.append(batch.sound.keys, sound..<sound + run.count, at: run.position)
        counts += Array(repeating: 0, count: run.count)
        row = run.precedingCount
        sound += run.count
      }
      precondition(sound == batch.sound.count, "runs are \(sound) of \(batch.sound.count) rows")
      Self.append(row..<batch.count, of: batch, &checker, to: &plan, &counts)
      soundCount += sound
      precondition(
        batch.lastOffset == plan.position(of: plan.count - 1).offset,
        "the last record does not begin at \(batch.lastOffset ?? 0)"
      )
    }
    for index in 0..<plan.count {
      let row = plan[index]
      rows.append(
        Row(
          id: row.id,
          number: row.extensionNumber,
          flags: row.flags,
          position: plan.position(of: index),
          findingCount: counts[index]
        )
      )
    }
    remarks = reader.remarks
  }

  private static func append(
    _ rows: Range<Int>,
    of batch: borrowing RowBatch,
    _ checker: inout RowChecker,
    to plan: inout Plan,
    _ counts: inout [Int]
  ) {
    for row in rows {
      let checked = checker.check(row, of: batch, explaining: false)
      plan.append(checked.row, at: batch.rows[row].position, digest: 0)
      counts.append(checked.findingCount)
    }
  }
}
