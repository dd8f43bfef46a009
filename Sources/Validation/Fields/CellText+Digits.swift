import Bytes
import ImportModel

/// Digits and letters written with other characters than ASCII has.
extension CellText {
  /// Replaces full-width forms of ASCII characters; returns whether there were any.
  mutating func foldFullwidth() -> Bool {
    replace { scalar in
      ("\u{FF01}"..."\u{FF5E}").contains(scalar) ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
    }
  }

  /// Replaces decimal digits of other scripts; returns whether there were any.
  mutating func foldOtherDigits() -> Bool {
    replace { scalar in
      let properties = scalar.properties
      guard properties.numericType == .decimal, let value = properties.numericValue else {
        return nil
      }
      return Unicode.Scalar(0x30 + UInt8(value))
    }
  }

  /// Replaces raised, lowered and circled digits; returns whether there were any.
  mutating func foldDisplayDigits() -> Bool { replace(\.displayDigit) }

  /// The place of the first raised, lowered or circled digit.
  var firstDisplayDigit: Int? {
    hasOthers ? firstIndex { $0.displayDigit != nil } : nil
  }

  /// The place of the first character that is no digit.
  var firstNonDigit: Int? {
    isPacked ? first(of: ~short.digits) : firstIndex { !$0.isDigit }
  }

  /// The place of the first character that is no hexadecimal digit.
  var firstNonHexDigit: Int? {
    isPacked ? first(of: ~(short.digits | short.hexLetters)) : firstIndex { !$0.isHexDigit }
  }

  /// Whether all characters are hexadecimal digits or easily taken for such.
  var hasOnlyHexLookalikes: Bool {
    guard isPacked else { return allSatisfy { $0.isHexDigit || $0.hexLookalike != nil } }
    var others = ~(short.digits | short.hexLetters) & window
    while others != 0 {
      guard self[others.trailingZeroBitCount - start].hexLookalike != nil else { return false }
      others &= others - 1
    }
    return true
  }

  /// Whether all characters are digits or easily taken for such.
  var hasOnlyDigitLookalikes: Bool {
    guard isPacked else { return allSatisfy { $0.isDigit || $0.digitLookalike != nil } }
    var others = ~short.digits & window
    while others != 0 {
      guard self[others.trailingZeroBitCount - start].digitLookalike != nil else { return false }
      others &= others - 1
    }
    return true
  }

  /// The place of the first letter of any script.
  var firstLetter: Int? {
    isPacked ? first(of: short.letters) : firstIndex { CellToken.Kind($0) == .letters }
  }

  /// The place of the first character of a packed text that is in a mask.
  @inline(__always)
  private func first(of mask: UInt64) -> Int? {
    let places = mask & window
    return places == 0 ? nil : places.trailingZeroBitCount - start
  }

  /// Whether there are only digits.
  var isAllDigits: Bool { !isEmpty && firstNonDigit == nil }

  /// Number of digits.
  var digitCount: Int {
    if isPacked { return (short.digits & window).nonzeroBitCount }
    var number = 0
    for place in 0..<count where self[place].isDigit { number += 1 }
    return number
  }

  /// The extension that the text writes out, if it is 2 to 10 digits.
  var extensionNumber: ExtensionNumber? {
    guard ExtensionNumber.digitCounts.contains(count) else { return nil }
    var buffer = InlineArray<10, UInt8>(repeating: 0)
    for place in 0..<count {
      guard self[place].isDigit else { return nil }
      buffer[place] = UInt8(self[place].value)
    }
    return ExtensionNumber(buffer.span.extracting(0..<count))
  }

  /// All digits of the text in order, if they would make an extension.
  var joinedDigits: String? { joinedDigits(0..<count) }

  /// All digits of the text in order and what look-alikes are taken for, if they would make an extension.
  var joinedLookalikes: String? {
    var digits = String.UnicodeScalarView()
    for place in 0..<count {
      let digit = self[place].isDigit ? self[place] : self[place].digitLookalike
      if let digit { digits.append(digit) }
    }
    return ExtensionNumber.digitCounts.contains(digits.count) ? String(digits) : nil
  }

  /// All digits of a part of the text in order, if they would make an extension.
  func joinedDigits(_ range: Range<Int>) -> String? {
    let digits = string(range, where: \.isDigit)
    return ExtensionNumber.digitCounts.contains(digits.utf8.count) ? digits : nil
  }

  private mutating func replace(_ replacement: (Unicode.Scalar) -> Unicode.Scalar?) -> Bool {
    guard hasOthers else { return false }
    var found = false
    for place in 0..<count where !self[place].isASCII {
      guard let new = replacement(self[place]) else { continue }
      self[place] = new
      found = true
    }
    return found
  }
}

extension Unicode.Scalar {
  /// The digit that is shown raised, lowered or circled.
  fileprivate var displayDigit: Unicode.Scalar? {
    guard !isASCII, properties.numericType == .digit, let value = properties.numericValue,
      (0...9).contains(value)
    else { return nil }
    return Unicode.Scalar(0x30 + UInt8(value))
  }

  /// The digit that a Latin or Cyrillic letter is easily taken for.
  var digitLookalike: Unicode.Scalar? {
    switch self {
    case "O", "o", "D", "Q", "\u{41E}", "\u{43E}", "\u{39F}", "\u{3BF}": "0"
    case "I", "l", "i", "|", "\u{406}", "\u{456}": "1"
    case "Z", "z": "2"
    case "\u{417}", "\u{437}": "3"
    case "S", "s", "\u{405}", "\u{455}": "5"
    case "b", "\u{431}": "6"
    case "B": "8"
    case "g", "q": "9"
    default: nil
    }
  }

  /// The value of a hexadecimal digit.
  var hexDigitValue: UInt32? {
    guard isHexDigit else { return nil }
    return isDigit ? value - 0x30 : (value | 0x20) - 0x57
  }

  /// The hexadecimal digit that a Latin or Cyrillic letter is easily taken for.
  var hexLookalike: Unicode.Scalar? {
    switch self {
    case "O", "o", "\u{41E}", "\u{43E}", "\u{39F}", "\u{3BF}": "0"
    case "I", "l", "|", "\u{406}", "\u{456}": "1"
    case "\u{410}", "\u{430}": "a"
    case "\u{412}", "\u{432}": "b"
    case "\u{421}", "\u{441}": "c"
    case "\u{415}", "\u{435}": "e"
    default: nil
    }
  }
}
