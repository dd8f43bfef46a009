import Bytes
import ImportModel

/// Finds extensions that differ only by leading zeros: one of them was probably damaged.
struct ZeroVariants: ~Copyable {
  struct Variant: BitwiseCopyable {
    var row: UInt32
    var other: UInt32
  }

  private var variants = PackedArray<Variant>()

  /// Notes the rows of an extension that begins with 0, and those that have it without, or with
  /// another number of zeros.
  init(of claims: borrowing Claims, in plan: borrowing Plan) {
    let firstRows = Self.firstRows(of: claims, in: plan)
    for (number, row) in firstRows where number.hasLeadingZero {
      // They are noted once: with the extension that begins with 0, and the shortest one beside it.
      guard let other = Self.row(likeButFor: number, in: firstRows) else { continue }
      let rows = claims.numbers.repeated.rows(sameAs: row)
      let others = claims.numbers.repeated.rows(sameAs: other)
      let winner = Self.winner(of: rows, in: plan)
      let otherWinner = Self.winner(of: others, in: plan)
      for row in rows { variants.append(Variant(row: row, other: otherWinner)) }
      for row in others { variants.append(Variant(row: row, other: winner)) }
    }
  }

  /// The first row of each extension that differs only by zeros from another.
  private static func firstRows(
    of claims: borrowing Claims,
    in plan: borrowing Plan
  ) -> [ExtensionNumber: Int] {
    var firstRows: [ExtensionNumber: Int] = [:]
    for place in claims.numbers.alike.span.indices {
      let pair = claims.numbers.alike[place]
      for row in [Int(pair.first), Int(pair.row)] {
        guard let number = plan[row].extensionNumber else { continue }
        firstRows[number] = min(firstRows[number] ?? row, row)
      }
    }
    return firstRows
  }

  /// The row that gets the extension, or else the first that wants it.
  private static func winner(of rows: [UInt32], in plan: borrowing Plan) -> UInt32 {
    for row in rows where !plan[Int(row)].flags.hasAny(of: [.rejected, .repeated]) { return row }
    return rows[0]
  }

  /// Adds a warning to each row.
  mutating func settle(rules: Rules, in plan: inout Plan) {
    variants.sort { ($0.row, $0.other) < ($1.row, $1.other) }
    let severity: Severity = rules.strict ? .error : .warning
    for index in variants.span.indices {
      let variant = variants[index]
      if index > 0, variants[index - 1].row == variant.row { continue }
      guard let number = plan[Int(variant.other)].extensionNumber else { continue }
      plan.add(
        PlanFinding(
          row: variant.row,
          .duplicateZeroVariant,
          severity,
          field: .extensionNumber,
          first: number.place,
          second: variant.other
        )
      )
    }
  }

  private static func row(
    likeButFor number: ExtensionNumber,
    in firstRows: [ExtensionNumber: Int]
  ) -> Int? {
    for digitCount in ExtensionNumber.digitCounts where digitCount != number.digitCount {
      if let other = number.withDigitCount(digitCount), let row = firstRows[other] { return row }
    }
    return nil
  }
}
