import Bytes
import Rows

/// The words that begin a total or a closing remark below the data.
enum FooterWords {
  /// Whether a field begins with one of them, in either case and as a whole word.
  static func begin(_ field: ByteRange, in bytes: Span<UInt8>) -> Bool {
    var start = Int(field.start)
    let end = start + Int(field.count)
    while start < end, isOrnament(bytes[start]) { start += 1 }
    guard start < end else { return false }
    // Nearly all rows end here: their first letter, if it is one, begins no footer word.
    guard isInitial(bytes[start]) else { return false }
    guard end - start >= 2, isLetter(bytes[start + 1], of: seconds) else { return false }
    let initial = bytes[start] | 0x20
    for word in words where word[0] == initial && matches(word, in: bytes, from: start, to: end) {
      return true
    }
    return false
  }

  /// Whether a field that begins with a byte can begin with one of the words.
  static func canBegin(with byte: UInt8) -> Bool { isOrnament(byte) || isInitial(byte) }

  private static func isInitial(_ byte: UInt8) -> Bool { isLetter(byte, of: initials) }

  /// Whether a byte is one of some letters, in either case.
  private static func isLetter(_ byte: UInt8, of letters: UInt32) -> Bool {
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 26 && letters & (1 << UInt32(letter)) != 0
  }

  private static func matches(
    _ word: [UInt8],
    in bytes: Span<UInt8>,
    from start: Int,
    to end: Int
  ) -> Bool {
    guard end - start >= word.count else { return false }
    for place in word.indices {
      let byte = bytes[start + place]
      let lowered = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      guard lowered == word[place] else { return false }
    }
    return endsWord(at: start + word.count, in: bytes, to: end)
  }

  /// Whether no word goes on at `place`; names and addresses go on behind `.`, `-`, `@` and `'`.
  private static func endsWord(at place: Int, in bytes: Span<UInt8>, to end: Int) -> Bool {
    guard place < end else { return true }
    let byte = bytes[place]
    if isWordByte(byte) { return false }
    let isJoint = byte == 0x2E || byte == 0x2D || byte == 0x40 || byte == 0x27
    return !(isJoint && place + 1 < end && isWordByte(bytes[place + 1]))
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }

  /// White space and the signs that closing remarks are decorated with.
  private static func isOrnament(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x2A, 0x2D, 0x3D: true
    default: false
    }
  }

  private static let words: [[UInt8]] = [
    "total", "totals", "grand total", "grand totals", "subtotal", "subtotals", "sub total",
    "sub-total", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme", "count", "row count",
    "record count", "rows", "records", "report generated", "report created", "end of report",
    "end of file",
  ].map { Array($0.utf8) }

  /// The first letters of the words, and the second ones.
  private static let initials = letters(at: 0)
  private static let seconds = letters(at: 1)

  private static func letters(at place: Int) -> UInt32 {
    words.reduce(0) { $0 | 1 << UInt32($1[place] - UInt8(ascii: "a")) }
  }
}
