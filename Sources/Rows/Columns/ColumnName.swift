/// The name of a column in the forms that it is compared in.
package struct ColumnName: Equatable, Sendable {
  /// The name without hidden characters and outer spaces.
  package let cleaned: String
  /// Lower case without `[...]` or `(...)` at its end, the rest as it stands: tells `_id` from `id`.
  package let folded: String
  /// `folded` without spaces and punctuation.
  package let key: String
  /// The folded steps of a path: `contact/email` and `personalInformation.rcExtension` have two.
  package let steps: [String]
  /// The `key` of the last step.
  package let lastKey: String
  /// Whether characters that nobody sees were taken out.
  package let hadHiddenCharacters: Bool

  /// Takes a name apart.
  package init(_ name: String) {
    var cleaned: [UnicodeScalar] = []
    var hidden = false
    for scalar in name.unicodeScalars {
      if scalar.value == 0xA0 {
        cleaned.append(" ")
        hidden = true
      } else if Self.isSpace(scalar) {
        // A line break in a header must not break the line in which its name is told.
        cleaned.append(" ")
      } else if Self.isHidden(scalar) {
        hidden = true
      } else {
        cleaned.append(scalar)
      }
    }
    let outer = Self.trimmed(cleaned[...])
    self.cleaned = Self.text(outer)
    hadHiddenCharacters = hidden
    let folded = Self.text(Self.withoutSuffix(outer)).lowercased()
    self.folded = folded
    let key = Self.key(of: folded)
    let steps = Self.steps(of: folded)
    self.key = key
    self.steps = steps
    lastKey = steps.last.map { steps.count > 1 ? Self.key(of: $0) : key } ?? key
  }

  /// Text without the characters that spellings of one name differ in.
  package static func key(of folded: String) -> String {
    text(folded.unicodeScalars.filter { !isPunctuation($0) && !isSpace($0) }[...])
  }

  /// Names that a rejects file adds behind the input's own columns, in their order.
  package static let added = [
    "_row", "_line", "_codes", "_message", "_hint", "_suggested",
  ]

  /// Whether the column was added by a rejects file, so that it is no data.
  package var isAdded: Bool {
    Self.added.contains(folded.hasPrefix("@") ? String(folded.dropFirst()) : folded)
  }

  /// Whether the name is the path of an element or attribute inside another one.
  package func isBelow(_ other: Self) -> Bool {
    cleaned.utf8.count > other.cleaned.utf8.count && cleaned.hasPrefix(other.cleaned + "/")
  }

  private static func steps(of folded: String) -> [String] {
    folded.split { $0 == "." || $0 == "/" }.map(String.init)
  }

  private static func withoutSuffix(_ name: ArraySlice<UnicodeScalar>) -> ArraySlice<UnicodeScalar>
  {
    guard let last = name.last, last == "]" || last == ")" else { return name }
    let opening: UnicodeScalar = last == "]" ? "[" : "("
    // A name that is all brackets, as SQL Server writes it, is not a suffix.
    guard let start = name.lastIndex(of: opening), start > name.startIndex else { return name }
    return trimmed(name[..<start])
  }

  private static func trimmed(_ name: ArraySlice<UnicodeScalar>) -> ArraySlice<UnicodeScalar> {
    var name = name
    while let first = name.first, isSpace(first) { name = name.dropFirst() }
    while let last = name.last, isSpace(last) { name = name.dropLast() }
    return name
  }

  private static func text(_ scalars: ArraySlice<UnicodeScalar>) -> String {
    var text = String.UnicodeScalarView()
    // One by one: `append(contentsOf:)` goes through code that is not specialised (Swift 6.3).
    for scalar in scalars { text.append(scalar) }
    return String(text)
  }

  private static func isSpace(_ scalar: UnicodeScalar) -> Bool {
    scalar == " " || (scalar.value >= 0x09 && scalar.value <= 0x0D)
  }

  private static func isPunctuation(_ scalar: UnicodeScalar) -> Bool {
    switch scalar {
    case "_", "-", ".", "#", "/", "@", ":", "*", "[", "]", "(", ")", "'", "\"": true
    default: false
    }
  }

  /// Control characters, zero-width characters, direction marks and the byte order mark.
  private static func isHidden(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x00...0x08, 0x0E...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x202A...0x202E: true
    case 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
