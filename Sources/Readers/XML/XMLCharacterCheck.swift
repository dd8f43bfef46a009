import Bytes
package import ImportModel

/// Looks through raw text for bytes that no XML document can hold, before the parser sees them.
///
/// libxml2 takes a NUL for the end of its buffer and stumbles over characters cut in two, so both
/// are settled here. It also counts lines, to say where a bad byte stands.
package struct XMLCharacterCheck {
  /// What a look at a piece of text found.
  package struct Result {
    /// Bytes from the front that are whole, allowed characters.
    package var validByteCount: Int
    /// What is wrong with the byte after them; `nil` also when a character is merely incomplete.
    package var finding: Finding?
  }

  /// The line that the next byte stands on, from 1.
  package private(set) var line: UInt32 = 1
  /// The place of the next byte on its line, in bytes from 1.
  package private(set) var column = 1

  /// Makes a check of a text from its beginning.
  package init() {}

  /// Looks at the next piece of the text and counts the lines of its valid part.
  package mutating func check(_ bytes: Span<UInt8>) -> Result {
    var index = 0
    var lineStart = 1 - column
    var finding: Finding?
    var nextBlock = 0
    while index < bytes.count {
      if index >= nextBlock {
        let run = BlockScan.textRun(of: bytes, from: index)
        line &+= UInt32(truncatingIfNeeded: run.lineFeedCount)
        if run.lineFeedCount > 0 { lineStart = index + run.lineStart }
        index += run.byteCount
        // What follows is strange, or less than a block.
        nextBlock = index + BlockScan.blockSize
        continue
      }
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x80 {
        index += 1
      } else if byte == 0x0A {
        index += 1
        line &+= 1
        lineStart = index
      } else if byte == 0x0D || byte == 0x09 {
        index += 1
      } else if byte < 0x20 {
        finding = Finding(.xmlInvalidChar, .refusal, number: Int(byte))
        break
      } else {
        let length = UTF8Text.sequenceLength(in: bytes, at: index)
        if length == 0 {
          if !Self.isIncomplete(bytes, from: index) {
            finding = Finding(.invalidUTF8, .refusal, number: Int(byte))
          }
          break
        }
        // U+FFFE and U+FFFF are not characters (XML 1.0, production 2).
        if byte == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE {
          let number = 0xFFFE + Int(bytes[index + 2] - 0xBE)
          finding = Finding(.xmlInvalidChar, .refusal, number: number)
          break
        }
        index += length
      }
    }
    column = index - lineStart + 1
    return Result(validByteCount: index, finding: finding)
  }

  /// Whether the bytes from `index` to the end are the beginning of a longer character.
  private static func isIncomplete(_ bytes: Span<UInt8>, from index: Int) -> Bool {
    let length =
      switch bytes[index] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard index + length > bytes.count else { return false }
    return (index + 1..<bytes.count).allSatisfy { bytes[$0] & 0xC0 == 0x80 }
  }
}
