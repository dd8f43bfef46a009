import Bytes

/// A finding whose texts lie in a buffer that it shares with others; see `Finding`.
package struct CompactFinding: BitwiseCopyable, Sendable {
  package var code: ReasonCode
  package var severity: Severity
  package var field: Field?
  package var number: Int
  package var limit: Int
  package var text = ByteRange.absent
  package var suggestion = ByteRange.absent
  /// The cell of the field as it stood in the input, if it is worth showing.
  package var value = ByteRange.absent

  /// Makes a finding without texts.
  package init(
    _ code: ReasonCode,
    _ severity: Severity,
    field: Field? = nil,
    number: Int = 0,
    limit: Int = 0
  ) {
    self.code = code
    self.severity = severity
    self.field = field
    self.number = number
    self.limit = limit
  }
}

/// What was found in one row, in memory that is used again for others.
package struct FindingList: ~Copyable {
  private var findings = PackedArray<CompactFinding>()
  /// The findings' texts, in UTF-8, and whatever else is said of the row.
  package var texts = ByteBuffer(minimumCapacity: 128)

  /// Makes an empty list.
  package init() {}

  /// Number of findings.
  package var count: Int { findings.count }

  package var isEmpty: Bool { findings.isEmpty }

  package var indices: Range<Int> { 0..<findings.count }

  /// A finding, by its place.
  @inline(__always)
  package subscript(place: Int) -> CompactFinding {
    get { findings[place] }
    set { findings[place] = newValue }
  }

  /// Removes everything and keeps the memory.
  package mutating func removeAll() {
    findings.removeAll()
    texts.removeAll()
  }

  /// Adds a finding whose texts, if any, are in the buffer.
  @inline(__always)
  package mutating func append(_ finding: CompactFinding) { findings.append(finding) }

  /// Adds a finding with its texts.
  package mutating func append(_ finding: Finding) {
    var compact = CompactFinding(
      finding.code,
      finding.severity,
      field: finding.field,
      number: finding.number,
      limit: finding.limit
    )
    compact.text = keep(finding.text)
    compact.suggestion = keep(finding.suggestion)
    findings.append(compact)
  }

  /// Adds a text to the buffer.
  package mutating func keep(_ text: String?) -> ByteRange {
    guard let text else { return .absent }
    let start = texts.count
    texts.append(text: text)
    return ByteRange(start..<texts.count)
  }

  /// Adds a character to the buffer.
  package mutating func keep(_ character: Unicode.Scalar) -> ByteRange {
    let start = texts.count
    for byte in character.utf8 { texts.append(byte) }
    return ByteRange(start..<texts.count)
  }

  /// Adds UTF-8 to the buffer; what is not valid becomes U+FFFD, unless all is known to be ASCII.
  package mutating func keep(_ bytes: Span<UInt8>, isASCII: Bool) -> ByteRange {
    guard isASCII || UTF8Text.firstInvalid(in: bytes) == nil else {
      return keep(String(utf8: bytes))
    }
    let start = texts.count
    texts.append(bytes)
    return ByteRange(start..<texts.count)
  }

  /// Says how the cell of a field stood in the input, of which findings speak.
  package mutating func show(_ value: ByteRange, of field: Field) {
    for place in findings.span.indices where findings[place].field?.rawValue == field.rawValue {
      findings[place].value = value
    }
  }

  /// The cell of a field, if some finding shows it.
  package func shownValue(of field: Field) -> ByteRange? {
    for place in findings.span.indices
    where findings[place].field?.rawValue == field.rawValue && !findings[place].value.isAbsent {
      return findings[place].value
    }
    return nil
  }

  /// The bytes of a text in the buffer; empty when there is none.
  @_lifetime(borrow self)
  package func span(_ text: ByteRange) -> Span<UInt8> { texts.span(text.range) }

  /// A finding as a value of its own.
  package func finding(_ place: Int) -> Finding {
    let compact = findings[place]
    return Finding(
      compact.code,
      compact.severity,
      field: compact.field,
      number: compact.number,
      limit: compact.limit,
      text: string(compact.text),
      suggestion: string(compact.suggestion)
    )
  }

  private func string(_ text: ByteRange) -> String? {
    text.isAbsent ? nil : String(utf8: span(text))
  }

  /// Removes findings that weigh less than a severity.
  package mutating func removeAll(below severity: Severity) {
    var kept = 0
    for place in findings.span.indices where findings[place].severity >= severity {
      findings[kept] = findings[place]
      kept += 1
    }
    findings.removeSuffix(from: kept)
  }

  /// Sorts by insertion: rows have few findings, and those of the same rank keep their order.
  package mutating func sort(by rank: (CompactFinding) -> Int) {
    var end = 1
    while end < findings.count {
      let moving = findings[end]
      let wanted = rank(moving)
      var place = end
      while place > 0, wanted < rank(findings[place - 1]) {
        findings[place] = findings[place - 1]
        place -= 1
      }
      if place < end { findings[place] = moving }
      end += 1
    }
  }
}
