import Bytes
import ImportModel

extension CellChecker {
  /// Checks a cell that is recorded as it stands: a name, an e-mail address, a department.
  ///
  /// People are called Null, True and O'Brien; only damage that no name explains is named.
  mutating func checkProfile(_ field: Field, _ value: Span<UInt8>, startsWithMark: Bool) {
    let isEmail = field.rawValue == Field.email.rawValue
    if !startsWithMark && Self.isPlain(value, isEmail: isEmail) { return }
    begin(field)
    if startsWithMark { warn(.bomInside) }
    let value = value.extracting((startsWithMark ? 3 : 0)...)
    let range = UTF8Text.trimmedRange(of: value)
    if range.isEmpty { return }
    if range.count != value.count { note(.cellOuterSpace) }
    text.load(value.extracting(range))
    if text.hasOthers || text.hasControls {
      for place in 0..<text.count where text[place] < " " || text[place] >= "\u{7F}" {
        nameUnseen(text[place], at: place)
      }
    }
    nameProfileDamage()
    if isEmail && text.contains(where: { $0 == " " }) { warn(.cellInnerSpace) }
  }

  private mutating func nameUnseen(_ scalar: Unicode.Scalar, at place: Int) {
    if scalar == "\t" {
      warn(.cellTabNewline)
    } else if scalar.isTabOrLineBreak {
      warn(.multilineField)
    } else if scalar.isControl {
      nameControl(scalar)
    } else if scalar == "\u{FFFD}" {
      fail(.cellReplacementChar, number: text.position(of: place))
    } else if scalar.isWideSpace {
      warn(.cellNBSP, text: shownCodePoint(scalar))
    } else if scalar != "\u{200C}" && scalar != "\u{200D}", let code = scalar.invisibleCode {
      // Joiners belong to the spelling of many languages and to emoji.
      warn(code, number: text.position(of: place), text: shownCodePoint(scalar))
    }
  }

  private mutating func nameProfileDamage() {
    if text.isSpreadsheetError {
      fail(.cellExcelError)
    } else if text.count > 2 && text.first == "#" && text.allSatisfy({ $0 == "#" }) {
      warn(.cellHashMarks, number: text.count)
    } else if text.first == "=" && text.count > 1 {
      if text.isCall(from: 1) {
        fail(.cellFormula)
      } else if text[1] == "\"" && text.last == "\"" {
        warn(.cellTextFormula)
      } else {
        warn(.cellFormula)
      }
    }
    if let entity = text.firstEntity {
      fail(.cellHTMLEntity, text: explaining ? text.string(entity) : nil)
    }
    if let place = text.firstMojibake {
      warn(.cellMojibake, text: explaining ? text.string(place..<place + 2) : nil)
    }
  }

  /// Whether every character is printable ASCII or a Latin letter that can begin nothing worth a
  /// second look.
  static func isPlain(_ value: Span<UInt8>, isEmail: Bool) -> Bool {
    guard value.count > 0 else { return true }
    // An ampersand may begin an HTML entity.
    var place = value.firstOdd(from: 0)
    while place < value.count {
      guard isLatinLetter(at: place, of: value) else { return false }
      place = value.firstOdd(from: place + 2)
    }
    if isEmail && value.firstIndex(of: 0x20, from: 0) != nil { return false }
    return areEdgesPlain(value[0], value[value.count - 1])
  }

  /// Whether a letter from U+00C0 to U+017F stands at a place, other than those that text begins with
  /// which was read in a wrong encoding.
  private static func isLatinLetter(at place: Int, of value: Span<UInt8>) -> Bool {
    let lead = value[place]
    guard lead >= 0xC3 && lead <= 0xC5, place + 1 < value.count else { return false }
    let second = value[place + 1]
    guard second & 0xC0 == 0x80 else { return false }
    // Â, Ã, â and ï.
    return lead > 0xC3 || second != 0x82 && second != 0x83 && second != 0xA2 && second != 0xAF
  }

  /// Whether a cell of plain bytes neither begins nor ends with a space, nor begins like a formula
  /// or a row of number signs.
  @inline(__always)
  static func areEdgesPlain(_ first: UInt8, _ last: UInt8) -> Bool {
    first != 0x20 && first != UInt8(ascii: "=") && first != UInt8(ascii: "#") && last != 0x20
  }
}
