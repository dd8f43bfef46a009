import Bytes

/// The text of one cell as Unicode scalars, in memory that is reused from cell to cell.
///
/// Only the window from `start` to `end` counts: taking something off an end moves the window, so
/// that peeling a cell layer by layer copies nothing. Which characters a cell has at all is noted when
/// it is loaded, so that most questions are answered without a walk through it.
struct CellText {
  private var scalars: [Unicode.Scalar] = []
  /// All characters that the text had since it was loaded, and perhaps does not have any more.
  private(set) var characters = CellCharacters()
  private var start = 0
  private var end = 0

  /// Runs of the same kind of character, once `tokenize` ran.
  private(set) var tokens: [CellToken] = []

  /// Number of characters.
  var count: Int { end - start }

  var isEmpty: Bool { start == end }

  var first: Unicode.Scalar? { isEmpty ? nil : scalars[start] }

  var last: Unicode.Scalar? { isEmpty ? nil : scalars[end - 1] }

  /// The character at a place, from 0.
  subscript(place: Int) -> Unicode.Scalar {
    get { scalars[start + place] }
    set {
      scalars[start + place] = newValue
      characters.insert(newValue)
    }
  }

  /// Takes over the text of a cell; bytes that are not UTF-8 become U+FFFD.
  mutating func load(_ bytes: Span<UInt8>) {
    if scalars.count < bytes.count {
      scalars.append(contentsOf: repeatElement(" ", count: bytes.count - scalars.count))
    }
    var characters = CellCharacters()
    var count = 0
    var index = 0
    var target = scalars.mutableSpan
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        target[count] = Unicode.Scalar(byte)
        characters.insert(ascii: byte)
        index += 1
      } else {
        let character = UTF8Text.character(in: bytes, at: index)
        target[count] = character.scalar
        characters.insert(character.scalar)
        index += character.byteCount
      }
      count += 1
    }
    self.characters = characters
    start = 0
    end = count
  }

  /// Lets go of the text.
  mutating func forget() {
    start = 0
    end = 0
  }

  /// The position of a place in the whole cell, from 1: what was taken off its front counts.
  func position(of place: Int) -> Int { start + place + 1 }

  mutating func dropFirst(_ number: Int = 1) { start = min(start + number, end) }

  mutating func dropLast(_ number: Int = 1) { end = max(end - number, start) }

  /// Keeps the characters of the range.
  mutating func keep(_ range: Range<Int>) {
    end = start + range.upperBound
    start += range.lowerBound
  }

  /// Removes the characters that the closure names.
  mutating func removeAll(where isUnwanted: (Unicode.Scalar) -> Bool) {
    var target = start
    for place in start..<end where !isUnwanted(scalars[place]) {
      scalars[target] = scalars[place]
      target += 1
    }
    end = target
  }

  /// Takes spaces off both ends.
  mutating func trim() {
    while start < end && scalars[start] == " " { start += 1 }
    while end > start && scalars[end - 1] == " " { end -= 1 }
  }

  /// The text.
  var string: String { string(0..<count) }

  /// Part of the text.
  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for place in range { view.append(self[place]) }
    return String(view)
  }

  /// The characters that the closure names, in order.
  func string(where isWanted: (Unicode.Scalar) -> Bool) -> String {
    var view = String.UnicodeScalarView()
    for place in start..<end where isWanted(scalars[place]) { view.append(scalars[place]) }
    return String(view)
  }

  /// The place of the first character that the closure names.
  func firstIndex(where isWanted: (Unicode.Scalar) -> Bool) -> Int? {
    for place in start..<end where isWanted(scalars[place]) { return place - start }
    return nil
  }

  func contains(where isWanted: (Unicode.Scalar) -> Bool) -> Bool {
    firstIndex(where: isWanted) != nil
  }

  func allSatisfy(_ isWanted: (Unicode.Scalar) -> Bool) -> Bool {
    firstIndex { !isWanted($0) } == nil
  }

  /// Whether the text at a place reads like a lower-case ASCII word; letter case does not matter.
  func reads(_ word: String, at place: Int = 0) -> Bool {
    guard word.utf8.count <= count - place else { return false }
    var index = start + place
    for letter in word.utf8 {
      guard scalars[index].lowered == Unicode.Scalar(letter) else { return false }
      index += 1
    }
    return true
  }

  /// Whether the whole text is one of these lower-case ASCII words; letter case does not matter.
  func isAny(of words: [String]) -> Bool {
    words.contains { $0.utf8.count == count && reads($0) }
  }

  /// Cuts the text into runs; at most `CellToken.limit` of them, which no known shape exceeds.
  mutating func tokenize() {
    tokens.removeAll(keepingCapacity: true)
    guard !isEmpty else { return }
    var place = 0
    var kind = CellToken.Kind(self[0])
    while place < count && tokens.count <= CellToken.limit {
      var end = place + 1
      var next = kind
      while end < count {
        next = CellToken.Kind(self[end])
        if next != kind || kind == .mark { break }
        end += 1
      }
      tokens.append(CellToken(kind: kind, start: place, count: end - place))
      place = end
      kind = next
    }
  }
}

/// A set of ASCII characters, and whether there are others.
struct CellCharacters {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Whether a character that is not ASCII is in it.
  private(set) var hasOthers = false

  /// Whether one of the digits 0 to 9 is in it.
  var hasDigits: Bool { low & 0x03FF_0000_0000_0000 != 0 }

  /// Whether nothing but ASCII letters and digits is in it.
  var isAlphanumeric: Bool {
    !hasOthers && low & ~0x03FF_0000_0000_0000 == 0 && high & ~0x07FF_FFFE_07FF_FFFE == 0
  }

  /// Whether a control character is in it, DEL included.
  var hasControls: Bool { low & 0xFFFF_FFFF != 0 || high & 1 << 63 != 0 }

  /// Whether an ASCII character is in it.
  func contains(_ character: Unicode.Scalar) -> Bool {
    let bit: UInt64 = 1 << UInt64(character.value & 63)
    return character.value < 64 ? low & bit != 0 : high & bit != 0
  }

  mutating func insert(_ character: Unicode.Scalar) {
    if character.isASCII {
      insert(ascii: UInt8(truncatingIfNeeded: character.value))
    } else {
      hasOthers = true
    }
  }

  @inline(__always)
  mutating func insert(ascii byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    if byte < 64 { low |= bit } else { high |= bit }
  }
}
