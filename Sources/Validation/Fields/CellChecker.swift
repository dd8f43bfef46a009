import Bytes
import ImportModel

/// Checks one cell after the other and gathers what it finds, in memory that is reused.
///
/// A cell is first cleaned of what cannot be seen, then known damage is called by its name, and
/// only what is left is measured against the plain rule of its field. Repairs are always worked
/// out, so that they can be suggested; the value counts only where the rules allow them. Texts are
/// made only when `explaining`.
struct CellChecker: ~Copyable {
  let rules: Rules
  /// Whether values that had to be repaired count.
  let takesRepairs: Bool
  /// What a warning weighs under the rules.
  let warning: Severity
  /// Whether findings carry their texts.
  var explaining = false
  /// What was found since the caller last emptied it.
  var found = FindingList()
  /// The cell at work.
  var text: CellText
  /// The cell's column.
  private(set) var field = Field.userID
  /// Whether the cell is not well formed as it stands but after repairs.
  private(set) var isRepaired = false

  private var firstFinding = 0
  /// Which of the cell's findings take the cell's repaired value for their suggestion, as bits.
  private var curable: UInt64 = 0
  private let reserved: [ExtensionNumber]
  /// Whether there are extensions that may not be given although they are well formed.
  let restrictsNumbers: Bool

  /// Makes a checker; without `packing` short plain texts are gone through character by character.
  init(rules: Rules, packing: Bool) {
    self.rules = rules
    text = CellText(packing: packing)
    takesRepairs = rules.fix == .safe
    warning = rules.strict ? .error : .warning
    reserved = rules.reserved.sorted()
    restrictsNumbers = !reserved.isEmpty || !rules.ranges.isEmpty
  }

  /// Begins the next cell.
  mutating func begin(_ field: Field) {
    self.field = field
    firstFinding = found.count
    curable = 0
    isRepaired = false
    text.forget()
  }

  /// Notes something harmless.
  mutating func note(_ code: ReasonCode) {
    if !has(code) { found.append(CompactFinding(code, .note, field: field)) }
  }

  /// Warns of something that leaves the cell usable.
  mutating func warn(_ code: ReasonCode, number: Int = 0, limit: Int = 0, text: String? = nil) {
    if has(code) { return }
    add(code, warning, number: number, limit: limit, text: text)
  }

  /// Rejects the cell.
  mutating func fail(
    _ code: ReasonCode,
    number: Int = 0,
    limit: Int = 0,
    text: String? = nil,
    suggestion: String? = nil
  ) {
    if has(code) { return }
    add(code, .error, number: number, limit: limit, text: text, suggestion: suggestion)
  }

  /// Rejects the cell for one of its characters.
  mutating func fail(_ code: ReasonCode, at place: Int) {
    if has(code) { return }
    let number = text.position(of: place)
    var finding = CompactFinding(code, .error, field: field, number: number)
    if explaining { finding.text = found.keep(text[place]) }
    found.append(finding)
  }

  /// Rejects the cell for something that a person could take out of it.
  mutating func failCurably(_ code: ReasonCode, number: Int = 0, text: String? = nil) {
    if has(code) { return }
    markCurable()
    add(code, .error, number: number, text: text)
  }

  /// Notes a safe repair, which is an error unless the rules let it be made.
  mutating func repair(_ code: ReasonCode, number: Int = 0, text: String? = nil) {
    isRepaired = true
    if has(code) { return }
    markCurable()
    add(code, takesRepairs ? warning : .error, number: number, text: text)
  }

  /// Tells the cell's repairs what they lead to.
  mutating func suggest(_ value: @autoclosure () -> String) {
    guard explaining, curable != 0 else { return }
    let value = found.keep(value())
    for index in firstFinding..<found.count where isCurable(index) {
      found[index].suggestion = value
    }
  }

  /// Tells the last finding which id it probably is about.
  mutating func suggestForLast(_ id: ObjectID) {
    let start = found.texts.count
    found.texts.append(id)
    found[found.count - 1].suggestion = ByteRange(start..<found.texts.count)
  }

  /// Tells the last finding what the cell probably should be.
  mutating func suggestForLast(_ value: String?) {
    found[found.count - 1].suggestion = found.keep(value)
  }

  /// The text of one character, for a finding.
  func shown(_ place: Int) -> String? { explaining ? String(text[place]) : nil }

  /// `U+200B`, for a finding.
  func shownCodePoint(_ scalar: Unicode.Scalar) -> String? { explaining ? scalar.codePoint : nil }

  /// Whether an extension may be given to nobody.
  func isReserved(_ number: ExtensionNumber) -> Bool {
    var low = 0
    var high = reserved.count
    while low < high {
      let middle = (low + high) / 2
      if reserved[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < reserved.count && reserved[low] == number
  }

  private func has(_ code: ReasonCode) -> Bool {
    for index in firstFinding..<found.count where found[index].code.rawValue == code.rawValue {
      return true
    }
    return false
  }

  private mutating func add(
    _ code: ReasonCode,
    _ severity: Severity,
    number: Int,
    limit: Int = 0,
    text: String?,
    suggestion: String? = nil
  ) {
    var finding = CompactFinding(code, severity, field: field, number: number, limit: limit)
    if text != nil { finding.text = found.keep(text) }
    if suggestion != nil { finding.suggestion = found.keep(suggestion) }
    found.append(finding)
  }

  private mutating func markCurable() {
    let place = found.count - firstFinding
    if place < UInt64.bitWidth { curable |= 1 << UInt64(place) }
  }

  private func isCurable(_ index: Int) -> Bool {
    let place = index - firstFinding
    return place < UInt64.bitWidth && curable & 1 << UInt64(place) != 0
  }
}
