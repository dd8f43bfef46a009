import Bytes
import ImportModel

/// What a whole column of extensions says about one of them: lost zeros, odd lengths, look-alikes.
struct ColumnStatistics {
  /// Fewer values than this have no usual length.
  private static let minimumCountForUsualLength = 20
  /// The share of values, in percent, that makes a length usual.
  private static let usualShare = 95
  /// The share of values, in percent, that a length needs so that shorter ones may lack zeros.
  private static let fixedWidthShare = 60
  /// Fewer rows than this are not worth another thread.
  private static let minimumCountForThreads = 1 << 15

  private var count = 0
  private var countByLength = InlineArray<11, Int>(repeating: 0)
  private var leadingZeroCountByLength = InlineArray<11, Int>(repeating: 0)

  /// Counts the extensions of the sound ones among some rows, of many each half on its own thread.
  init(of rows: Range<Int>, in plan: borrowing Plan, concurrently: Settlement.Concurrency) {
    guard rows.count >= Self.minimumCountForThreads else {
      count(rows, in: plan)
      return
    }
    let middle = rows.lowerBound + rows.count / 2
    let halves = [rows.lowerBound..<middle, middle..<rows.upperBound]
    let counted = halves.map { _ in Counted() }
    concurrently(halves.count) { half in
      counted[half].statistics.count(halves[half], in: plan)
    }
    for half in counted { add(half.statistics) }
  }

  private init() {}

  /// What is counted on a thread.
  ///
  /// Sendable: while it is counted nobody else looks at it, and afterwards it is only read.
  private final class Counted: @unchecked Sendable { var statistics = ColumnStatistics() }

  private mutating func count(_ rows: Range<Int>, in plan: borrowing Plan) {
    var shapes = NumberShapes()
    for index in rows {
      let row = plan[index]
      guard let number = row.extensionNumber else { continue }
      let (digitCount, hasLeadingZero) = shapes.shape(of: number)
      if row.flags.hasAny(of: .rejected) { continue }
      count += 1
      countByLength[digitCount] += 1
      if hasLeadingZero { leadingZeroCountByLength[digitCount] += 1 }
    }
  }

  private mutating func add(_ other: Self) {
    count += other.count
    for digitCount in countByLength.indices {
      countByLength[digitCount] += other.countByLength[digitCount]
      leadingZeroCountByLength[digitCount] += other.leadingZeroCountByLength[digitCount]
    }
  }

  private var commonLength: Int {
    countByLength.indices.max { countByLength[$0] < countByLength[$1] } ?? 0
  }

  /// The width that shorter values without leading zeros seem to have lost, or `nil`.
  ///
  /// A column of one width in which some values begin with 0 lost zeros where it is shorter. Where
  /// shorter values are many and zeros few, the column simply has several widths.
  private var fixedWidth: Int? {
    let width = commonLength
    guard count > 0, countByLength[width] * 100 >= count * Self.fixedWidthShare else { return nil }
    let zeros = leadingZeroCountByLength[width]
    let shorter = (2..<max(width, 2)).reduce(0) {
      $0 + countByLength[$1] - leadingZeroCountByLength[$1]
    }
    return zeros > 0 && shorter > 0 && shorter <= zeros * 4 ? width : nil
  }

  private var usualLength: Int? {
    let width = commonLength
    guard count >= Self.minimumCountForUsualLength,
      countByLength[width] * 100 >= count * Self.usualShare
    else { return nil }
    return countByLength[width] == count ? nil : width
  }

  /// Adds warnings about values that do not fit their column.
  func settle(_ rows: Range<Int>, rules: Rules, in plan: inout Plan) {
    let fixedWidth = fixedWidth
    let usualLength = usualLength
    guard fixedWidth != nil || usualLength != nil else { return }
    let severity: Severity = rules.strict ? .error : .warning
    for index in rows {
      let row = plan[index]
      guard let number = row.extensionNumber, !row.flags.contains(.rejected) else { continue }
      let length = number.digitCount
      if let fixedWidth, length < fixedWidth, !number.hasLeadingZero {
        plan.add(
          PlanFinding(
            row: UInt32(index),
            .extensionLeadingZeroLost,
            severity,
            field: .extensionNumber,
            first: number.place,
            second: UInt32(fixedWidth)
          )
        )
      } else if let usualLength, length != usualLength {
        plan.add(
          PlanFinding(
            row: UInt32(index),
            .extensionLengthUnusual,
            severity,
            field: .extensionNumber,
            first: UInt64(countByLength[usualLength] * 100 / count),
            second: UInt32(usualLength)
          )
        )
      }
    }
  }
}
