import Bytes

/// The text of one cell, in memory that is reused from cell to cell.
///
/// Only the window from `start` to `end` counts: taking something off an end moves the window, so
/// that peeling a cell layer by layer copies nothing. Most damaged cells are short and in plain ASCII:
/// such a text is held packed, and questions about it are answered by masks. Any other is held as
/// Unicode scalars; which characters it has at all is noted when it is loaded.
struct CellText: ~Copyable {
  /// Whether short plain texts are packed; the answers are the same either way.
  private let packs: Bool
  /// Whether the text is held in `short` and not in `scalars`.
  private(set) var isPacked = false
  private(set) var short = ShortText()
  private var scalars: [Unicode.Scalar] = []
  /// All characters that the scalars had since they were loaded, and perhaps do not have any more.
  private var characters = CellCharacters()
  private(set) var start = 0
  private(set) var end = 0

  /// Runs of the same kind of character, once `tokenize` ran.
  private(set) var tokens = CellTokens()

  init(packing: Bool) { packs = packing }

  /// Number of characters.
  var count: Int { end - start }

  var isEmpty: Bool { start == end }

  var first: Unicode.Scalar? { isEmpty ? nil : self[0] }

  var last: Unicode.Scalar? { isEmpty ? nil : self[count - 1] }

  /// The character at a place, from 0.
  subscript(place: Int) -> Unicode.Scalar {
    @inline(__always)
    get { isPacked ? Unicode.Scalar(short[start + place]) : scalars[start + place] }
    set {
      unpack()
      scalars[start + place] = newValue
      characters.insert(newValue)
    }
  }

  /// The window, as a mask of a packed text.
  @inline(__always)
  var window: UInt64 {
    start == end ? 0 : (UInt64.max &>> UInt64(ShortText.capacity &- count)) &<< UInt64(start)
  }

  /// Whether a character that is not ASCII may be in it.
  var hasOthers: Bool { !isPacked && characters.hasOthers }

  /// Whether a control character may be in it, DEL included.
  var hasControls: Bool { !isPacked && characters.hasControls }

  /// Whether nothing but ASCII letters and digits is in it, as far as can be said without a walk.
  @inline(__always)
  var isAlphanumeric: Bool {
    isPacked ? window & ~(short.digits | short.letters) == 0 : characters.isAlphanumeric
  }

  /// Whether a digit may be in it.
  var mayHaveDigits: Bool { isPacked ? short.digits & window != 0 : characters.hasDigits }

  /// Whether an ASCII character may be in it.
  func mayContain(_ character: Unicode.Scalar) -> Bool {
    guard isPacked else { return characters.contains(character) }
    return short.places(of: UInt8(truncatingIfNeeded: character.value)) & window != 0
  }

  /// Takes over the text of a cell; bytes that are not UTF-8 become U+FFFD.
  mutating func load(_ bytes: Span<UInt8>) {
    isPacked = packs && short.load(bytes)
    if isPacked {
      start = 0
      end = bytes.count
    } else {
      loadScalars(bytes)
    }
  }

  /// Goes over to scalars, so that characters can be replaced and left out.
  private mutating func unpack() {
    guard isPacked else { return }
    isPacked = false
    scalars.removeAll(keepingCapacity: true)
    characters = CellCharacters()
    for place in 0..<end {
      scalars.append(Unicode.Scalar(short[place]))
      characters.insert(ascii: short[place])
    }
  }

  private mutating func loadScalars(_ bytes: Span<UInt8>) {
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
    unpack()
    var target = start
    for place in start..<end where !isUnwanted(scalars[place]) {
      scalars[target] = scalars[place]
      target += 1
    }
    end = target
  }

  /// Takes spaces off both ends.
  mutating func trim() {
    while let first, first == " " { start += 1 }
    while let last, last == " " { end -= 1 }
  }

  /// The text.
  var string: String { string(0..<count) }

  /// Part of the text.
  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for place in range { view.append(self[place]) }
    return String(view)
  }

  /// The characters of a part of the text that the closure names, in order.
  func string(_ range: Range<Int>, where isWanted: (Unicode.Scalar) -> Bool) -> String {
    var view = String.UnicodeScalarView()
    for place in range where isWanted(self[place]) { view.append(self[place]) }
    return String(view)
  }

  /// The place of the first character that the closure names.
  func firstIndex(where isWanted: (Unicode.Scalar) -> Bool) -> Int? {
    for place in 0..<count where isWanted(self[place]) { return place }
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
    var index = place
    for letter in word.utf8 {
      guard self[index].lowered == Unicode.Scalar(letter) else { return false }
      index += 1
    }
    return true
  }

  /// A part of the text in lower case as a word; `nil` when it is too long for one, or not ASCII.
  func word(_ range: Range<Int>) -> CellWord? {
    guard range.count <= CellWord.capacity else { return nil }
    guard !isPacked else {
      let place = start + range.lowerBound
      return CellWord(short.loweredWord(at: place), short.loweredWord(at: place + 8), range.count)
    }
    var word = CellWord()
    for place in range {
      guard self[place].isASCII else { return nil }
      word.append(UInt8(truncatingIfNeeded: self[place].lowered.value))
    }
    return word
  }

  /// Whether the whole text is one of these words; letter case does not matter.
  func isAny(of words: [CellWord]) -> Bool {
    guard let word = word(0..<count) else { return false }
    return words.contains(word)
  }

  /// Cuts the text into runs; at most `CellTokens.limit` of them, which no known shape exceeds.
  mutating func tokenize() {
    guard !isPacked else { return tokenizePacked() }
    tokens.removeAll()
    guard !isEmpty else { return }
    var place = 0
    var kind = CellToken.Kind(self[0])
    while place < count && !tokens.isFull {
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

  private mutating func tokenizePacked() {
    tokens.removeAll()
    let window = window
    let (digits, letters) = (short.digits & window, short.letters & window)
    let spaces = short.spaces & window
    let marks = window & ~(digits | letters | spaces)
    // A run begins where the character before it is of another kind; a mark stands for itself.
    var starts =
      marks | digits & ~(digits << 1) | letters & ~(letters << 1) | spaces & ~(spaces << 1)
    while starts != 0 && !tokens.isFull {
      let place = starts.trailingZeroBitCount
      let bit = starts & (~starts &+ 1)
      starts ^= bit
      let next = starts == 0 ? end : starts.trailingZeroBitCount
      let kind: CellToken.Kind =
        if digits & bit != 0 {
          .digits
        } else if letters & bit != 0 {
          .letters
        } else {
          spaces & bit != 0 ? .space : .mark
        }
      tokens.append(CellToken(kind: kind, start: place - start, count: next - place))
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
