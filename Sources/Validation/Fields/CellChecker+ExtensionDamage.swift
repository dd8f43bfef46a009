import ImportModel

extension CellChecker {
  /// Calls damage that only extensions have by its name; returns whether some was found.
  mutating func nameExtensionDamage() -> Bool {
    if text.isDate {
      fail(.extensionDate)
    } else if text.isTime {
      fail(.extensionTime)
    } else if let start = text.extensionInPhoneNumber {
      text.keep(start..<text.count)
      fail(.extensionPhoneNumber, suggestion: explaining ? text.joinedDigits : nil)
    } else if text.isCurrencyOrPercent {
      fail(.extensionCurrencyPercent, suggestion: explaining ? amount : nil)
    } else if text.isNegative {
      fail(.extensionNegative, suggestion: explaining ? text.joinedDigits : nil)
    } else if text.isThousands {
      fail(.extensionThousands, suggestion: explaining ? groupedNumber : nil)
    } else if text.isPhoneNumber {
      fail(.extensionPhoneNumber, number: text.digitCount)
    } else if text.first == "+" {
      fail(.extensionPlusSign)
    } else if text.isFraction && text.zeroDecimals == nil {
      fail(.extensionFraction)
    } else if text.isRangeOrList {
      fail(.extensionRange)
    } else if let place = text.firstDisplayDigit {
      let shown = shown(place)
      _ = text.foldDisplayDigits()
      fail(
        .extensionSuperscript,
        number: text.position(of: place),
        text: shown,
        suggestion: explaining && text.isAllDigits ? text.joinedDigits : nil
      )
    } else {
      return false
    }
    return true
  }

  /// Calls separators by their name when there is nothing else between the digits.
  mutating func nameSeparators() -> Bool {
    guard text.hasOnlySeparatedDigits else { return false }
    let place = text.firstNonDigit ?? 0
    fail(
      .extensionSeparators,
      number: text.position(of: place),
      text: shown(place),
      suggestion: explaining ? text.joinedDigits : nil
    )
    return true
  }

  /// The digits of a number with groups, without its decimals; none when the decimals say something.
  private var groupedNumber: String? {
    let last = text.tokens.count - 1
    guard text.isDigits(last, 1...2) else { return text.joinedDigits }
    guard text.isZeros(last) else { return nil }
    return text.joinedDigits(0..<text.tokens[last].start)
  }

  /// The digits of an amount of money or of percent, when nothing else is beside them.
  private var amount: String? {
    let runs = text.tokens.indices.filter { text.tokens[$0].kind == .digits }
    guard let run = runs.first, runs.count == 1 else { return nil }
    return text.joinedDigits(text.tokens[run].range)
  }
}
