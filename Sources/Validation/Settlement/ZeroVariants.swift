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
  ///
  /// They are noted once, with the first row of the extension that begins with 0.
  mutating func add(
    _ index: Int,
    _ number: ExtensionNumber,
    _ claims: borrowing Claims,
    in plan: borrowing Plan
  ) {
    guard let other = Self.row(likeButFor: number, claims, in: plan),
      claims.numbers.first.row(for: NumberKey(number: number), in: plan) == index
    else { return }
    let rows = claims.numbers.repeated.rows(sameAs: index)
    let others = claims.numbers.repeated.rows(sameAs: other)
    let (winner, otherWinner) = (Self.winner(of: rows, in: plan), Self.winner(of: others, in: plan))
    for row in rows { variants.append(Variant(row: row, other: otherWinner)) }
    for row in others { variants.append(Variant(row: row, other: winner)) }
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
    _ claims: borrowing Claims,
    in plan: borrowing Plan
  ) -> Int? {
    // Memory answers for all of them at the same time.
    for digitCount in ExtensionNumber.digitCounts {
      guard let other = number.withDigitCount(digitCount) else { continue }
      claims.numbers.first.prefetch(NumberKey(number: other))
    }
    for digitCount in ExtensionNumber.digitCounts where digitCount != number.digitCount {
      guard let other = number.withDigitCount(digitCount) else { continue }
      if let row = claims.numbers.first.row(for: NumberKey(number: other), in: plan) { return row }
    }
    return nil
  }
}
