import Bytes
import ImportModel

extension CellChecker {
  /// When an id can have been made, in seconds since 1970: not before MongoDB in 2007, and up to the
  /// last second that a signed 32-bit clock can tell, 2038-01-19.
  static var plausibleSeconds: ClosedRange<UInt32> { 1_167_609_600...0x7FFF_FFFF }

  /// Checks the cell of a user id.
  ///
  /// - Returns: the id when the cell is well formed, after repairs only where they are allowed.
  mutating func checkID(_ value: Span<UInt8>, startsWithMark: Bool) -> ObjectID? {
    begin(.userID)
    if !startsWithMark, let id = ObjectID(value) { return accept(id, writtenAs: value) }
    if startsWithMark { repair(.bomInside) }
    let value = value.extracting((startsWithMark ? 3 : 0)...)
    let range = UTF8Text.trimmedRange(of: value)
    if range.isEmpty {
      fail(.objectidMissing)
      return nil
    }
    guard range.count != value.count || startsWithMark else { return checkDamagedID(value) }
    if range.count != value.count { note(.cellOuterSpace) }
    let bytes = value.extracting(range)
    if let id = ObjectID(bytes) { return accept(id, writtenAs: bytes) }
    return checkDamagedID(bytes)
  }

  private mutating func accept(_ id: ObjectID, writtenAs digits: Span<UInt8>) -> ObjectID? {
    if !id.isWritten(as: digits) { note(.objectidUppercase) }
    return accept(id)
  }

  /// Whether a cell is an id in the writing of shells and exports, and nothing else.
  mutating func isWrappedID(_ value: Span<UInt8>) -> Bool {
    text.load(value.extracting(UTF8Text.trimmedRange(of: value)))
    return (text.unwrapObjectIDCall() || text.unwrapExtendedJSON()) && text.objectID != nil
  }

  private mutating func checkDamagedID(_ bytes: Span<UInt8>) -> ObjectID? {
    guard clean(bytes) else {
      text.removeAll { $0.isTabOrLineBreak || $0.isWideSpace || $0 == " " }
      if let id = text.objectID, id.canBeGiven { suggest(id.description) }
      return nil
    }
    if text.isHexadecimalOfWrongLength {
      fail(.objectidWrongLength, number: text.count, limit: 24)
      return nil
    }
    if text.foldFullwidth() { repair(.objectidFullwidth) }
    // What is wrapped around an id is made of marks.
    if !text.isAlphanumeric { unwrapID() }
    if text.isEmpty {
      fail(.objectidMissing)
      return nil
    }
    if text.first == "0" && text.reads("0x") {
      text.dropFirst(2)
      text.trim()
      repair(.objectid0x)
    }
    if let id = text.objectID {
      if text.contains(where: { ("A"..."F").contains($0) }) { note(.objectidUppercase) }
      return accept(id)
    }
    if !nameIDDamage() && !nameDamage() { measureID() }
    return nil
  }

  /// Looks at what a well-formed id says about itself.
  private mutating func accept(_ id: ObjectID) -> ObjectID? {
    if id.isZero {
      fail(.objectidNull)
      return nil
    }
    if id.isRounded {
      fail(.objectidRounded, number: id.trailingZeroDigitCount)
      return nil
    }
    let second = id.secondsSince1970
    if !Self.plausibleSeconds.contains(second) {
      warn(
        .objectidImplausibleTime,
        text: explaining ? CalendarDate(secondsSince1970: second).description : nil
      )
    }
    suggest(id.description)
    return isRepaired && !takesRepairs ? nil : id
  }

  /// Takes off quotes, and the writing of shells and exports around an id.
  private mutating func unwrapID() {
    var count = -1
    while count != text.count {
      count = text.count
      if text.unwrapObjectIDCall() || text.unwrapExtendedJSON() {
        note(.objectidWrapped)
      } else {
        unwrapOnce()
      }
    }
  }

  /// The plain rule: 24 characters, each 0 to 9 or a to f.
  private mutating func measureID() {
    let count = text.count
    if let place = text.firstNonHexDigit {
      if count != 24 { fail(.objectidWrongLength, number: count, limit: 24) }
      fail(.objectidNotHex, at: place)
    } else {
      fail(.objectidWrongLength, number: count, limit: 24)
    }
  }
}

extension CellText {
  /// Whether there are just hexadecimal digits, and so many that nothing else can be meant than an id
  /// that lost or won some: numbers of 15 digits, base64 of 16 and UUIDs of 32 have names of their own.
  ///
  /// Only a packed text, which most such are, is looked at; any other goes the long way to the same.
  fileprivate var isHexadecimalOfWrongLength: Bool {
    isPacked && count > 16 && count < 32 && count != 24 && firstNonHexDigit == nil
  }

  /// The id that the text writes out, if it is 24 hexadecimal digits.
  var objectID: ObjectID? {
    guard count == 24, firstNonHexDigit == nil else { return nil }
    return lookalikeObjectID
  }

  /// The id that the text writes out once look-alikes are taken for the digits they look like.
  var lookalikeObjectID: ObjectID? {
    guard count == 24, let high = lookalikeHexNumber(0..<16),
      let low = lookalikeHexNumber(16..<24)
    else { return nil }
    return ObjectID(high: high, low: UInt32(truncatingIfNeeded: low))
  }

  /// The number that up to 16 hexadecimal digits or their look-alikes write out.
  private func lookalikeHexNumber(_ range: Range<Int>) -> UInt64? {
    var number: UInt64 = 0
    for place in range {
      let character = self[place]
      let (decimal, letter) = (character.value &- 0x30, (character.value | 0x20) &- 0x61)
      if decimal < 10 {
        number = number &<< 4 | UInt64(decimal)
      } else if letter < 6 {
        number = number &<< 4 | UInt64(letter &+ 10)
      } else if let digit = character.hexLookalike?.hexDigitValue {
        number = number &<< 4 | UInt64(digit)
      } else {
        return nil
      }
    }
    return number
  }

  /// Turns `ObjectId("...")` into what is in the parentheses.
  mutating func unwrapObjectIDCall() -> Bool {
    guard last == ")" else { return false }
    var place = reads("new ") ? 4 : 0
    guard reads("objectid", at: place) else { return false }
    place += 8
    while place < count && self[place] == " " { place += 1 }
    guard place < count - 1, self[place] == "(" else { return false }
    keep(place + 1..<count - 1)
    trim()
    dropQuotes()
    return true
  }

  /// Turns `{"$oid":"..."}` into the inner text, with or without doubled quotes.
  mutating func unwrapExtendedJSON() -> Bool {
    guard first == "{", last == "}" else { return false }
    var place = 1
    skipQuotes(&place)
    guard reads("$oid", at: place) else { return false }
    place += 4
    skipQuotes(&place)
    guard place < count - 1, self[place] == ":" else { return false }
    keep(place + 1..<count - 1)
    trim()
    dropQuotes()
    return true
  }

  private func skipQuotes(_ place: inout Int) {
    while place < count, self[place] == " " || self[place] == "\"" || self[place] == "'" {
      place += 1
    }
  }

  /// Takes off a pair of quotes, or a pair of doubled ones.
  private mutating func dropQuotes() {
    for _ in 0..<2 {
      guard count > 1, let first, first == last, first == "\"" || first == "'" else { return }
      keep(1..<count - 1)
      trim()
    }
  }
}

extension ObjectID {
  /// Whether a database can have given the id to a user.
  var canBeGiven: Bool { !isZero && !isRounded }

  /// Whether the id was a number to a spreadsheet, which keeps 15 digits and writes zeros for the
  /// rest.
  fileprivate var isRounded: Bool { trailingZeroDigitCount >= 9 && hasOnlyDecimalDigits }

  /// Zeros at the end of the 24 digits.
  fileprivate var trailingZeroDigitCount: Int {
    low != 0 ? low.trailingZeroBitCount / 4 : 8 + high.trailingZeroBitCount / 4
  }

  /// Whether none of the 24 digits is a letter.
  fileprivate var hasOnlyDecimalDigits: Bool {
    for place in 0..<16 where (high >> UInt64(4 * place)) & 15 > 9 { return false }
    for place in 0..<8 where (low >> UInt32(4 * place)) & 15 > 9 { return false }
    return true
  }
}
