import Bytes

/// A sentence with blanks, taken apart once and filled in for each finding.
///
///     {number} {limit}            a number of the finding
///     {number|digit|digits}       a number other than 0 with its noun, singular or plural
///     {byte}                      the number as two hexadecimal digits
///     {text} {suggestion}         a text, with characters that are not seen written out
///     {quoted} {suggested}        the same in quotes
///     {row} {rows}                another row: `row 7`, `rows 3 and 9`, `b.csv row 7`
///     [...]                       left out when something in it is not known
///
/// It owns its memory alone, so that filling it in counts no references.
struct ReasonTemplate: ~Copyable, Sendable {
  // These types are not private: the compiler (6.3.1) crashes at the class that holds an array of such.
  enum Part: BitwiseCopyable {
    case text(Constant)
    case blank(Blank)
    /// Parts behind it, left out together.
    case group(Group)
  }

  enum Blank: BitwiseCopyable {
    case number(Noun?)
    case limit(Noun?)
    case byte
    case text, quoted, suggestion, suggested
    case row, rows
  }

  struct Noun: BitwiseCopyable {
    var singular: Constant
    var plural: Constant
  }

  /// Where a text that is the same in all sentences lies, in each of their forms.
  struct Constant: BitwiseCopyable {
    var plain: ByteRange
    var json: ByteRange
  }

  struct Group: BitwiseCopyable {
    /// Number of its parts.
    var count = 0
    /// Whether it speaks of the number, of the limit, quotes the text.
    var saysNumber = false
    var saysLimit = false
    var quotesText = false
  }

  private var parts = PackedArray<Part>()
  /// The texts of the parts, one after the other, in both forms.
  private var bytes = ByteBuffer(minimumCapacity: 128)

  /// Takes a sentence apart.
  init(_ template: String) { take(Array(template.utf8)) }

  /// Makes a sentence without blanks, which has no marks for such either.
  init(constant text: [UInt8]) { parts.append(.text(keep(text[...]))) }

  /// Whether it has no blanks.
  var isConstant: Bool {
    for place in 0..<parts.count {
      guard case .text = parts[place] else { return false }
    }
    return true
  }

  /// The sentence without anything that findings know, or `nil` when it needs some of that.
  var general: String? {
    var text: [UInt8] = []
    var place = 0
    while place < parts.count {
      switch parts[place] {
      case .text(let constant): for index in constant.plain.range { text.append(bytes[index]) }
      case .blank: return nil
      case .group(let group): place += group.count
      }
      place += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the sentence.
  ///
  /// Without `saysText` parts that can be left out and quote the finding's text are left out.
  /// - Returns: `false`, with nothing added, when it needs something that the finding does not have.
  func append(
    for finding: CompactFinding,
    of list: borrowing FindingList,
    saysText: Bool = true,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) -> Bool {
    append(0..<parts.count, for: finding, of: list, saysText: saysText, as: form, to: &text)
  }

  private func append(
    _ range: Range<Int>,
    for finding: CompactFinding,
    of list: borrowing FindingList,
    saysText: Bool,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) -> Bool {
    let start = text.count
    var place = range.lowerBound
    while place < range.upperBound {
      switch parts[place] {
      case .text(let constant):
        append(constant, as: form, to: &text)
      case .blank(let blank):
        guard append(blank, of: finding, list, as: form, to: &text) else {
          text.removeSuffix(from: start)
          return false
        }
      case .group(let group):
        let isLeftOut =
          group.quotesText && !saysText || group.saysNumber && finding.number == 0
          || group.saysLimit && finding.limit == 0
        if !isLeftOut {
          let members = place + 1..<place + 1 + group.count
          _ = append(members, for: finding, of: list, saysText: true, as: form, to: &text)
        }
        place += group.count
      }
      place += 1
    }
    return true
  }

  /// Adds what belongs in a blank; returns `false` when that is not known.
  private func append(
    _ blank: Blank,
    of finding: CompactFinding,
    _ list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) -> Bool {
    switch blank {
    case .number(let noun): return append(finding.number, noun, as: form, to: &text)
    case .limit(let noun): return append(finding.limit, noun, as: form, to: &text)
    case .byte: Self.append(byte: finding.number, to: &text)
    case .row: Self.append(row: finding.number, list.span(finding.text), as: form, to: &text)
    case .text, .quoted, .rows:
      guard !finding.text.range.isEmpty else { return false }
      let value = list.span(finding.text)
      switch blank {
      case .text: form.append(visible: value, to: &text)
      case .quoted: form.append(quoted: value, to: &text)
      default: Self.append(rows: value, isOne: finding.number == 1, as: form, to: &text)
      }
    case .suggestion, .suggested:
      guard !finding.suggestion.range.isEmpty else { return false }
      let value = list.span(finding.suggestion)
      if case .suggested = blank {
        form.append(quoted: value, to: &text)
      } else {
        form.append(visible: value, to: &text)
      }
    }
    return true
  }

  /// Adds a number; one with its noun is not known when it is 0.
  private func append(
    _ number: Int,
    _ noun: Noun?,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) -> Bool {
    if noun != nil && number == 0 { return false }
    Self.append(number, to: &text)
    if let noun {
      text.append(" ")
      append(number == 1 ? noun.singular : noun.plural, as: form, to: &text)
    }
    return true
  }

  private func append(_ constant: Constant, as form: SentenceForm, to text: inout ByteBuffer) {
    text.append((form == .json ? constant.json : constant.plain).range, of: bytes)
  }

  private static func append(_ number: Int, to text: inout ByteBuffer) {
    if number < 0 { text.append("-") }
    text.append(decimal: UInt64(number.magnitude))
  }

  private static func append(byte: Int, to text: inout ByteBuffer) {
    let digits = String(byte, radix: 16, uppercase: true)
    if digits.utf8.count < 2 { text.append("0") }
    text.append(text: digits)
  }

  private static func append(
    row number: Int,
    _ name: Span<UInt8>,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    if name.indices.contains(where: { !isDigit(name[$0]) }) {
      form.append(visible: name, to: &text)
    } else {
      text.append("row ")
      append(number, to: &text)
    }
  }

  /// A list that begins with a row of the same input does not say yet that it is of rows.
  private static func append(
    rows names: Span<UInt8>,
    isOne: Bool,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    if isDigit(names[0]) && !isNamed(names) {
      if isOne { text.append("row ") } else { text.append("rows ") }
    }
    form.append(visible: names, to: &text)
  }

  /// Whether the word `row` stands behind the first one.
  private static func isNamed(_ names: Span<UInt8>) -> Bool {
    guard let space = names.firstIndex(of: 0x20, from: 0) else { return false }
    return names.count - space >= rowWord.count && names.agrees(with: rowWord.span, from: space)
  }

  private static let rowWord = Array(" row ".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension ReasonTemplate {
  /// Adds the parts of a template; returns what its blanks say.
  @discardableResult
  private mutating func take(_ template: [UInt8]) -> Group {
    var whole = Group()
    var rest = template[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "{"):
        let blank = blank(named: Self.takeInside("}", of: &rest))
        switch blank {
        case .number: whole.saysNumber = true
        case .limit: whole.saysLimit = true
        case .quoted: whole.quotesText = true
        default: break
        }
        parts.append(.blank(blank))
      case UInt8(ascii: "["):
        let inside = Self.takeInside("]", of: &rest)
        let place = parts.count
        parts.append(.group(Group()))
        var group = take(inside)
        group.count = parts.count - place - 1
        parts[place] = .group(group)
      default:
        let text = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") }
        parts.append(.text(keep(text)))
        rest = rest[text.endIndex...]
      }
    }
    return whole
  }

  /// Takes off a bracket, what is inside and the bracket that ends it.
  private static func takeInside(
    _ end: Unicode.Scalar,
    of rest: inout ArraySlice<UInt8>
  ) -> [UInt8] {
    let inside = rest.dropFirst().prefix { $0 != UInt8(ascii: end) }
    rest = rest[inside.endIndex...].dropFirst()
    return Array(inside)
  }

  private mutating func keep(_ text: ArraySlice<UInt8>) -> Constant {
    let start = bytes.count
    bytes.append(Array(text))
    let end = bytes.count
    bytes.append(json: Array(text).span)
    return Constant(plain: ByteRange(start..<end), json: ByteRange(end + 1..<bytes.count - 1))
  }

  private mutating func blank(named name: [UInt8]) -> Blank {
    let words = name.split(separator: UInt8(ascii: "|"))
    let noun =
      words.count == 3 ? Noun(singular: keep(words[1]), plural: keep(words[2])) : nil
    switch String(decoding: words[0], as: UTF8.self) {
    case "number": return .number(noun)
    case "limit": return .limit(noun)
    case "byte": return .byte
    case "text": return .text
    case "quoted": return .quoted
    case "suggestion": return .suggestion
    case "suggested": return .suggested
    case "row": return .row
    case "rows": return .rows
    default: preconditionFailure("no such blank: \(name)")
    }
  }
}
