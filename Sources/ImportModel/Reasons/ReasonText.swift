import Bytes

/// The one place where findings become sentences for people.
package enum ReasonText {
  /// The hint of what is only told.
  static let nothingToDo = "Nothing needs to be done"

  /// The sentence of a finding: the field and its value, then what is wrong with it.
  ///
  /// - Parameters:
  ///   - finding: what was found.
  ///   - value: the cell as it stood in the input, if it is worth showing.
  /// - Returns: one sentence without its full stop.
  package static func message(_ finding: Finding, value: String?) -> String {
    var text = ByteBuffer()
    var list = FindingList()
    list.append(finding)
    list[0].value = list.keep(value)
    append(messageOf: list[0], of: list, as: .plain, to: &text)
    return String(utf8: text.span)
  }

  /// What to do about a finding.
  package static func hint(_ finding: Finding) -> String? {
    var text = ByteBuffer()
    var list = FindingList()
    list.append(finding)
    return append(hintOf: list[0], of: list, as: .plain, to: &text) ? String(utf8: text.span) : nil
  }

  /// Adds the sentence of a finding; see `message`.
  package static func append(
    messageOf finding: CompactFinding,
    of list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    append(subjectOf: finding, of: list, as: form, to: &text)
    append(statementOf: finding, of: list, as: form, to: &text)
  }

  /// Adds what the sentence of a finding begins with: its field and value, nothing where it is about a
  /// whole row or input.
  @inline(__always)
  package static func append(
    subjectOf finding: CompactFinding,
    of list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    guard let field = finding.field else { return }
    text.append(field.constantName)
    if !finding.value.range.isEmpty {
      text.append(" ")
      form.append(quoted: list.span(finding.value), to: &text)
    }
  }

  /// Adds the rest of the sentence: what is wrong.
  ///
  /// It is the same for all findings that `saysNumbersOnly` is true of, that agree in code and numbers,
  /// and of which all or none have a field.
  package static func append(
    statementOf finding: CompactFinding,
    of list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    if finding.field != nil { text.append(": ") }
    let start = text.count
    append(sentenceOf: finding, of: list, as: form, to: &text)
    if finding.field == nil { capitalise(&text, at: start) }
  }

  /// Whether there is no text that the statement about a finding could show.
  @inline(__always)
  package static func saysNumbersOnly(_ finding: CompactFinding) -> Bool {
    finding.text.isAbsent && finding.suggestion.isAbsent
  }

  /// Adds what to do about a finding.
  ///
  /// - Returns: `false`, with nothing added, when nothing needs to be done.
  package static func append(
    hintOf finding: CompactFinding,
    of list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) -> Bool {
    let entry = finding.code.entry
    // What is suggested for an input as a whole has its place in the sentence.
    if finding.severity < .refusal, !finding.suggestion.range.isEmpty {
      let suggestion = list.span(finding.suggestion)
      switch (entry.repair, finding.severity) {
      case (.safe, .warning):
        text.append("It was taken as ")
        form.append(quoted: suggestion, to: &text)
        text.append("; correct it where it comes from")
        return true
      case (.safe, .error):
        text.append("Write ")
        form.append(quoted: suggestion, to: &text)
        text.append(" instead, or let --fix safe do so")
        return true
      case (.suggested, _), (.lost, _):
        text.append("Probably ")
        form.append(quoted: suggestion, to: &text)
        text.append(" is meant; check it and correct the cell")
        return true
      default:
        break
      }
    }
    guard entry.hasHint else { return false }
    if !entry.hintTemplate.append(for: finding, of: list, as: form, to: &text) {
      _ = entry.plainHint.append(for: finding, of: list, as: form, to: &text)
    }
    return true
  }

  /// Whether the hint of a finding is the same for all findings of its code without a suggestion.
  package static func isHintConstant(_ code: ReasonCode) -> Bool {
    let entry = code.entry
    return !entry.hasHint || entry.hintTemplate.isConstant
  }

  private static func append(
    sentenceOf finding: CompactFinding,
    of list: borrowing FindingList,
    as form: SentenceForm,
    to text: inout ByteBuffer
  ) {
    let entry = finding.code.entry
    let saysValue =
      !finding.text.isAbsent && !finding.value.isAbsent
      && isSaid(list.span(finding.text), in: list.span(finding.value))
    if entry.hasSentence {
      let isSaid =
        entry.sentence.append(for: finding, of: list, saysText: !saysValue, as: form, to: &text)
      if !isSaid { _ = entry.clause.append(for: finding, of: list, as: form, to: &text) }
      return
    }
    _ = entry.clause.append(for: finding, of: list, as: form, to: &text)
    // Details that the sentence has no place for follow it.
    if !saysValue, !finding.text.range.isEmpty {
      text.append(": ")
      form.append(visible: list.span(finding.text), to: &text)
    }
  }

  /// Whether a text is the value itself, which stands before the sentence already.
  private static func isSaid(_ wanted: Span<UInt8>, in said: Span<UInt8>) -> Bool {
    var place = 0
    var index = 0
    while true {
      // White space and control characters do not count.
      while place < said.count && said[place] <= 0x20 { place += 1 }
      while index < wanted.count && wanted[index] <= 0x20 { index += 1 }
      guard place < said.count && index < wanted.count else {
        return place == said.count && index == wanted.count
      }
      guard said[place] == wanted[index] else { return false }
      place += 1
      index += 1
    }
  }

  /// Gives the sentence at `start` a capital letter; our sentences begin in ASCII.
  private static func capitalise(_ text: inout ByteBuffer, at start: Int) {
    guard start < text.count, text[start] >= 0x61, text[start] <= 0x7A else { return }
    text[start] &= ~0x20
  }
}
