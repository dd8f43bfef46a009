import Bytes

/// Ways in which spreadsheets write numbers, read from the runs that `tokenize` cut.
extension CellText {
  /// The kind of a run, or `nil` past the last.
  func kind(_ index: Int) -> CellToken.Kind? {
    index >= 0 && index < tokens.count ? tokens[index].kind : nil
  }

  /// Whether a run is a number of digits in the range.
  func isDigits(_ index: Int, _ counts: ClosedRange<Int> = 1...1_000_000) -> Bool {
    kind(index) == .digits && counts.contains(tokens[index].count)
  }

  /// The character of a run that is a mark, or a single space.
  func mark(_ index: Int) -> Unicode.Scalar? {
    guard index >= 0 && index < tokens.count, tokens[index].count == 1 else { return nil }
    let token = tokens[index]
    return token.kind == .mark || token.kind == .space ? self[token.start] : nil
  }

  /// Whether a run is one of these words; letter case does not matter.
  func isWord(_ index: Int, _ words: [CellWord]) -> Bool {
    guard kind(index) == .letters, let word = word(tokens[index].range) else { return false }
    return words.contains(word)
  }

  /// Whether a run is the letter that stands before an exponent.
  private func isExponentLetter(_ index: Int) -> Bool {
    kind(index) == .letters && tokens[index].count == 1 && self[tokens[index].start].lowered == "e"
  }

  /// The value of a run of digits; large ones stop growing.
  func value(_ index: Int) -> Int {
    guard kind(index) == .digits else { return 0 }
    var value = 0
    for place in tokens[index].start..<tokens[index].start + tokens[index].count {
      if value > 1_000_000_000 { break }
      value = value * 10 + Int(self[place].value - 0x30)
    }
    return value
  }

  /// Whether a run is nothing but zeros.
  func isZeros(_ index: Int) -> Bool {
    guard kind(index) == .digits else { return false }
    let token = tokens[index]
    return (token.start..<token.start + token.count).allSatisfy { self[$0] == "0" }
  }

  /// Whether the text is a number in scientific notation, such as `1.23E+09`, `6,4E+05`, `1E5`.
  ///
  /// `needsSign` asks for a sign before the exponent or for decimals: between hexadecimal digits an
  /// `e` alone says nothing.
  func isScientific(needsSign: Bool) -> Bool { scientificParts(needsSign: needsSign) != nil }

  /// Whether the text can be seen at once to be such a number without a sign before it.
  ///
  /// Cuts the text into runs. Nothing else of that kind has a name that would come first.
  var isPlainPowerOfTen: Bool {
    mutating get {
      guard isPacked, case let letters = short.letters & window, letters.nonzeroBitCount == 1,
        letters & short.hexLetters != 0, first?.isDigit == true, last?.isDigit == true
      else { return false }
      tokenize()
      return isScientific(needsSign: false)
    }
  }

  /// All digits of a number in scientific notation, if none were lost.
  var exactScientificDigits: String? {
    guard let parts = scientificParts(needsSign: false), parts.exponentSign != "-" else {
      return nil
    }
    let exponent = value(parts.exponent)
    let whole = tokens[parts.whole]
    var digits = string(whole.start..<whole.start + whole.count)
    guard let fraction = parts.fraction else { return exponent == 0 ? digits : nil }
    let run = tokens[fraction]
    // Fewer digits after the point than the exponent shifts: the rest was rounded away.
    guard run.count >= exponent else { return nil }
    digits += string(run.start..<run.start + exponent)
    let rest = run.start + exponent..<run.start + run.count
    return rest.allSatisfy { self[$0] == "0" } ? digits : nil
  }

  /// Whether the text is a number with groups of three digits: `1,234`, `1 234 567`, `1'234`.
  var isThousands: Bool {
    guard isDigits(0, 1...3), self[0] != "0", let separator = mark(1),
      separator.isGroupSeparator
    else { return false }
    var index = 1
    while mark(index) == separator, isDigits(index + 1, 3...3) { index += 2 }
    guard index > 1 else { return false }
    if index == tokens.count { return true }
    // Decimals after the groups, behind the other separator.
    return index + 2 == tokens.count && mark(index) != separator
      && (mark(index) == "." || mark(index) == ",") && isDigits(index + 1, 1...2)
  }

  /// Number of characters before the point when only zeros follow it: `1234.0`.
  var zeroDecimals: Int? {
    guard tokens.count == 3, isDigits(0), mark(1) == "." || mark(1) == ",", isZeros(2) else {
      return nil
    }
    return tokens[0].count
  }

  /// Whether the text is a number with decimals.
  var isFraction: Bool {
    guard tokens.count == 3, isDigits(2) else { return false }
    if mark(1) == "." { return isDigits(0) }
    // Long numbers on both sides of a comma are a list.
    return mark(1) == "," && isDigits(0) && (tokens[0].count < 3 || tokens[2].count < 3)
  }

  private func scientificParts(
    needsSign: Bool
  ) -> (whole: Int, fraction: Int?, exponentSign: Unicode.Scalar, exponent: Int)? {
    var index = mark(0).map { $0 == "+" || $0.isHyphen } == true ? 1 : 0
    guard isDigits(index) else { return nil }
    let whole = index
    var fraction: Int?
    index += 1
    if mark(index) == "." || mark(index) == ",", isDigits(index + 1) {
      fraction = index + 1
      index += 2
    }
    guard isExponentLetter(index) else { return nil }
    index += 1
    var sign: Unicode.Scalar = "+"
    var hasSign = false
    if let mark = mark(index), mark == "+" || mark.isHyphen {
      sign = mark == "+" ? "+" : "-"
      hasSign = true
      index += 1
    }
    guard isDigits(index), index == tokens.count - 1 else { return nil }
    if needsSign && !hasSign && fraction == nil { return nil }
    return (whole, fraction, sign, index)
  }
}

extension Unicode.Scalar {
  /// A character that stands between groups of three digits.
  fileprivate var isGroupSeparator: Bool {
    switch self {
    case ",", ".", "'", " ", "_", "\u{2019}", "\u{B7}": true
    default: false
    }
  }
}
