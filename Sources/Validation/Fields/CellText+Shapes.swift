import Bytes

/// Shapes that extensions take when a spreadsheet or a person means something else.
extension CellText {
  /// Month names that spreadsheets write, in English and where other languages differ.
  private static let monthNames: [CellWord] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "mai", "juni", "juli", "okt", "dez", "mrz", "ene", "abr", "ago", "dic",
    "avr", "juin", "juil", "out", "set",
  ]

  /// Words that people put before an extension.
  private static let prefixWords: [CellWord] = [
    "extension", "extn", "ext", "x", "tel", "telephone", "phone", "number", "no", "nr", "num",
    "dw", "durchwahl", "nst", "nebenstelle", "poste", "interno", "anexo", "ramal", "int",
  ]

  /// Words between the numbers of a list or a range.
  private static let listWords: [CellWord] = [
    "and", "und", "et", "to", "bis", "or", "oder", "through", "thru",
  ]

  /// Words behind a time of day.
  private static let halfDays: [CellWord] = ["am", "pm"]

  /// Whether there are only digits and ASCII letters, in runs that make none of the shapes that have a
  /// name; texts that merely might make one are not said to.
  var hasUnnamedLettersOnly: Bool {
    guard isAlphanumeric, mayHaveDigits else { return false }
    return isPacked ? hasUnnamedPackedLettersOnly : hasLoneLettersOnly
  }

  private var hasUnnamedPackedLettersOnly: Bool {
    let window = window
    let letters = short.letters & window
    let behind = letters & (letters &<< 1)
    // Months have three letters at least. A phone number has seven digits before its extension.
    guard behind & (behind &<< 1) == 0, letters & ~(UInt64(0x7F) &<< UInt64(start)) == 0 else {
      return false
    }
    var rest = letters
    var crossCount = 0
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      let bit: UInt64 = 1 &<< UInt64(place)
      rest ^= bit
      let isAlone = behind & (bit | bit &<< 1) == 0
      switch short[place] | 0x20 {
      case UInt8(ascii: "x"):
        // A word for extension, or the second cross of a mask.
        crossCount += 1
        if isAlone && place == start || crossCount > 1 { return false }
      case UInt8(ascii: "e") where isAlone:
        // A power of ten, with digits on both sides and no other letter.
        if letters == bit && place > start && place < end - 1 { return false }
      case UInt8(ascii: "n"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "t"),
        UInt8(ascii: "o"):
        // The words no, nr, dw, et, to and or.
        if behind & bit &<< 1 != 0 { return false }
      default: continue
      }
    }
    return true
  }

  private var hasLoneLettersOnly: Bool {
    for letter: Unicode.Scalar in ["e", "E", "x", "X"] where mayContain(letter) {
      return false
    }
    var isBehindLetter = false
    var hasDigits = false
    for place in 0..<count {
      let isLetter = !self[place].isDigit
      if isLetter && isBehindLetter { return false }
      isBehindLetter = isLetter
      hasDigits = hasDigits || !isLetter
    }
    return hasDigits
  }

  /// Number of characters before the digits when the text begins with a word for extension.
  var prefixCount: Int? {
    var place: Int
    if kind(0) == .letters {
      guard isWord(0, Self.prefixWords) else { return nil }
      place = tokens[0].count
    } else if first == "#" || first == "\u{2116}" {
      place = 1
    } else {
      return nil
    }
    while place < count, self[place].isBehindPrefix { place += 1 }
    return place < count && self[place].isDigit ? place : nil
  }

  /// Where the extension begins in a phone number that has one: `555-0100 x101`.
  var extensionInPhoneNumber: Int? {
    for index in 1..<max(tokens.count, 1) where kind(index) == .letters {
      guard kind(tokens.count - 1) == .digits, tokens.count - 1 > index else { return nil }
      var digits = 0
      for run in 0..<index where tokens[run].kind == .digits { digits += tokens[run].count }
      guard digits >= 7, isWord(index, Self.prefixWords) else { return nil }
      return tokens[tokens.count - 1].start
    }
    return nil
  }

  /// Whether the text is a date as spreadsheets show one.
  var isDate: Bool { isNamedDate || isNumericDate }

  /// Whether the text is a time of day: `10:01`, `10:01:00`, `9:05 pm`.
  var isTime: Bool {
    guard isDigits(0, 1...2), mark(1) == ":", isDigits(2, 2...2), value(0) < 25, value(2) < 60
    else { return false }
    var index = 3
    if mark(index) == ":", isDigits(index + 1, 2...2) { index += 2 }
    if kind(index) == .space { index += 1 }
    if index < tokens.count, isWord(index, Self.halfDays) { index += 1 }
    return index == tokens.count
  }

  /// Whether there is a currency sign or a percent sign beside a number.
  var isCurrencyOrPercent: Bool {
    guard hasOthers || mayContain("%") || mayContain("$"),
      contains(where: \.isDigit)
    else { return false }
    return contains {
      $0 == "%" || $0 == "$" || !$0.isASCII && $0.properties.generalCategory == .currencySymbol
        || $0 == "\u{2030}"
    }
  }

  /// Whether the text is a negative number, in parentheses as accountants write it or with a sign.
  var isNegative: Bool {
    if tokens.count == 3, mark(0) == "(", isDigits(1, 1...10), mark(2) == ")" { return true }
    guard tokens.count == 2 else { return false }
    let isBefore = mark(0)?.isHyphen == true && isDigits(1)
    return isBefore || isDigits(0) && mark(1)?.isHyphen == true
  }

  /// Whether the text is a whole phone number and not an extension.
  var isPhoneNumber: Bool {
    var digits = 0
    var groups = 0
    var hasParentheses = false
    for index in tokens.indices {
      let token = tokens[index]
      switch token.kind {
      case .digits:
        digits += token.count
        groups += 1
      case .space: continue
      case .letters: return false
      case .mark:
        let mark = self[token.start]
        if mark == "(" || mark == ")" {
          hasParentheses = true
        } else if !(mark.isHyphen || mark == "." || mark == "/" || mark == "+" && index == 0) {
          return false
        }
      }
    }
    guard digits <= 20 else { return false }
    if mark(0) == "+" { return digits >= 7 }
    if groups < 2 { return false }
    if hasParentheses { return digits >= 7 }
    return digits >= 11 || digits == 10 && isGrouped(3, 3, 4) || digits == 7 && isGrouped(3, 4, 0)
      || digits >= 9 && self[0] == "0"
  }

  /// Whether the text names several numbers, or all from one to another.
  var isRangeOrList: Bool {
    guard tokens.count > 2, isDigits(0), isDigits(tokens.count - 1) else { return false }
    var numbers = 0
    var hasListMark = false
    var hasDash = false
    var hasSpaceAroundDash = false
    for index in tokens.indices {
      switch tokens[index].kind {
      case .digits:
        guard isDigits(index, 2...10) else { return false }
        numbers += 1
      case .letters:
        guard isWord(index, Self.listWords) else { return false }
        hasListMark = true
      case .space: continue
      case .mark:
        let mark = self[tokens[index].start]
        if mark.isHyphen {
          hasDash = true
          if kind(index + 1) == .space { hasSpaceAroundDash = true }
        } else if mark.isListMark {
          hasListMark = true
        } else if !(mark == "." && (self.mark(index + 1) == "." || self.mark(index - 1) == ".")) {
          return false
        } else {
          hasListMark = true
        }
      }
    }
    if hasListMark { return true }
    guard hasDash, numbers == 2 else { return false }
    let last = tokens.count - 1
    return hasSpaceAroundDash
      || tokens[0].count == tokens[last].count && tokens[0].count > 2 && value(0) < value(last)
  }

  /// Whether there are only digits and characters that people put between them.
  var hasOnlySeparatedDigits: Bool {
    var digits = 0
    for place in 0..<count {
      let scalar = self[place]
      if scalar.isDigit {
        digits += 1
      } else if !scalar.isHyphen && !scalar.isDigitSeparator {
        return false
      }
    }
    return digits > 0
  }

  /// Whether the digits stand in groups of these sizes with one character between two of them.
  ///
  /// A third size of 0 stands for two groups only.
  private func isGrouped(_ first: Int, _ second: Int, _ third: Int) -> Bool {
    guard tokens.count == (third == 0 ? 3 : 5) else { return false }
    return isDigits(0, first...first) && isDigits(2, second...second)
      && (third == 0 || isDigits(4, third...third))
  }

  private var isNamedDate: Bool {
    guard tokens.count >= 2, tokens.count <= 12 else { return false }
    guard let month = tokens.first(.letters), month <= 3, tokens[month].count >= 3,
      isWord(month, Self.monthNames)
    else { return false }
    guard isDigits(0, 1...4) || isDigits(tokens.count - 1, 1...4) else { return false }
    for index in tokens.indices where index != month {
      switch tokens[index].kind {
      case .digits: if tokens[index].count > 4 { return false }
      case .letters: return false
      case .space: continue
      case .mark:
        let mark = self[tokens[index].start]
        if !mark.isHyphen && !mark.isDateMark { return false }
      }
    }
    return true
  }

  private var isNumericDate: Bool {
    guard isDigits(0), let separator = mark(1), isDigits(2),
      separator == "/" || separator == "." || separator.isHyphen
    else { return false }
    if tokens.count == 3 {
      guard separator != ".", isDigits(0, 1...2) else { return false }
      if isDigits(2, 1...2) { return isDay(value(0), ofMonth: value(2)) }
      return separator == "/" && isDigits(2, 4...4) && (1...12).contains(value(0))
        && (1900...2100).contains(value(2))
    }
    guard let second = mark(3), second == separator else { return false }
    // `2.1.` is a day in German.
    if tokens.count == 4 {
      return separator == "." && isDigits(0, 1...2) && isDigits(2, 1...2)
        && isDay(value(0), ofMonth: value(2))
    }
    guard isDigits(4), tokens.count == 5 || kind(5) == .space || kind(5) == .letters else {
      return false
    }
    if isDigits(0, 4...4) {
      return isDigits(2, 1...2) && isDigits(4, 1...2) && (1...12).contains(value(2))
        && (1...31).contains(value(4))
    }
    return isDigits(0, 1...2) && isDigits(2, 1...2) && isDay(value(0), ofMonth: value(2))
      && (isDigits(4, 2...2) || isDigits(4, 4...4))
  }

  /// Whether one of two numbers can be a day and the other a month.
  private func isDay(_ first: Int, ofMonth second: Int) -> Bool {
    (1...31).contains(first) && (1...12).contains(second)
      || (1...12).contains(first) && (1...31).contains(second)
  }
}

extension Unicode.Scalar {
  /// What people put between a word for extension and its digits.
  fileprivate var isBehindPrefix: Bool {
    switch self {
    case " ", ".", ":", "#", "-", "=": true
    default: false
    }
  }

  /// What people put between the numbers of a list.
  fileprivate var isListMark: Bool {
    switch self {
    case ",", ";", "/", "|", "&", "+": true
    default: false
    }
  }

  /// What stands between the parts of a date beside a month's name, other than hyphens.
  fileprivate var isDateMark: Bool {
    switch self {
    case " ", ".", ",", "/", ":", "'": true
    default: false
    }
  }

  /// What people put between digits, beside hyphens.
  fileprivate var isDigitSeparator: Bool {
    switch self {
    case " ", ".", ",", "_", "/", ":", "'", "(", ")", "\u{B7}", "\u{2019}": true
    default: false
    }
  }
}
