/// Says how many digits extensions have, fast where one is as long as the one before.
package struct NumberShapes {
  private var digitCount = 0
  /// The places of the extensions of that length, and where those that begin with 0 end.
  private var places: Range<UInt64> = 0..<0
  private var zerosEnd: UInt64 = 0

  /// Knows no extension yet.
  package init() {}

  /// Number of digits of an extension, and whether the first one is 0.
  @inline(__always)
  package mutating func shape(
    of number: ExtensionNumber
  ) -> (digitCount: Int, hasLeadingZero: Bool) {
    if !places.contains(number.place) { look(at: number) }
    return (digitCount, number.place < zerosEnd)
  }

  private mutating func look(at number: ExtensionNumber) {
    digitCount = number.digitCount
    let first = ExtensionNumber.firstPlace(ofLength: digitCount)
    places = first..<ExtensionNumber.firstPlace(ofLength: digitCount + 1)
    zerosEnd = first + (places.upperBound - first) / 10
  }
}
