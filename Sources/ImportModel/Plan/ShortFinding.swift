import Bytes

/// Where bytes lie among the texts of one row, of which there are less than 64 KiB.
struct ShortRange: BitwiseCopyable {
  private var start: UInt16
  private var count: UInt16

  private static let absentCount = UInt16.max
  private static let usualCount = UInt16.max - 1

  /// Shortens a range.
  init(_ range: ByteRange) {
    start = UInt16(truncatingIfNeeded: range.start)
    count = range.isAbsent ? Self.absentCount : UInt16(truncatingIfNeeded: range.count)
  }

  /// Shortens what is known of a cell.
  init(_ cell: KeptCell) {
    switch cell {
    case .none: self.init(.absent)
    case .usual:
      self.init(.absent)
      count = Self.usualCount
    case .text(let range): self.init(range)
    }
  }

  /// The range.
  var range: ByteRange {
    count == Self.absentCount
      ? .absent : ByteRange(start: UInt32(start), count: UInt32(count))
  }

  /// What is known of a cell.
  var cell: KeptCell {
    switch count {
    case Self.absentCount: .none
    case Self.usualCount: .usual
    default: .text(range)
    }
  }
}

/// A finding about a row with few texts, in half as many bytes as a `CompactFinding`.
struct ShortFinding: BitwiseCopyable {
  private var code: ReasonCode
  private var severity: Severity
  private var field: Field?
  private var number: Int32
  private var limit: Int32
  private var text: ShortRange
  private var suggestion: ShortRange
  private var value: ShortRange

  /// Shortens a finding; `nil` where one of its numbers is too big for that.
  init?(_ finding: CompactFinding) {
    guard let number = Int32(exactly: finding.number), let limit = Int32(exactly: finding.limit)
    else { return nil }
    code = finding.code
    severity = finding.severity
    field = finding.field
    self.number = number
    self.limit = limit
    text = ShortRange(finding.text)
    suggestion = ShortRange(finding.suggestion)
    value = ShortRange(finding.value)
  }

  /// The finding.
  var finding: CompactFinding {
    var finding = CompactFinding(
      code,
      severity,
      field: field,
      number: Int(number),
      limit: Int(limit)
    )
    finding.text = text.range
    finding.suggestion = suggestion.range
    finding.value = value.range
    return finding
  }
}
