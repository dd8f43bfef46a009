/// The one place where findings become sentences for people.
package enum ReasonText {
  /// Characters of a value that a sentence shows.
  static let shownCharacterCount = 40

  /// The hint of what is only told.
  static let nothingToDo = "Nothing needs to be done"

  /// The sentence of a finding: the field and its value, then what is wrong with it.
  ///
  /// - Parameters:
  ///   - finding: what was found.
  ///   - value: the cell as it stood in the input, if it is worth showing.
  /// - Returns: one sentence without its full stop.
  package static func message(_ finding: Finding, value: String?) -> String {
    let sentence = sentence(finding, value: value)
    guard let field = finding.field else { return capitalised(sentence) }
    guard let value, !value.isEmpty else { return "\(field.name): \(sentence)" }
    return "\(field.name) \(quoted(value)): \(sentence)"
  }

  /// What to do about a finding.
  package static func hint(_ finding: Finding) -> String? {
    let entry = finding.code.entry
    // What is suggested for an input as a whole has its place in the sentence.
    if finding.severity < .refusal, let suggestion = finding.suggestion, !suggestion.isEmpty {
      switch (entry.repair, finding.severity) {
      case (.safe, .warning):
        return "It was taken as \(quoted(suggestion)); correct it where it comes from"
      case (.safe, .error):
        return "Write \(quoted(suggestion)) instead, or let --fix safe do so"
      case (.suggested, _), (.lost, _):
        return "Probably \(quoted(suggestion)) is meant; check it and correct the cell"
      default:
        break
      }
    }
    let hint = ReasonTemplate.render(entry.hintTemplate, for: finding) ?? entry.hint
    return hint == nothingToDo ? nil : hint
  }

  /// A text in quotes, shortened, with what cannot be seen written out.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    var result = "\""
    for scalar in scalars.prefix(shownCharacterCount) {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default:
        append(scalar, to: &result)
      }
    }
    return result + (scalars.dropFirst(shownCharacterCount).isEmpty ? "\"" : "\u{2026}\"")
  }

  /// A text with what cannot be seen written out as `\u{...}`.
  static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    if scalar.isASCII ? scalar >= " " && scalar != "\u{7F}" : isSeen(scalar) {
      text.unicodeScalars.append(scalar)
    } else {
      text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .privateUse, .unassigned:
      false
    default:
      true
    }
  }

  private static func sentence(_ finding: Finding, value: String?) -> String {
    let entry = finding.code.entry
    let saysValue = value.map { isSaid(finding.text, in: $0) } ?? false
    if let says = entry.says,
      let sentence = ReasonTemplate.render(says, for: finding, saysText: !saysValue)
    {
      return sentence
    }
    let summary = uncapitalised(entry.summary)
    // Details that the sentence has no place for follow it.
    guard entry.says == nil, !saysValue, let text = finding.text, !text.isEmpty else {
      return summary
    }
    return "\(summary): \(visible(text))"
  }

  /// Whether a text is the value itself, which stands before the sentence already.
  private static func isSaid(_ text: String?, in value: String) -> Bool {
    guard let text else { return false }
    return value.unicodeScalars.filter { $0.value > 0x20 }
      .elementsEqual(text.unicodeScalars.filter { $0.value > 0x20 })
  }

  /// With a small first letter, unless the first word is written in capitals.
  private static func uncapitalised(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(2)
    guard let first = start.first, ("A"..."Z").contains(first),
      let second = start.last, ("a"..."z").contains(second) || second == " "
    else { return text }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
