import Bytes

/// What checking found in rows, so that these need not be read and checked again to be explained.
///
/// A few bytes are kept for each row of the run, good or bad, which is enough for all rows with
/// problems in most inputs. Those that are not here are read again.
package struct KeptFindings: ~Copyable, Sendable {
  // Not private: the compiler (6.3.1) crashes at a type that holds an array of such.
  struct Row: BitwiseCopyable {
    /// The row's index in the plan.
    var index: UInt32
    var firstFinding: UInt32
    var firstText: UInt32
    /// Bytes of the record, as in `RowHead`.
    var byteCount: UInt32
    var userID: ShortRange
    var number: ShortRange
  }

  private var rows = PackedArray<Row>()
  private var findings = PackedArray<ShortFinding>()
  private var texts = ByteBuffer()

  /// Bytes that may be kept for each row up to the one at hand, and at most; and for the first rows.
  private static let byteCountPerRow = 4
  private static let maximumByteCount = 1 << 25
  private static let minimumByteCount = 1 << 18
  /// The same for the texts and the findings of one row, which may show a huge cell or have a great
  /// many fields.
  private static let maximumTextByteCount = 1 << 12
  private static let maximumFindingCount = 64
  /// Less would leave too much of the huge pages empty that reserved room lies on.
  private static let minimumByteCountToReserve = 1 << 23

  /// Bytes of all that is kept.
  private var byteCount: Int {
    rows.count * MemoryLayout<Row>.stride + findings.count * MemoryLayout<ShortFinding>.stride
      + texts.count
  }

  /// Whether there is room for one of the first `rowCount` rows of the run.
  package func hasRoom(forRowsUpTo rowCount: Int) -> Bool {
    let room = max(Self.minimumByteCount, Self.byteCountPerRow * rowCount)
    return byteCount + Self.maximumTextByteCount <= min(room, Self.maximumByteCount)
  }

  /// Makes room for what may be kept of so many rows: half for the rows, half for their findings.
  ///
  /// Neither is likely to fill it, as texts count too; what stays empty is no memory.
  mutating func reserve(rowCount: Int) {
    let byteCount = min(Self.byteCountPerRow * rowCount, Self.maximumByteCount) / 2
    guard byteCount >= Self.minimumByteCountToReserve else { return }
    rows.reserveCapacity(byteCount / MemoryLayout<Row>.stride)
    findings.reserveCapacity(byteCount / MemoryLayout<ShortFinding>.stride)
  }

  /// Keeps what was found in a row, unless that is huge; rows come in order.
  ///
  /// - Parameters:
  ///   - list: all findings of the row, with the cells of their fields.
  ///   - index: the row's index in the plan.
  ///   - row: what else is known of it; texts are among those of the list.
  mutating func keep(_ list: borrowing FindingList, of index: Int, _ row: KeptRow) {
    guard let recordByteCount = UInt32(exactly: row.recordByteCount),
      list.texts.count <= Self.maximumTextByteCount, list.count <= Self.maximumFindingCount
    else { return }
    let firstFinding = findings.count
    for place in list.indices {
      guard let finding = ShortFinding(list[place]) else {
        findings.removeSuffix(from: firstFinding)
        return
      }
      findings.append(finding)
    }
    rows.append(
      Row(
        index: UInt32(index),
        firstFinding: UInt32(firstFinding),
        firstText: UInt32(texts.count),
        byteCount: recordByteCount,
        userID: ShortRange(row.userID),
        number: ShortRange(row.number)
      )
    )
    texts.append(list.texts.span)
  }

  /// Removes the rows from one on, by its index in the plan.
  mutating func removeSuffix(from index: Int) {
    while let last = rows.last, Int(last.index) >= index {
      rows.removeSuffix(from: rows.count - 1)
      findings.removeSuffix(from: Int(last.firstFinding))
      texts.removeSuffix(from: Int(last.firstText))
    }
  }

  /// The place of the first row that is not before one of the plan: `place` or one behind it.
  func place(of index: Int, from place: Int) -> Int {
    var place = place
    while place < rows.count, Int(rows[place].index) < index { place += 1 }
    return place
  }

  /// Gives what is kept at a place to an empty list; `nil` when that is not of the row.
  func take(_ place: Int, of index: Int, into list: inout FindingList) -> KeptRow? {
    guard place < rows.count, Int(rows[place].index) == index else { return nil }
    let row = rows[place]
    let isLast = place + 1 == rows.count
    let findingEnd = isLast ? findings.count : Int(rows[place + 1].firstFinding)
    let textEnd = isLast ? texts.count : Int(rows[place + 1].firstText)
    for finding in Int(row.firstFinding)..<findingEnd { list.append(findings[finding].finding) }
    list.texts.append(Int(row.firstText)..<textEnd, of: texts)
    return KeptRow(
      recordByteCount: UInt64(row.byteCount),
      userID: row.userID.cell,
      number: row.number.cell
    )
  }
}

/// What is known of a row's cells without reading it again.
package struct KeptRow: BitwiseCopyable, Sendable {
  /// Bytes of the record; 0 when that is not known.
  package var recordByteCount: UInt64
  /// The cell of the id.
  package var userID: KeptCell
  /// The cell of the extension.
  package var number: KeptCell

  /// Makes it.
  package init(recordByteCount: UInt64, userID: KeptCell, number: KeptCell) {
    self.recordByteCount = recordByteCount
    self.userID = userID
    self.number = number
  }
}

/// What stands in a cell for an id or an extension.
package enum KeptCell: BitwiseCopyable, Sendable {
  /// The row has no such cell.
  case none
  /// What the plan has, as reports write it.
  case usual
  /// Something else, by its place among the texts of the row's findings.
  case text(ByteRange)
}

extension Plan {
  /// Keeps what was found in the row that was added last; see `KeptFindings.keep`.
  package mutating func keep(_ list: borrowing FindingList, _ row: KeptRow) {
    kept.keep(list, of: count - 1, row)
  }

  /// What is known of a row without reading it again, its findings added to an empty list; `nil` when
  /// it must be.
  ///
  /// Constant time on average when rows are asked for in order.
  package func keptRow(
    _ index: Int,
    _ cursor: inout PlanCursor,
    findings list: inout FindingList
  ) -> KeptRow? {
    if self[index].isVerbatim {
      return KeptRow(recordByteCount: 0, userID: .usual, number: .usual)
    }
    cursor.kept = kept.place(of: index, from: cursor.kept)
    return kept.take(cursor.kept, of: index, into: &list)
  }
}
