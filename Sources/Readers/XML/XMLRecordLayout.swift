/// Where the parts of one well-formed element are in its text.
struct XMLRecordLayout {
  /// The end of the start tag: its `>` or `/>`.
  private(set) var startTagEnd = 0
  /// The end of the start tag's last attribute, or of its name.
  private(set) var attributesEnd = 0
  /// The `<` of the end tag; the end of the start tag when there is none.
  private(set) var endTag = 0
  /// Whether it has elements other than those looked for.
  private(set) var hasElements = false
  /// Attributes, with the white space before them, and elements that have the names looked for.
  private(set) var found: [Range<Int>] = []

  private let bytes: [UInt8]
  private let names: [[UInt8]]

  /// Finds the parts of an element.
  init(_ bytes: [UInt8], looksFor names: [[UInt8]]) {
    self.bytes = bytes
    self.names = names
    readStartTag()
    endTag = startTagEnd
    if !starts("/", at: startTagEnd) { readContent() }
  }

  private mutating func readStartTag() {
    var index = 1
    while index < bytes.count && !Self.isBlankOrEnd(bytes[index]) { index += 1 }
    attributesEnd = index
    while index < bytes.count {
      let start = index
      while index < bytes.count && Self.isBlank(bytes[index]) { index += 1 }
      if index == bytes.count || bytes[index] == 0x3E || bytes[index] == 0x2F { break }
      let nameStart = index
      while index < bytes.count && bytes[index] != 0x3D && !Self.isBlank(bytes[index]) {
        index += 1
      }
      let name = bytes[nameStart..<index]
      while index < bytes.count && bytes[index] != 0x22 && bytes[index] != 0x27 { index += 1 }
      guard index < bytes.count else { break }
      index = (bytes[(index + 1)...].firstIndex(of: bytes[index]) ?? bytes.count - 1) + 1
      attributesEnd = index
      if names.contains(Array(name)) { found.append(start..<index) }
    }
    startTagEnd = index
  }

  private mutating func readContent() {
    var depth = 0
    var wantedStart: Int?
    var index = startTagEnd + 1
    while let tag = bytes[min(index, bytes.count)...].firstIndex(of: 0x3C) {
      if starts("<!--", at: tag) {
        index = end(of: "-->", from: tag + 4)
      } else if starts("<![CDATA[", at: tag) {
        index = end(of: "]]>", from: tag + 9)
      } else if starts("<?", at: tag) {
        index = end(of: "?>", from: tag + 2)
      } else if starts("</", at: tag) {
        index = end(of: ">", from: tag)
        if depth == 0 {
          endTag = tag
          return
        }
        depth -= 1
        if depth == 0, let start = wantedStart {
          found.append(start..<index)
          wantedStart = nil
        }
      } else {
        let name = bytes[(tag + 1)...].prefix { !Self.isBlankOrEnd($0) }
        let isWanted = depth == 0 && names.contains(Array(name))
        if depth == 0 && !isWanted { hasElements = true }
        index = endOfTag(from: tag)
        if bytes[index - 2] != 0x2F {
          depth += 1
          if isWanted { wantedStart = tag }
        } else if isWanted {
          found.append(tag..<index)
        }
      }
    }
  }

  private func starts(_ text: StaticString, at index: Int) -> Bool {
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[index...].starts(with: $0) }
  }

  /// The place after the next occurrence of a text.
  private func end(of text: StaticString, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if starts(text, at: index) { return index + text.utf8CodeUnitCount }
      index += 1
    }
    return bytes.count
  }

  /// The place after the `>` of a tag; a `>` in quotes is none.
  private func endOfTag(from start: Int) -> Int {
    var quote: UInt8 = 0
    for index in start..<bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return index + 1
      }
    }
    return bytes.count
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isBlankOrEnd(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == 0x3E || byte == 0x2F
  }
}
