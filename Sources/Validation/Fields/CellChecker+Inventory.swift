import Bytes
import ImportModel

extension CellChecker {
  /// Checks the cell of RingCentral's own id of an extension, a whole number.
  ///
  /// - Returns: the id, or 0 when the cell is empty or damaged.
  mutating func checkExtensionID(_ value: Span<UInt8>, startsWithMark: Bool) -> UInt64 {
    begin(.extensionID)
    if startsWithMark { repair(.bomInside) }
    let value = value.extracting((startsWithMark ? 3 : 0)...)
    let range = UTF8Text.trimmedRange(of: value)
    if range.isEmpty { return 0 }
    if range.count != value.count { note(.cellOuterSpace) }
    let bytes = value.extracting(range)
    if let number = wholeNumber(bytes) { return accept(number) }
    guard clean(bytes) else { return 0 }
    unwrap()
    if text.isEmpty { return 0 }
    text.tokenize()
    if let count = text.zeroDecimals {
      text.keep(0..<count)
      repair(.extensionDecimalSuffix)
    }
    if let number = text.wholeNumber { return accept(number) }
    if nameDamage() { return 0 }
    if text.isScientific(needsSign: false) {
      fail(.extensionExcelScientific)
    } else if text.isThousands {
      fail(
        .extensionThousands,
        suggestion: explaining ? text.string(0..<text.count, where: \.isDigit) : nil
      )
    } else if text.contains(where: { $0 == " " || $0.isWideSpace }) {
      fail(.cellInnerSpace)
    } else if let place = text.firstIndex(where: { !$0.isDigit }) {
      fail(.extensionNotDigits, at: place)
    } else {
      fail(.extensionTooLong, number: text.count, limit: 18)
    }
    return 0
  }

  private mutating func accept(_ number: UInt64) -> UInt64 {
    suggest("\(number)")
    return isRepaired && !takesRepairs ? 0 : number
  }

  /// The value of 1 to 18 ASCII digits, which any 64-bit number holds.
  private func wholeNumber(_ digits: Span<UInt8>) -> UInt64? {
    guard (1...18).contains(digits.count) else { return nil }
    var value: UInt64 = 0
    for place in digits.indices {
      let digit = digits[place] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + UInt64(digit)
    }
    return value
  }
}

extension CellText {
  /// The value of 1 to 18 digits.
  fileprivate var wholeNumber: UInt64? {
    guard (1...18).contains(count), isAllDigits else { return nil }
    var value: UInt64 = 0
    for place in 0..<count { value = value * 10 + UInt64(self[place].value - 0x30) }
    return value
  }
}
