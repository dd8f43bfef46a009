import CScan

/// What records are like of which id and number say all there is to say.
///
/// Their fields are plain but for Latin letters and have clean edges, and one column may be asked to have
/// no spaces. The id is 24 hexadecimal digits in lower case, of a time that is allowed, and does not end
/// in eight zeros; the number is 2 to 10 digits, of which the first is not 0.
package struct RecordKeyRule: BitwiseCopyable, Sendable {
  let rule: scan_key_rule

  /// Makes the rule for one input.
  ///
  /// - Parameters:
  ///   - idColumn: the column of the id, from 0.
  ///   - numberColumn: the column of the number.
  ///   - spacelessColumn: the column that may have no spaces, if any.
  ///   - seconds: what the first eight digits of an id may say.
  package init(
    idColumn: Int,
    numberColumn: Int,
    spacelessColumn: Int?,
    seconds: ClosedRange<UInt32>
  ) {
    rule = scan_key_rule(
      id_column: UInt32(idColumn),
      number_column: UInt32(numberColumn),
      spaceless_column: Int32(spacelessColumn ?? -1),
      first_second: seconds.lowerBound,
      last_second: seconds.upperBound
    )
  }

  /// The last column that is looked into.
  package var lastColumn: Int {
    max(Int(rule.id_column), Int(rule.number_column), Int(rule.spaceless_column))
  }
}

/// The id and the number of a record.
package struct RecordKeys: BitwiseCopyable, Sendable {
  /// The id's first 8 bytes.
  package let high: UInt64
  /// Its last 4.
  package let low: UInt32
  /// How far the record is from the first of its run, in bytes.
  package let distance: UInt32
  /// The number's value, and from bit 56 on how many digits it has.
  private let number: UInt64

  /// Makes the keys of a record whose number has at most 10 digits.
  package init(high: UInt64, low: UInt32, distance: UInt32, value: UInt64, digitCount: Int) {
    self.high = high
    self.low = low
    self.distance = distance
    number = value | UInt64(digitCount) << 56
  }

  /// The number's value.
  package var value: UInt64 { number & (1 << 56 - 1) }
  /// How many digits it has.
  package var digitCount: Int { Int(truncatingIfNeeded: number >> 56) }
}
