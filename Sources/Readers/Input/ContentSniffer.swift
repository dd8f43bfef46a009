import Bytes
import ImportModel

/// Tells from an input's beginning what it is, and what it is not.
enum ContentSniffer {
  /// What decoded text looks like.
  enum Content: Equatable {
    /// Nothing but white space so far.
    case blank
    case csv, xml, html, json
  }

  /// Looks for files that cannot be ours, whatever their text says.
  ///
  /// - Parameters:
  ///   - head: the first bytes, before decoding.
  ///   - isWide: whether they are UTF-16 or UTF-32, in which zeros are usual.
  /// - Returns: why the input is refused; `nil` when it may be one of ours.
  static func refusal(of head: [UInt8], isWide: Bool) -> Finding? {
    if head.isEmpty { return Finding(.fileEmpty, .refusal) }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zip(head) }
    for (magic, kind) in compressed where head.starts(with: magic) {
      return Finding(.fileIsCompressed, .refusal, text: kind)
    }
    if head.dropFirst(257).starts(with: Array("ustar".utf8)) {
      return Finding(.fileIsCompressed, .refusal, text: "tar")
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return Finding(.fileIsXLS, .refusal)
    }
    for (magic, kind) in binary where head.starts(with: magic) {
      return Finding(.fileIsBinary, .refusal, text: kind)
    }
    return !isWide && isMostlyControl(head) ? Finding(.fileIsBinary, .refusal) : nil
  }

  /// What the text at an input's beginning looks like.
  static func content(of text: Span<UInt8>) -> Content {
    var rest = Array(String(utf8: text).utf8.drop { isSpace($0) })[...]
    guard let first = rest.first else { return .blank }
    switch first {
    case UInt8(ascii: "<"):
      // A declaration and comments may stand before the first element.
      while let end = ["<!--": "-->", "<?": "?>"].first(where: { starts(rest, $0.key) })?.value {
        guard let close = place(of: end, in: rest) else { break }
        rest = rest[(close + end.utf8.count)...].drop { isSpace($0) }
      }
      let isHTML = ["<!doctype html", "<html", "<head", "<body"].contains { starts(rest, $0) }
      return isHTML ? .html : .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return looksLikeJSON(rest) ? .json : .csv
    default:
      return .csv
    }
  }

  private static let compressed: [([UInt8], String)] = [
    ([0x1F, 0x8B], "gzip"), ([0x1F, 0x9D], "compress"),
    (Array("BZh".utf8), "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
    ([0x04, 0x22, 0x4D, 0x18], "lz4"), (Array("Rar!".utf8) + [0x1A, 0x07], "rar"),
    ([0x50, 0x4B, 0x05, 0x06], "zip"), ([0x50, 0x4B, 0x07, 0x08], "zip"),
  ]

  private static let binary: [([UInt8], String)] = [
    (Array("%PDF-".utf8), "PDF"), ([0x89] + Array("PNG".utf8), "PNG"),
    ([0xFF, 0xD8, 0xFF], "JPEG"), (Array("GIF8".utf8), "GIF"),
    ([0x7F] + Array("ELF".utf8), "ELF"), (Array("SQLite format 3".utf8) + [0], "SQLite"),
    (Array("PAR1".utf8), "Parquet"), (Array("{\\rtf".utf8), "RTF"),
  ]

  /// An Excel workbook is a zip file in whose beginning its parts are named.
  private static func zip(_ head: [UInt8]) -> Finding {
    var place = 0
    while place + 30 <= head.count {
      guard head[place...].starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
        place += 1
        continue
      }
      let length = Int(head[place + 26]) | Int(head[place + 27]) << 8
      let name = head[(place + 30)...].prefix(length)
      if name.elementsEqual("[Content_Types].xml".utf8) || name.starts(with: Array("xl/".utf8)) {
        return Finding(.fileIsXLSX, .refusal)
      }
      place += 30 + length
    }
    return Finding(.fileIsCompressed, .refusal, text: "zip")
  }

  /// Whether a text would not have that many zeros or control characters.
  private static func isMostlyControl(_ head: [UInt8]) -> Bool {
    let strange = head.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    return strange >= 8 && strange * 20 > head.count
  }

  /// An object or an array with something in it that JSON would have; `[id],[name]` has not.
  private static func looksLikeJSON(_ text: ArraySlice<UInt8>) -> Bool {
    let rest = text.dropFirst().drop { isSpace($0) }
    guard let next = rest.first else { return true }
    if text.first == UInt8(ascii: "{") { return next == 0x22 || next == UInt8(ascii: "}") }
    let words = ["{", "[", "]", "\"", "-", "true", "false", "null"]
    return (next >= 0x30 && next <= 0x39) || words.contains { starts(rest, $0) }
  }

  private static func starts(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
    text.prefix(word.utf8.count).elementsEqual(word.utf8) { byte, letter in
      letter == (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
  }

  private static func place(of word: String, in text: ArraySlice<UInt8>) -> Int? {
    let count = word.utf8.count
    guard text.count >= count else { return nil }
    return (text.startIndex...text.endIndex - count).first {
      text[$0..<$0 + count].elementsEqual(word.utf8)
    }
  }

  /// White space of ASCII.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
}
