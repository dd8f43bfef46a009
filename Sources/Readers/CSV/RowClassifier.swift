import Bytes
import Rows

/// Tells records that are data from those that only stand between data.
struct RowClassifier {
  /// Fields a data row should have; `nil` when that is not known yet.
  let expectedWidth: Int?
  private var header: [[UInt8]]?
  private let quote: UInt8
  /// Whether records may be comments: not where number signs part or quote fields.
  private let hasComments: Bool
  /// For each byte, whether a record that begins with it may be taken so, and whether it may read
  /// like a footer.
  private let initials: [Initial]

  private struct Initial: BitwiseCopyable {
    var canBeginPlain: Bool
    var canBeginFooter: Bool
  }

  /// Makes the classifier of one input.
  init(expectedWidth: Int?, repeatedHeader: [String]?, delimiter: UInt8, quote: UInt8) {
    self.expectedWidth = expectedWidth
    header = repeatedHeader.map { names in names.map { Array($0.utf8) } }
    if let first = header?.first, first.starts(with: [0xEF, 0xBB, 0xBF]) {
      header?[0].removeFirst(3)
    }
    self.quote = quote
    hasComments = delimiter != UInt8(ascii: "#") && quote != UInt8(ascii: "#")
    let initial = header?.first?.first
    let mark: UInt8 = 0xEF
    initials = (UInt8.min...UInt8.max).map { byte in
      Initial(
        // Blank rows may begin with white space, comments begin with a number sign, and headers with
        // their first name, behind a byte order mark where files were joined.
        canBeginPlain: byte > 0x20 && byte != UInt8(ascii: "#") && byte != mark && byte != initial,
        canBeginFooter: FooterWords.canBegin(with: byte)
      )
    }
  }

  /// Whether a record whose first value begins with a byte is data, given that it has one line and the
  /// expected width.
  func canBeginPlain(_ byte: UInt8) -> Bool { initials[Int(byte)].canBeginPlain }

  /// Whether a record whose first field begins with a byte may read like a footer.
  func canBeginFooter(_ byte: UInt8) -> Bool { initials[Int(byte)].canBeginFooter }

  /// Whether the fields from `first` on hold nothing but spaces and tabs.
  func areBlank(
    _ fields: borrowing PackedArray<ByteRange>,
    from first: Int,
    in bytes: Span<UInt8>
  ) -> Bool {
    var index = first
    while index < fields.count {
      if !isBlank(fields[index], in: bytes) { return false }
      index += 1
    }
    return true
  }

  /// Whether a record that does not fit the width is a comment.
  ///
  /// `#N/A` and its like are cells that a spreadsheet could not compute.
  func isComment(start: Int, firstField: ByteRange, in bytes: Span<UInt8>) -> Bool {
    guard hasComments, bytes[start] == UInt8(ascii: "#") else { return false }
    for literal in Self.errorLiterals where equals(literal, firstField, in: bytes) { return false }
    return true
  }

  /// Whether the fields from `first` on are the header's names.
  ///
  /// Quotes inside quotes are still doubled then. Files that were joined leave their byte order mark
  /// before the names.
  func isHeader(
    _ fields: borrowing PackedArray<ByteRange>,
    from first: Int,
    in bytes: Span<UInt8>
  ) -> Bool {
    guard let header, fields.count - first == header.count else { return false }
    guard equals(header[0], withoutMark(fields[first], in: bytes), in: bytes) else { return false }
    for column in header.indices.dropFirst() {
      guard equals(header[column], fields[first + column], in: bytes) else { return false }
    }
    return true
  }

  /// A field without the byte order mark (`EF BB BF`) it begins with, and without the quotes behind
  /// that.
  private func withoutMark(_ field: ByteRange, in bytes: Span<UInt8>) -> ByteRange {
    let start = Int(field.start)
    guard field.count > 3, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF
    else { return field }
    var place = start + 3
    var rest = Int(field.count) - 3
    if rest >= 2, bytes[place] == quote, bytes[place + rest - 1] == quote {
      place += 1
      rest -= 2
    }
    return ByteRange(place..<place + rest)
  }

  /// Whether the fields of a record, of which `range` are the indexes, read like a total below the
  /// data.
  func looksLikeFooter(
    _ fields: borrowing PackedArray<ByteRange>,
    _ range: Range<Int>,
    in bytes: Span<UInt8>
  ) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, isBlank(fields[index], in: bytes) { index += 1 }
    guard index < range.upperBound, FooterWords.begin(fields[index], in: bytes) else {
      return false
    }
    var filledCount = 0
    while index < range.upperBound {
      if !isBlank(fields[index], in: bytes) { filledCount += 1 }
      index += 1
    }
    // A label and its figure, however narrow the table is.
    return filledCount <= 2 || 2 * filledCount <= max(range.count, expectedWidth ?? 0)
  }

  @inline(__always)
  private func isBlank(_ field: ByteRange, in bytes: Span<UInt8>) -> Bool {
    bytes.areBlank(field.range)
  }

  /// Whether a field says `text`, with doubled quotes taken for one.
  private func equals(_ text: [UInt8], _ field: ByteRange, in bytes: Span<UInt8>) -> Bool {
    guard Int(field.count) >= text.count else { return false }
    var place = Int(field.start)
    let end = place + Int(field.count)
    for byte in text {
      guard place < end, bytes[place] == byte else { return false }
      let isDoubled = byte == quote && place + 1 < end && bytes[place + 1] == quote
      place += isDoubled ? 2 : 1
    }
    return place == end
  }

  /// What spreadsheets write for a cell they could not compute, English and German.
  private static let errorLiterals: [[UInt8]] = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#FIELD!", "#GETTING_DATA", "#UNKNOWN!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#NV", "#WERT!",
    "#BEZUG!", "#ZAHL!",
  ].map { Array($0.utf8) }
}

extension Span<UInt8> {
  /// Whether the bytes of a range are all spaces and tabs.
  @inline(__always)
  func areBlank(_ range: Range<Int>) -> Bool {
    for place in range where self[place] != 0x20 && self[place] != 0x09 { return false }
    return true
  }
}
