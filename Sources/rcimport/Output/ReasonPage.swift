import ImportModel
import Reports

/// Shows reasons to people.
enum ReasonPage {
  /// All reasons, a line each, by section.
  static func list(style: Style) -> String {
    let names = ReasonCode.allCases.map(\.entry.name)
    let width = names.map(\.utf8.count).max() ?? 0
    var text = ""
    for section in ReasonSection.all {
      if !text.isEmpty { text += "\n" }
      text += style.paint(section.title, .heading) + "\n"
      for code in section.codes {
        let entry = code.entry
        let severity = padded(entry.severity.name, to: 7)
        text +=
          "  \(padded(entry.name, to: width))  "
          + "\(style.paint(severity, role(of: entry.severity)))  \(entry.summary)\n"
      }
    }
    return text + "\nOne of them in full: rcimport explain CODE\n"
  }

  /// One reason in full.
  static func page(of code: ReasonCode, style: Style) -> String {
    let entry = code.entry
    let severity = style.paint(entry.severity.name, role(of: entry.severity))
    var text = "\(style.paint(entry.name, .heading))  \(severity)\n\(entry.summary)\n\n"
    let parts = [
      ("Means", entry.meaning), ("Cause", entry.cause), ("Mending", sentence(entry.hint)),
      ("Repair", repair(of: entry)), ("Weight", weight(of: code)),
    ]
    for (label, words) in parts {
      for (place, line) in wrapped(words, width: 68).enumerated() {
        let head = padded(place == 0 ? label : "", to: 9)
        text += "\(place == 0 ? style.paint(head, .faint) : head)  \(line)\n"
      }
    }
    return text
  }

  private static func repair(of entry: ReasonEntry) -> String {
    switch entry.repair {
    case .none: "There is nothing to repair."
    case _ where entry.severity == .refusal: "None: --fix mends cells, not inputs and runs."
    case .safe where entry.severity <= .warning: "It is always made; --fix has no say in it."
    case .safe: "--fix safe makes it; without that the repaired value is only suggested."
    case .suggested:
      "--fix safe does not make it, for it would be a guess; the report suggests a value where "
        + "there is one."
    case .lost: "None: the input does not hold the value any more, so it must be exported again."
    }
  }

  private static func weight(of code: ReasonCode) -> String {
    let entry = code.entry
    if code.isRemarkOnInput {
      return "It is told of the input; no row is rejected for it."
    }
    let response = "\(entry.error.status) \(entry.error.rawValue)"
    return switch entry.severity {
    case .refusal: "The run ends; nothing is written. The API answers \(response)."
    case .error where entry.repair == .safe:
      "The row is rejected (\(response)); once repaired it is kept, with a warning."
    case .error: "The row is rejected (\(response))."
    case .warning: "The row is kept, with a warning; --strict rejects it (\(response))."
    case .note: "The row is kept; the report shows it only under --notes."
    }
  }

  private static func sentence(_ text: String) -> String {
    text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
  }

  private static func role(of severity: Severity) -> Style.Role {
    switch severity {
    case .refusal, .error: .error
    case .warning: .warning
    case .note: .faint
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }

  /// Text in lines of at most `width` characters, broken between words.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
