import Bytes
import ImportModel

/// Finds extensions that differ only by leading zeros: one of them was probably damaged.
struct ZeroVariants: ~Copyable {
  struct Variant: BitwiseCopyable {
    var row: UInt32
    var other: UInt32
  }

  private var variants = PackedArray<Variant>()

  /// Notes a row whose extension begins with 0, and the one that another row has without it.
  mutating func add(
    _ index: Int,
    _ number: ExtensionNumber,
    _ claims: borrowing Claims,
    in plan: borrowing Plan
  ) {
    guard let other = Self.row(likeButFor: number, claims, in: plan) else { return }
    variants.append(Variant(row: UInt32(index), other: UInt32(other)))
    variants.append(Variant(row: UInt32(other), other: UInt32(index)))
  }

  /// Adds a warning to both rows of each pair.
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
