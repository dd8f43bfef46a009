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
    characters.hasOthers ? firstIndex { $0.displayDigit != nil } : nil
  }

  /// Whether there are only digits.
  var isAllDigits: Bool { !isEmpty && allSatisfy(\.isDigit) }

  /// Number of digits.
  var digitCount: Int {
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
  var joinedDigits: String? {
    let digits = string(where: \.isDigit)
    return ExtensionNumber.digitCounts.contains(digits.utf8.count) ? digits : nil
  }

  private mutating func replace(_ replacement: (Unicode.Scalar) -> Unicode.Scalar?) -> Bool {
    guard characters.hasOthers else { return false }
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
