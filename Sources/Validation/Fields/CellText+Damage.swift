import Bytes
import ImportModel

/// Damage that can be told from the text alone, whatever the cell was for.
extension CellText {
  /// What spreadsheets write where a formula failed, in English and as some other languages have it.
  private static let spreadsheetErrors: [CellWord] = [
    "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#spill!", "#calc!",
    "#field!", "#getting_data", "#unknown!", "#blocked!", "#connect!", "#busy!", "#python!",
    "#external!", "#error!", "#nv", "#wert!", "#bezug!", "#zahl!", "#n/d", "#valeur!", "#nom?",
    "#nombre!", "#nul!", "#valor!", "#n/b",
  ]

  /// Words that stand for no value.
  private static let nullWords: [CellWord] = [
    "null", "n/a", "na", "n.a.", "n/v", "none", "nil", "nan", "undefined", "tbd", "tba", "tbc",
    "-", "--", "---", "(null)", "<null>", "(none)", "(blank)", "[null]", "\\n", "empty", "blank",
    "unknown", "missing", "void", "?", "??", "???", ".", "not set",
  ]

  /// Words that stand for yes or no.
  private static let booleanWords: [CellWord] = [
    "true", "false", "yes", "no", "wahr", "falsch", "vrai", "faux", "verdadero", "falso",
  ]

  /// Names of HTML entities that exports leave behind.
  private static let entityNames: [CellWord] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "shy", "zwj", "zwnj", "lrm", "rlm", "ndash",
    "mdash", "hellip", "lsquo", "rsquo", "ldquo", "rdquo", "uuml", "ouml", "auml", "szlig",
    "eacute", "egrave", "ccedil", "ntilde", "oslash", "aring",
  ]

  /// Whether there are only ASCII letters and digits, at least one of these, and no x: then the text
  /// is no word, no mask, and nothing that is written with marks.
  var hasNoMarkOrWord: Bool {
    guard isAlphanumeric, hasDigits else { return false }
    // The letter x is none of the hexadecimal digits.
    guard isPacked else { return !mayContain("x") && !mayContain("X") }
    return short.letters == short.hexLetters
      || short.places(ofLetter: UInt8(ascii: "x")) & window == 0
  }

  /// Whether a spreadsheet wrote an error where the value should be.
  var isSpreadsheetError: Bool { first == "#" && count > 2 && isAny(of: Self.spreadsheetErrors) }

  /// Whether a word stands for no value.
  var isNullWord: Bool {
    guard count <= 9, !isEmpty, !hasDigits else { return false }
    if count <= 3 && allSatisfy(\.isHyphen) { return true }
    return isAny(of: Self.nullWords)
  }

  private var hasDigits: Bool {
    mayHaveDigits && (isPacked || contains(where: \.isDigit))
  }

  /// Whether a word stands for yes or no.
  var isBooleanWord: Bool {
    count <= 9 && !hasDigits && isAny(of: Self.booleanWords)
  }

  /// Whether a formula stands here and not its value.
  var isFormula: Bool {
    guard let first, count > 1 else { return false }
    if first == "=" { return true }
    return (first == "+" || first == "@" || first == "-") && isCall(from: 1)
  }

  /// Whether a function call begins at a place: a name and a parenthesis.
  func isCall(from place: Int) -> Bool {
    var place = place
    var nameCount = 0
    while place < count,
      CellToken.Kind(self[place]) == .letters || self[place].isDigit
        || self[place] == "." || self[place] == "_"
    {
      nameCount += 1
      place += 1
    }
    return nameCount > 1 && place < count && self[place] == "("
  }

  /// Whether the value was hidden behind stars or crosses.
  var isMasked: Bool {
    guard count > 1 else { return false }
    var maskCount = 0
    for place in 0..<count {
      switch self[place] {
      case "*", "x", "X", "\u{2022}", "\u{25CF}", "\u{2217}", "?": maskCount += 1
      case "0"..."9", "a"..."f", "A"..."F", " ", "-": continue
      default: return false
      }
    }
    // One x may be a prefix or a slip; half of a cell is not.
    return maskCount >= 2
  }

  /// Whether the text says itself that its end is missing.
  var endsTruncated: Bool {
    guard let last else { return false }
    if last == "\u{2026}" { return true }
    return count > 2 && last == "." && self[count - 2] == "." && self[count - 3] == "."
  }

  /// Whether the text is a JSON object or list.
  var isJSON: Bool {
    guard count > 1 else { return false }
    return first == "{" && last == "}" || first == "[" && last == "]"
  }

  /// The place of the first HTML entity, such as `&amp;` or `&#39;`.
  var firstEntity: Range<Int>? {
    guard mayContain("&") else { return nil }
    for start in 0..<count where self[start] == "&" {
      var end = start + 1
      let bound = min(count, start + 10)
      while end < bound, self[end] == "#" || isPlainAlphanumeric(self[end]) { end += 1 }
      guard end < count, self[end] == ";", end > start + 1 else { continue }
      if isEntityName(start + 1..<end) { return start..<end + 1 }
    }
    return nil
  }

  /// The place of the first `%` with two hexadecimal digits.
  var firstPercentEscape: Int? {
    guard count > 2, mayContain("%") else { return nil }
    for place in 0..<count - 2
    where self[place] == "%" && self[place + 1].isHexDigit && self[place + 2].isHexDigit {
      return place
    }
    return nil
  }

  /// The place of the first characters that come of UTF-8 read in a Western single-byte encoding.
  ///
  /// Only pairs that no language writes count: `Ã` or `Â` before a symbol, `â€` and `ï»¿`.
  var firstMojibake: Int? {
    guard count > 1, hasOthers else { return nil }
    for place in 0..<count - 1 {
      let next = self[place + 1]
      switch self[place] {
      case "\u{C2}" where ("\u{80}"..."\u{BF}").contains(next): return place
      case "\u{C3}" where ("\u{80}"..."\u{BF}").contains(next) || next.isWindowsSymbol: return place
      case "\u{E2}" where next == "\u{20AC}": return place
      case "\u{EF}" where next == "\u{BB}": return place
      default: continue
      }
    }
    return nil
  }

  private func isEntityName(_ range: Range<Int>) -> Bool {
    if self[range.lowerBound] == "#" {
      let isHex = range.count > 2 && self[range.lowerBound + 1].lowered == "x"
      let digits = (range.lowerBound + (isHex ? 2 : 1))..<range.upperBound
      return !digits.isEmpty
        && digits.allSatisfy { isHex ? self[$0].isHexDigit : self[$0].isDigit }
    }
    guard let name = word(range) else { return false }
    return Self.entityNames.contains(name)
  }

  private func isPlainAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isDigit || ("a"..."z").contains(scalar.lowered)
  }
}

extension Unicode.Scalar {
  /// What Windows-1252 has where Latin-1 has the control characters 0x80 to 0x9F.
  fileprivate var isWindowsSymbol: Bool {
    switch self {
    case "\u{20AC}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2020}", "\u{2021}", "\u{2C6}",
      "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{17D}", "\u{2018}", "\u{2019}", "\u{201C}",
      "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}",
      "\u{153}", "\u{17E}", "\u{178}":
      true
    default: false
    }
  }
}
