/// How words are told apart on a terminal.
package struct Style: Sendable {
  /// What a word stands for.
  package enum Role: CaseIterable, Sendable { case heading, good, error, warning, faint }

  private let isColored: Bool

  /// Nothing but text.
  package static let plain = Style(isColored: false)
  /// Colours by the control sequences of ECMA-48 (SGR), which every colour terminal knows.
  package static let colored = Style(isColored: true)

  /// The text as the role shows it.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isColored && !text.isEmpty else { return text }
    let code =
      switch role {
      case .heading: "1"
      case .good: "32"
      case .error: "31"
      case .warning: "33"
      case .faint: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
