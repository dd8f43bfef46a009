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
struct ReasonTemplate: Sendable {
  private enum Part: Sendable {
    case text([UInt8])
    case blank(Blank)
    case group(Group)
  }

  private enum Blank: Sendable {
    case number(Noun?)
    case limit(Noun?)
    case byte
    case text, quoted, suggestion, suggested
    case row, rows
  }

  private struct Noun: Sendable {
    var singular: [UInt8]
    var plural: [UInt8]
  }

  /// Parts that are left out together.
  private struct Group: Sendable {
    var parts: [Part] = []
    /// Whether it speaks of the number, of the limit, quotes the text.
    var saysNumber = false
    var saysLimit = false
    var quotesText = false
  }

  private let parts: [Part]

  /// Takes a sentence apart.
  init(_ template: String) { parts = Self.parts(of: Array(template.utf8)) }

  /// Whether it has no blanks.
  var isConstant: Bool {
    parts.allSatisfy {
      if case .text = $0 { true } else { false }
    }
  }

  /// The sentence without anything that findings know, or `nil` when it needs some of that.
  var general: String? {
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let bytes): text += bytes
      case .blank: return nil
      case .group: continue
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the sentence.
  ///
  /// Without `saysText` parts that can be left out and quote the finding's text are left out.
  /// - Returns: `false`, with nothing added, when it needs something that the finding does not have.
  func append(for finding: Finding, saysText: Bool = true, to text: inout ByteBuffer) -> Bool {
    Self.append(parts, for: finding, saysText: saysText, to: &text)
  }

  private static func append(
    _ parts: [Part],
    for finding: Finding,
    saysText: Bool,
    to text: inout ByteBuffer
  ) -> Bool {
    let start = text.count
    for part in parts {
      switch part {
      case .text(let bytes):
        text.append(bytes)
      case .blank(let blank):
        guard append(blank, of: finding, to: &text) else {
          text.removeSuffix(from: start)
          return false
        }
      case .group(let group):
        let isLeftOut =
          group.quotesText && !saysText || group.saysNumber && finding.number == 0
          || group.saysLimit && finding.limit == 0
        if !isLeftOut { _ = append(group.parts, for: finding, saysText: true, to: &text) }
      }
    }
    return true
  }

  /// Adds what belongs in a blank; returns `false` when that is not known.
  private static func append(
    _ blank: Blank,
    of finding: Finding,
    to text: inout ByteBuffer
  ) -> Bool {
    switch blank {
    case .number(let noun): return append(finding.number, noun, to: &text)
    case .limit(let noun): return append(finding.limit, noun, to: &text)
    case .byte: append(byte: finding.number, to: &text)
    case .row: append(rowOf: finding, to: &text)
    case .text, .quoted, .rows:
      guard let value = finding.text, !value.isEmpty else { return false }
      switch blank {
      case .text: ReasonText.append(visible: value, to: &text)
      case .quoted: ReasonText.append(quoted: value, to: &text)
      default: append(rows: value, isOne: finding.number == 1, to: &text)
      }
    case .suggestion, .suggested:
      guard let value = finding.suggestion, !value.isEmpty else { return false }
      if case .suggested = blank {
        ReasonText.append(quoted: value, to: &text)
      } else {
        ReasonText.append(visible: value, to: &text)
      }
    }
    return true
  }

  /// Adds a number; one with its noun is not known when it is 0.
  private static func append(_ number: Int, _ noun: Noun?, to text: inout ByteBuffer) -> Bool {
    if noun != nil && number == 0 { return false }
    append(number, to: &text)
    if let noun {
      text.append(" ")
      text.append(number == 1 ? noun.singular : noun.plural)
    }
    return true
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

  private static func append(rowOf finding: Finding, to text: inout ByteBuffer) {
    if let name = finding.text, !name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      ReasonText.append(visible: name, to: &text)
    } else {
      text.append("row ")
      append(finding.number, to: &text)
    }
  }

  /// A list that begins with a row of the same input does not say yet that it is of rows.
  private static func append(rows names: String, isOne: Bool, to text: inout ByteBuffer) {
    let isNumbered = names.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    let isNamed = names.utf8.drop { $0 != 0x20 }.starts(with: " row ".utf8)
    if isNumbered && !isNamed {
      if isOne { text.append("row ") } else { text.append("rows ") }
    }
    ReasonText.append(visible: names, to: &text)
  }
}

extension ReasonTemplate {
  private static func parts(of template: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var rest = template[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "{"):
        parts.append(.blank(blank(named: takeInside("}", of: &rest))))
      case UInt8(ascii: "["):
        parts.append(.group(group(of: takeInside("]", of: &rest))))
      default:
        let text = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") }
        parts.append(.text(Array(text)))
        rest = rest[text.endIndex...]
      }
    }
    return parts
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

  private static func group(of template: [UInt8]) -> Group {
    var group = Group(parts: parts(of: template))
    for case .blank(let blank) in group.parts {
      switch blank {
      case .number: group.saysNumber = true
      case .limit: group.saysLimit = true
      case .quoted: group.quotesText = true
      default: continue
      }
    }
    return group
  }

  private static func blank(named name: [UInt8]) -> Blank {
    let words = name.split(separator: UInt8(ascii: "|")).map { Array($0) }
    let noun = words.count == 3 ? Noun(singular: words[1], plural: words[2]) : nil
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
