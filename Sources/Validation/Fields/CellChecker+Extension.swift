import Bytes
import ImportModel

/// What the cell of an extension says.
enum CheckedExtension {
  /// A number that counts.
  case number(ExtensionNumber)
  /// The cell is empty, or becomes so when it is cleaned.
  case blank
  /// The cell is damaged; findings say how.
  case damaged
}

extension CellChecker {
  /// Checks the cell of an extension; an empty one is not a finding here.
  mutating func checkExtension(_ value: Span<UInt8>, startsWithMark: Bool) -> CheckedExtension {
    begin(.extensionNumber)
    if !startsWithMark, let number = ExtensionNumber(value) { return accept(number) }
    if startsWithMark { repair(.bomInside) }
    let value = value.extracting((startsWithMark ? 3 : 0)...)
    let range = UTF8Text.trimmedRange(of: value)
    if range.isEmpty { return .blank }
    if range.count != value.count { note(.cellOuterSpace) }
    let bytes = value.extracting(range)
    if let number = ExtensionNumber(bytes) { return accept(number) }
    return checkDamagedExtension(bytes)
  }

  private mutating func checkDamagedExtension(_ bytes: Span<UInt8>) -> CheckedExtension {
    guard clean(bytes) else {
      text.removeAll { $0.isTabOrLineBreak || $0.isWideSpace || $0 == " " }
      if let number = text.extensionNumber { suggest(number.description) }
      return .damaged
    }
    if text.hasUnnamedLettersOnly {
      measureExtension()
      return .damaged
    }
    if text.isPlainPowerOfTen {
      nameScientific()
      return .damaged
    }
    unwrap()
    if text.isEmpty { return .blank }
    if text.foldFullwidth() { repair(.extensionFullwidth) }
    if text.foldOtherDigits() { repair(.extensionOtherDigits) }
    if text.isAllDigits { return acceptDigits() }
    if nameDamage() { return .damaged }
    nameWideSpaces()
    text.tokenize()
    if text.isScientific(needsSign: false) {
      nameScientific()
      return .damaged
    }
    if nameExtensionDamage() { return .damaged }
    if let count = text.prefixCount {
      let prefix = explaining ? text.string(0..<count) : nil
      text.dropFirst(count)
      text.tokenize()
      repair(.extensionPrefixWord, text: prefix)
    }
    if !text.isThousands, let count = text.zeroDecimals {
      text.keep(0..<count)
      text.tokenize()
      repair(.extensionDecimalSuffix)
    }
    if text.isAllDigits { return acceptDigits() }
    if !nameExtensionDamage() && !nameSeparators() { measureExtension() }
    return .damaged
  }

  /// Looks at what a well-formed extension says about itself.
  private mutating func accept(_ number: ExtensionNumber) -> CheckedExtension {
    if number.hasLeadingZero { note(.extensionLeadingZero) }
    if restrictsNumbers { checkRestrictions(of: number) }
    suggest(number.description)
    return isRepaired && !takesRepairs ? .damaged : .number(number)
  }

  private mutating func checkRestrictions(of number: ExtensionNumber) {
    if isReserved(number) { fail(.extensionReserved) }
    if !rules.ranges.isEmpty && !rules.ranges.contains(where: { $0.contains(number) }) {
      fail(
        .extensionOutsideRange,
        text: explaining
          ? rules.ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ") : nil
      )
    }
  }

  private mutating func acceptDigits() -> CheckedExtension {
    if let number = text.extensionNumber { return accept(number) }
    measureDigits()
    return .damaged
  }

  private mutating func measureDigits() {
    let counts = ExtensionNumber.digitCounts
    if text.count < counts.lowerBound {
      fail(.extensionTooShort, number: text.count, limit: counts.lowerBound)
    } else {
      fail(.extensionTooLong, number: text.count, limit: counts.upperBound)
    }
  }

  /// Turns wide spaces inside the cell into plain ones; which digits they part is not ours to say.
  private mutating func nameWideSpaces() {
    guard text.hasOthers else { return }
    for place in 0..<text.count where text[place].isWideSpace {
      let space = text[place]
      text[place] = " "
      fail(.cellNBSP, text: shownCodePoint(space))
    }
  }

  private mutating func nameScientific() {
    fail(
      .extensionExcelScientific,
      text: explaining ? text.string : nil,
      suggestion: explaining ? exactScientificNumber : nil
    )
  }

  private var exactScientificNumber: String? {
    guard let digits = text.exactScientificDigits,
      ExtensionNumber.digitCounts.contains(digits.utf8.count)
    else { return nil }
    return digits
  }

  /// The plain rule: only the digits 0 to 9.
  private mutating func measureExtension() {
    guard let first = text.firstNonDigit else { return measureDigits() }
    if nameLookalikes(at: first) { return }
    let letter = text.firstLetter
    if let letter, text.count - text.digitCount > 1 {
      fail(.extensionLetters, at: letter)
    } else {
      let place = text.firstIndex { !$0.isDigit && $0 != " " } ?? first
      fail(.extensionNotDigits, at: place)
    }
  }

  /// Calls letters that are easily taken for digits by their name, beside at least one digit.
  private mutating func nameLookalikes(at place: Int) -> Bool {
    // The first character that is no digit tells most texts that have no look-alikes.
    guard text[place].digitLookalike != nil, text.digitCount > 0, text.hasOnlyDigitLookalikes else {
      return false
    }
    fail(.extensionLookalike, at: place)
    if explaining { suggestForLast(text.joinedLookalikes) }
    return true
  }
}
