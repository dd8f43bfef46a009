import Bytes
import ImportModel

extension CellChecker {
  /// Takes off a cell what cannot be seen and notes it.
  ///
  /// - Parameter bytes: the cell without outer white space.
  /// - Returns: `false` when what was found cannot be taken off safely, so that looking further
  ///   would only find the same again.
  mutating func clean(_ bytes: Span<UInt8>) -> Bool {
    text.load(bytes)
    if !text.hasOthers && !text.hasControls {
      text.trim()
      return true
    }
    var isSound = true
    var hasUnwanted = false
    for place in 0..<text.count {
      let scalar = text[place]
      if scalar > " " && scalar < "\u{7F}" || scalar == " " { continue }
      if scalar.isTabOrLineBreak {
        isSound = false
        failCurably(.cellTabNewline)
      } else if scalar.isControl {
        isSound = false
        hasUnwanted = true
        nameControl(scalar)
      } else if scalar == "\u{FFFD}" {
        isSound = false
        fail(.cellReplacementChar, number: text.position(of: place))
      } else if let code = scalar.invisibleCode {
        hasUnwanted = true
        repair(code, number: text.position(of: place), text: shownCodePoint(scalar))
      }
    }
    if hasUnwanted {
      text.removeAll { $0.invisibleCode != nil || $0.isControl }
    }
    trimWideSpaces()
    return isSound
  }

  /// Takes layers that spreadsheets and people wrap around text off the cell, until none is left.
  mutating func unwrap() {
    var count = -1
    while count != text.count {
      count = text.count
      unwrapOnce()
    }
  }

  /// Takes one layer off, if there is one.
  mutating func unwrapOnce() {
    guard let first = text.first, let last = text.last, text.count > 1 else { return }
    if first == "=", text[1] == "\"", last == "\"", text.count >= 3 {
      text.keep(2..<text.count - 1)
      repair(.cellTextFormula)
    } else if first == last, first == "\"" || first == "'" || first == "`" {
      text.keep(1..<text.count - 1)
      repair(.cellWrappedQuotes)
    } else if first == "'" {
      text.dropFirst()
      repair(.cellLeadingApostrophe)
    } else if first.isCurlyQuote || last.isCurlyQuote {
      if first.isCurlyQuote { text.dropFirst() }
      if last.isCurlyQuote { text.dropLast() }
      repair(.cellSmartQuotes)
    }
    text.trim()
  }

  /// Names a control character; NUL has a name of its own.
  mutating func nameControl(_ scalar: Unicode.Scalar) {
    if scalar.value == 0 {
      failCurably(.nulByte)
    } else {
      failCurably(.cellControlChar, number: Int(scalar.value), text: shownCodePoint(scalar))
    }
  }

  private mutating func trimWideSpaces() {
    text.trim()
    while let first = text.first, first == " " || first.isWideSpace { takeOff(first, atEnd: false) }
    while let last = text.last, last == " " || last.isWideSpace { takeOff(last, atEnd: true) }
  }

  private mutating func takeOff(_ space: Unicode.Scalar, atEnd: Bool) {
    if atEnd { text.dropLast() } else { text.dropFirst() }
    if space.isWideSpace { repair(.cellNBSP, text: shownCodePoint(space)) }
  }
}

extension Unicode.Scalar {
  /// The code for a character that cannot be seen and is safely taken out.
  var invisibleCode: ReasonCode? {
    guard value >= 0xAD else { return nil }
    if self == "\u{AD}" { return .cellSoftHyphen }
    if isZeroWidth { return .cellZeroWidth }
    if isDirectionMark { return .cellBidiControl }
    return nil
  }

  /// A typographic quotation mark of any language.
  var isCurlyQuote: Bool {
    switch self {
    case "\u{2018}"..."\u{201F}", "\u{2039}", "\u{203A}", "\u{AB}", "\u{BB}", "\u{2032}",
      "\u{2033}", "\u{FF02}", "\u{FF07}":
      true
    default: false
    }
  }
}
