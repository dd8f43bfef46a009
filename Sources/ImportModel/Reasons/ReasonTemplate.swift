/// Fills in the blanks of a reason's sentences.
///
///     {number} {limit}            a number of the finding
///     {number|digit|digits}       a number other than 0 with its noun, singular or plural
///     {byte}                      the number as two hexadecimal digits
///     {text} {suggestion}         a text, with characters that are not seen written out
///     {quoted} {suggested}        the same in quotes
///     {row} {rows}                another row: `row 7`, `rows 3 and 9`, `b.csv row 7`
///     [...]                       left out when something in it is not known
enum ReasonTemplate {
  /// The sentence, or `nil` when it needs something that the finding does not have.
  ///
  /// Without `saysText` parts that can be left out and quote the finding's text are left out.
  static func render(
    _ template: String,
    for finding: Finding?,
    saysText: Bool = true
  ) -> String? {
    var sentence = ""
    var rest = template.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{":
        guard let value = value(of: takeUntil("}", from: &rest), for: finding) else { return nil }
        sentence += value
      case "[":
        let group = takeUntil("]", from: &rest)
        let isSaidBefore = !saysText && group.contains("{quoted}")
        if !isSaidBefore, let part = render(group, for: finding), !isWithoutNumber(group, finding) {
          sentence += part
        }
      default:
        sentence.unicodeScalars.append(scalar)
      }
    }
    return sentence
  }

  /// Whether a part that can be left out speaks of a number that nobody gave.
  private static func isWithoutNumber(_ group: String, _ finding: Finding?) -> Bool {
    guard let finding else { return true }
    return finding.number == 0 && group.contains("{number")
      || finding.limit == 0 && group.contains("{limit")
  }

  private static func takeUntil(
    _ end: Unicode.Scalar,
    from rest: inout Substring.UnicodeScalarView
  ) -> String {
    let part = rest.prefix { $0 != end }
    rest = rest[part.endIndex...].dropFirst()
    return String(part)
  }

  private static func value(of blank: String, for finding: Finding?) -> String? {
    guard let finding else { return nil }
    let parts = blank.split(separator: "|").map(String.init)
    switch parts[0] {
    case "number": return counted(finding.number, parts)
    case "limit": return counted(finding.limit, parts)
    case "byte": return hexByte(finding.number)
    case "text": return text(of: finding).map(ReasonText.visible)
    case "quoted": return text(of: finding).map(ReasonText.quoted)
    case "suggestion": return suggestion(of: finding).map(ReasonText.visible)
    case "suggested": return suggestion(of: finding).map(ReasonText.quoted)
    case "row": return row(finding)
    case "rows": return text(of: finding).map { rows($0, isOne: finding.number == 1) }
    default: preconditionFailure("no such blank: \(blank)")
    }
  }

  private static func text(of finding: Finding) -> String? {
    finding.text.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func suggestion(of finding: Finding) -> String? {
    finding.suggestion.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A number; one with its noun is not known when it is 0.
  private static func counted(_ number: Int, _ parts: [String]) -> String? {
    guard parts.count == 3 else { return "\(number)" }
    guard number != 0 else { return nil }
    return "\(number) \(number == 1 ? parts[1] : parts[2])"
  }

  private static func hexByte(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return digits.utf8.count < 2 ? "0" + digits : digits
  }

  private static func row(_ finding: Finding) -> String {
    guard let text = finding.text, !text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return "row \(finding.number)"
    }
    return ReasonText.visible(text)
  }

  /// A list that begins with a row of the same input does not say yet that it is of rows.
  private static func rows(_ text: String, isOne: Bool) -> String {
    let shown = ReasonText.visible(text)
    guard let first = text.utf8.first, first >= 0x30 && first <= 0x39 else { return shown }
    if let space = text.utf8.firstIndex(of: 0x20), text[space...].hasPrefix(" row ") {
      return shown
    }
    return (isOne ? "row " : "rows ") + shown
  }
}
