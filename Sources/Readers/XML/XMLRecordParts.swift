/// A record's own bytes, taken apart into markup and values, when there is nothing in them but tags,
/// attributes, white space and plain text.
///
/// The record is one that the parser has read, so that its markup need not be checked again.
struct XMLRecordParts {
  /// A value and what it is told apart by.
  struct Value {
    /// Where it stands in the record.
    var range: Range<Int>
    /// What ends it: a quote, or `<`.
    var closing: UInt8
    /// The names of the open elements; for an attribute also those before it in its tag, and its quote.
    var key: [UInt8]
  }

  /// Markup up to a value or to the end of the record.
  struct Part {
    /// Where it stands in the record.
    var markup: Range<Int>
    /// The number of elements in it that are written as empty ones, and have no text therefore.
    var emptyCount: Int
    /// The value after it; `nil` at the end.
    var value: Value?
  }

  /// The parts in order, the last one without a value.
  private(set) var parts: [Part] = []

  private let bytes: [UInt8]
  private var index = 0
  private var markupStart = 0
  private var emptyCount = 0
  /// The path of the open elements, and its length at each of them.
  private var path: [UInt8] = []
  private var pathEnds: [Int] = []
  /// Bytes of all keys so far, which can be far more than those of the record.
  private var keyByteCount = 0
  private static let maximumKeyByteCount = 1 << 18

  /// Takes a record apart; `nil` when it holds something else.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    repeat {
      guard next == 0x3C, readTag() else { return nil }
    } while !pathEnds.isEmpty
    guard index == bytes.count else { return nil }
    parts.append(Part(markup: markupStart..<index, emptyCount: emptyCount, value: nil))
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Reads a tag and the text after it, if that is not behind the record.
  private mutating func readTag() -> Bool {
    index += 1
    guard let first = next, first != 0x21, first != 0x3F else { return false }
    if first == 0x2F {
      guard let end = bytes[index...].firstIndex(of: 0x3E), let last = pathEnds.popLast()
      else { return false }
      path.removeSubrange(last...)
      index = end + 1
      return readBlanks()
    }
    let start = index
    while let byte = next, !Self.endsName(byte) { index += 1 }
    pathEnds.append(path.count)
    path += bytes[start..<index]
    path.append(0x2F)
    guard readAttributes() else { return false }
    if next == 0x2F {
      index += 2
      guard let last = pathEnds.popLast() else { return false }
      path.removeSubrange(last...)
      if !pathEnds.isEmpty { emptyCount += 1 }
      return readBlanks()
    }
    index += 1
    return readContent()
  }

  private mutating func readAttributes() -> Bool {
    var key = path
    while true {
      skipBlanks()
      guard let byte = next else { return false }
      if byte == 0x3E || byte == 0x2F { return true }
      let start = index
      while let byte = next, byte != 0x3D, !Self.isBlank(byte) { index += 1 }
      let name = bytes[start..<index]
      // What a declaration does is not known from its text.
      if name.starts(with: "xmlns".utf8) { return false }
      while let byte = next, byte != 0x22, byte != 0x27 { index += 1 }
      guard let quote = next, let end = bytes[(index + 1)...].firstIndex(of: quote)
      else { return false }
      index += 1
      key += [0x40] + name + [quote]
      guard add(Value(range: index..<end, closing: quote, key: key)) else { return false }
      index = end + 1
    }
  }

  /// Reads the text after a start tag: the value of an element that has no elements, or white space.
  private mutating func readContent() -> Bool {
    guard let end = bytes[index...].firstIndex(of: 0x3C), end + 1 < bytes.count
    else { return false }
    guard bytes[end + 1] == 0x2F else { return readBlanks() }
    // Whether the text of the record itself is a field depends on the text.
    guard pathEnds.count > 1 else { return false }
    defer { index = end }
    return add(Value(range: index..<end, closing: 0x3C, key: path))
  }

  private mutating func readBlanks() -> Bool {
    if pathEnds.isEmpty { return true }
    skipBlanks()
    return next == 0x3C
  }

  private mutating func skipBlanks() {
    while let byte = next, Self.isBlank(byte) { index += 1 }
  }

  /// Adds a value and the markup before it; `false` when there is too much to tell them apart by.
  private mutating func add(_ value: Value) -> Bool {
    keyByteCount += value.key.count
    guard keyByteCount <= Self.maximumKeyByteCount else { return false }
    let markup = markupStart..<value.range.lowerBound
    parts.append(Part(markup: markup, emptyCount: emptyCount, value: value))
    markupStart = value.range.upperBound
    emptyCount = 0
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == 0x3E || byte == 0x2F
  }
}
