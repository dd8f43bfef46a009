import Bytes

/// A run of the same kind of character in a cell.
struct CellToken: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    /// 0 to 9.
    case digits
    /// Letters of any script.
    case letters
    /// Plain spaces.
    case space
    /// One character of any other kind.
    case mark
  }

  var kind: Kind
  /// The place of the first character.
  var start: Int
  /// Number of characters.
  var count: Int

  /// The places of its characters.
  var range: Range<Int> { start..<start + count }
}

/// The runs of a cell, in order.
struct CellTokens: ~Copyable {
  private var tokens = PackedArray<CellToken>(minimumCapacity: limit + 1)

  /// Cells that are cut into more runs than this have no shape that is looked for.
  static var limit: Int { 48 }

  /// Whether there are more than the limit.
  var isFull: Bool { count > Self.limit }

  /// Number of runs.
  var count: Int { tokens.count }

  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> CellToken { tokens[index] }

  mutating func removeAll() { tokens.removeAll() }

  mutating func append(_ token: CellToken) { tokens.append(token) }

  /// The first run of a kind.
  func first(_ kind: CellToken.Kind) -> Int? {
    for index in 0..<count where tokens[index].kind == kind { return index }
    return nil
  }
}

/// A word of up to 16 ASCII characters in lower case, packed for comparing.
struct CellWord: Equatable, BitwiseCopyable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var count = 0

  /// Characters that there is room for.
  static var capacity: Int { 16 }

  /// Makes an empty word.
  init() {}

  /// Makes a word of the first characters of two times eight, the first one lowest.
  @inline(__always)
  init(_ first: UInt64, _ second: UInt64, _ count: Int) {
    self.count = count
    low = count >= 8 ? first : first & ((1 << UInt64(8 * count)) - 1)
    if count == 16 {
      high = second
    } else if count > 8 {
      high = second & ((1 << UInt64(8 * (count - 8))) - 1)
    }
  }

  mutating func append(_ character: UInt8) {
    precondition(count < Self.capacity, "a word that is too long")
    if count < 8 {
      low |= UInt64(character) << UInt64(8 * count)
    } else {
      high |= UInt64(character) << UInt64(8 * (count - 8))
    }
    count += 1
  }
}

extension CellWord: ExpressibleByStringLiteral {
  init(stringLiteral text: String) {
    for byte in text.utf8 { append(byte) }
  }
}

extension CellToken.Kind {
  /// The kind of a character.
  init(_ scalar: Unicode.Scalar) {
    if scalar.isDigit {
      self = .digits
    } else if (scalar.value | 0x20) &- 0x61 < 26 {
      self = .letters
    } else if scalar.isASCII {
      self = scalar.value == 0x20 ? .space : .mark
    } else {
      self = scalar.properties.isAlphabetic ? .letters : .mark
    }
  }
}

extension Unicode.Scalar {
  /// The lower-case form of an ASCII letter, any other character as it is.
  var lowered: Unicode.Scalar {
    value &- 0x41 < 26 ? Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) : self
  }

  var isDigit: Bool { value &- 0x30 < 10 }

  var isHexDigit: Bool { isDigit || (value | 0x20) &- 0x61 < 6 }

  /// A hyphen or a dash of any length.
  var isHyphen: Bool {
    switch self {
    case "-", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE63}": true
    default: false
    }
  }

  /// Spaces other than the plain one, some of which forbid a line break.
  var isWideSpace: Bool {
    switch self {
    case "\u{A0}", "\u{1680}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}": true
    default: false
    }
  }

  /// Characters that are not seen and mean nothing between digits.
  var isZeroWidth: Bool {
    switch self {
    case "\u{200B}"..."\u{200D}", "\u{2060}"..."\u{2064}", "\u{FEFF}", "\u{180E}": true
    default: false
    }
  }

  /// Marks that only set the direction of text.
  var isDirectionMark: Bool {
    switch self {
    case "\u{200E}", "\u{200F}", "\u{61C}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
    default: false
    }
  }

  /// Tabs and everything that ends a line.
  var isTabOrLineBreak: Bool {
    switch self {
    case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  /// Control characters other than tabs and line breaks (C0, DEL, C1).
  var isControl: Bool {
    (self < " " || ("\u{7F}"..."\u{9F}").contains(self)) && !isTabOrLineBreak
  }

  /// `U+200B`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
