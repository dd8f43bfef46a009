import CScan
import Glibc

/// Up to 64 characters of printable ASCII, and which of them are digits, letters and spaces.
///
/// In each mask bit 0 stands for the first character. What such a text looks like is asked of the
/// masks, a few instructions a question, and not of one character after the other.
package struct ShortText: ~Copyable, @unchecked Sendable {
  // Sendable: the value owns its characters alone, and a noncopyable value has one owner at a time.
  // They lie in a block of their own, for in the value they would be copied at every look.

  /// Characters that there is room for.
  package static var capacity: Int { 64 }

  /// Number of characters.
  package private(set) var count = 0
  /// The digits 0 to 9.
  package private(set) var digits: UInt64 = 0
  /// The letters of either case.
  package private(set) var letters: UInt64 = 0
  /// The letters A to F of either case.
  package private(set) var hexLetters: UInt64 = 0
  /// Plain spaces.
  package private(set) var spaces: UInt64 = 0

  /// The characters, with at least a word of zeros behind the last.
  private let base: UnsafeMutablePointer<UInt8>

  /// Makes an empty text.
  package init() {
    base = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.capacity + 8)
    memset(base, 0, Self.capacity + 8)
  }

  deinit { base.deallocate() }

  /// The character at a place.
  @inline(__always)
  package subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < count, "a place outside the text")
    return base[place]
  }

  /// Takes over bytes; `false`, with the text in no good state, when they are not what it can hold.
  package mutating func load(_ bytes: Span<UInt8>) -> Bool {
    guard set(bytes) else { return false }
    let kinds = scan_kinds64(base, UInt64(count))
    digits = kinds.digits
    letters = kinds.letters
    hexLetters = kinds.hex_letters
    spaces = kinds.spaces
    return kinds.strange == 0
  }

  /// Likewise, one byte after the other: the rule that the fast way must equal.
  package mutating func plainLoad(_ bytes: Span<UInt8>) -> Bool {
    guard set(bytes) else { return false }
    (digits, letters, hexLetters, spaces) = (0, 0, 0, 0)
    for place in bytes.indices {
      let bit: UInt64 = 1 << UInt64(place)
      switch bytes[place] {
      case 0x20: spaces |= bit
      case 0x30...0x39: digits |= bit
      case 0x41...0x46, 0x61...0x66:
        letters |= bit
        hexLetters |= bit
      case 0x41...0x5A, 0x61...0x7A: letters |= bit
      case 0x20..<0x7F: break
      default: return false
      }
    }
    return true
  }

  /// The places of a character.
  package func places(of character: UInt8) -> UInt64 { places(of: character, under: 0) }

  /// The places of a letter in either case, of which the lower one is given.
  package func places(ofLetter letter: UInt8) -> UInt64 { places(of: letter, under: 0x20) }

  /// The places of those characters that are like one once the bits of a mask are set in them.
  @inline(__always)
  private func places(of character: UInt8, under mask: UInt8) -> UInt64 {
    let (repeated, masks) = (UInt64(character) &* Self.ones, UInt64(mask) &* Self.ones)
    var places: UInt64 = 0
    var place = 0
    while place < count {
      // The high bit of a byte is set unless it is the character, which none behind the text is.
      let other = ((uncheckedWord(at: place) | masks) ^ repeated) &+ 0x7F &* Self.ones
      places |= Self.bits(of: ~other & Self.highs) &<< UInt64(place)
      place &+= 8
    }
    return places
  }

  /// Eight characters from a place on in lower case, the first one lowest, with zeros behind the last.
  @inline(__always)
  package func loweredWord(at place: Int) -> UInt64 {
    guard place >= 0 && place < count else { return 0 }
    let word = uncheckedWord(at: place)
    let lowered = word | 0x20 &* Self.ones
    let letters = Self.from(0x61, lowered) & ~Self.from(0x7B, lowered)
    return word | letters &>> 2
  }

  /// Takes over the characters, if there is room for them.
  private mutating func set(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= Self.capacity else { return false }
    count = bytes.count
    bytes.withUnsafeBufferPointer { bytes in
      if let source = bytes.baseAddress { memcpy(base, source, bytes.count) }
    }
    UnsafeMutableRawPointer(base + count).storeBytes(of: 0, as: UInt64.self)
    return true
  }

  /// Eight characters from a place on, at most the last of the text.
  @inline(__always)
  private func uncheckedWord(at place: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var highs: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bits of those bytes of a word of ASCII that are not below a value; no byte can carry.
  @inline(__always)
  private static func from(_ value: UInt64, _ word: UInt64) -> UInt64 {
    (word &+ (0x80 &- value) &* ones) & highs
  }

  /// The high bits of a word's bytes, side by side: each is moved up by a factor of its own.
  @inline(__always)
  private static func bits(of highs: UInt64) -> UInt64 {
    ((highs &>> 7) &* 0x0102_0408_1020_4080) &>> 56
  }
}
