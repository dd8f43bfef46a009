import Bytes
import ImportModel

/// Builds the lines of the row report; see `NDJSONReport` for their form.
struct ReportLines: ~Copyable {
  var text: OutputText

  /// Lines of plain rows that are written together.
  private static let lineCountBetweenFlushes = 64

  private let problemsOnly: Bool
  private let stopMessage: String
  private var cursor = PlanCursor()
  /// Constant pieces of lines, one after the other.
  private var pieces: ByteBuffer
  /// What lines of an input begin with, up to the row number, among the pieces.
  private var openings: [Range<Int>] = []
  /// What follows the digits of a plain row's extension, by outcome and subject, among the pieces:
  /// the closing quote, the response, and the line's end.
  private let endings: [Range<Int>]
  private let subjectCount = RowSubject.allCases.count
  /// What stands before the id and before the extension of a plain row that has both, among the pieces.
  private let beforeID: Range<Int>
  private let beforeNumber: Range<Int>
  private var counter = LineCounter()
  /// What the reasons met so far have in common, and the place of each, from 1.
  private var reasons: [ReasonPieces] = []
  private var reasonPlaces = [UInt16](repeating: 0, count: ReasonPieces.keyCount)
  private var statements = KnownStatements()

  init(to file: OutputFile, problemsOnly: Bool, stopMessage: String) {
    text = OutputText(to: file)
    self.problemsOnly = problemsOnly
    self.stopMessage = stopMessage
    var pieces = ByteBuffer()
    var endings: [Range<Int>] = []
    for outcome in Outcome.allCases {
      for subject in RowSubject.allCases {
        let start = pieces.count
        pieces.append("\"")
        pieces.append(plain: outcome, subject, stopMessage: stopMessage)
        pieces.append("}\n")
        endings.append(start..<pieces.count)
      }
    }
    let start = pieces.count
    pieces.append(",\"userId\":\"")
    beforeID = start..<pieces.count
    pieces.append("\",\"rcExtension\":\"")
    beforeNumber = beforeID.upperBound..<pieces.count
    self.pieces = pieces
    self.endings = endings
  }

  /// Adds rows of one input without anything to explain, straight from their packed form.
  mutating func append(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError) {
    guard !rows.isEmpty && !problemsOnly else { return }
    let input = plan.input(of: rows.lowerBound, &cursor)
    let kind = plan.inputs[input].kind
    let opening = opening(of: input, in: plan)
    pieces.reserve(ByteBuffer.lineTextPadding)
    var next = rows.lowerBound
    while next < rows.upperBound {
      let index = next
      let row = plan[index]
      let hasID = kind == .users && row.flags.hasAny(of: .hasID)
      let hasPrevious = row.flags.hasAny(of: .hasPrevious)
      let ending = ending(of: row, kind: kind)
      if hasID, !hasPrevious, row.extensionNumber != nil {
        next += plan.appendLines(
          of: next..<min(next + Self.lineCountBetweenFlushes, rows.upperBound),
          &cursor,
          KeyLineForm(
            opening: opening,
            beforeID: beforeID,
            beforeNumber: beforeNumber,
            ending: ending
          ),
          of: pieces,
          counter: &counter,
          to: &text.bytes
        )
        try text.flushIfFull()
        continue
      }
      next += 1
      text.bytes.append(opening, of: pieces)
      text.bytes.append(decimal: UInt64(plan.rowNumber(of: index, &cursor)))
      // Between two values stands one piece.
      if hasID {
        text.bytes.append(beforeID, of: pieces)
        text.bytes.append(row.id)
        text.bytes.append("\",\"rcExtension\":")
      } else {
        text.bytes.append(",\"userId\":null,\"rcExtension\":")
      }
      if let number = row.extensionNumber {
        text.bytes.append("\"")
        text.bytes.append(number)
      } else {
        text.bytes.append("null")
      }
      let start = ending.lowerBound + (row.extensionNumber == nil ? 1 : 0)
      text.bytes.append(start..<ending.upperBound - (hasPrevious ? 2 : 0), of: pieces)
      if hasPrevious {
        append(previous: plan.previousExtension(of: index, &cursor))
        text.bytes.append("}\n")
      }
      try text.flushIfFull()
    }
  }

  private func ending(of row: PlanRow, kind: InputKind) -> Range<Int> {
    let outcome = row.outcome
    precondition(
      outcome != .undecided && outcome != .rejected,
      "a row without an outcome, or a rejected one without findings"
    )
    let subject = RowSubject(row, kind: kind)
    return endings[Int(outcome.rawValue) * subjectCount + subject.rawValue]
  }

  /// Adds a row with findings.
  mutating func append(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError) {
    if row.findings.isEmpty && problemsOnly { return }
    let input = plan.input(of: row.index, &cursor)
    let opening = opening(of: input, in: plan)
    text.bytes.append(opening, of: pieces)
    text.bytes.append(decimal: UInt64(row.position.row))
    text.bytes.append(",\"userId\":")
    switch row.userID {
    case .none: text.bytes.append("null")
    case .text(let userID): text.bytes.append(validJSON: userID.range, of: row.findings.texts)
    case .id(let id):
      text.bytes.append("\"")
      text.bytes.append(id)
      text.bytes.append("\"")
    }
    text.bytes.append(",\"rcExtension\":")
    switch row.number {
    case .none: text.bytes.append("null")
    case .text(let number): text.bytes.append(validJSON: number.range, of: row.findings.texts)
    case .number(let number):
      text.bytes.append("\"")
      text.bytes.append(number)
      text.bytes.append("\"")
    }
    let said = append(responseOf: row, RowSubject(plan[row.index], kind: row.kind))
    append(previous: row.previous)
    if !row.findings.isEmpty {
      append(reasonsOf: row, said)
      text.bytes.append(",\"line\":")
      text.bytes.append(decimal: UInt64(row.position.line))
    }
    text.bytes.append("}\n")
    try text.flushIfFull()
  }

  /// A finding whose sentence stands in the line, and where.
  private typealias Said = (place: Int, json: Range<Int>)

  private mutating func append(responseOf row: ExplainedRow, _ subject: RowSubject) -> Said? {
    switch row.outcome {
    case .rejected, .failed:
      guard let place = row.findings.indices.first(where: { row.findings[$0].severity >= .error })
      else {
        precondition(row.outcome == .failed, "a rejected row without an error")
        text.bytes.append(failure: .server, ByteBuffer.serverError, row.outcome)
        return nil
      }
      if let answer = row.answer, let error = answer.error {
        text.bytes.append(failure: error, answer.message, row.outcome)
        return nil
      }
      if row.outcome == .rejected {
        text.bytes.append(pieces(of: place, of: row).rejection, of: pieces)
      } else {
        text.bytes.append(openingOfFailure: row.findings[place].code.entry.error, row.outcome)
      }
      let json = append(messageOf: place, of: row)
      text.bytes.append("}")
      return (place, json)
    case .undecided:
      preconditionFailure("a row without an outcome")
    case .unprocessed:
      text.bytes.append(plain: row.outcome, subject, stopMessage: stopMessage)
      return nil
    case .wouldApply, .applied, .unchanged:
      let said = row.outcome == .applied ? row.answer?.message : nil
      text.bytes.append(
        success: said ?? subject.message(row.outcome) ?? "",
        row.outcome,
        extensionID: row.extensionID
      )
      return nil
    }
  }

  private mutating func append(reasonsOf row: ExplainedRow, _ said: Said?) {
    text.bytes.append(",\"reasons\":[")
    for place in row.findings.indices {
      if place > 0 { text.bytes.append(",") }
      let known = pieces(of: place, of: row)
      text.bytes.append(known.opening, of: pieces)
      if let said, said.place == place {
        text.bytes.append(copyOf: said.json)
      } else {
        _ = append(messageOf: place, of: row)
      }
      if let ending = known.ending, row.findings[place].suggestion.isAbsent {
        text.bytes.append(ending, of: pieces)
      } else {
        text.bytes.append(endOfReason: row.findings[place], of: row.findings)
      }
    }
    text.bytes.append("]")
  }

  /// What one of a row's findings has in common with others of its code, severity and field.
  private mutating func pieces(of place: Int, of row: ExplainedRow) -> ReasonPieces {
    let finding = row.findings[place]
    let key = ReasonPieces.key(of: finding)
    if reasonPlaces[key] == 0 {
      let start = pieces.count
      pieces.append(openingOfReason: finding.code, finding.severity, finding.field)
      let end = pieces.count
      var ending: Range<Int>?
      if ReasonText.isHintConstant(finding.code) {
        var plain = finding
        plain.suggestion = .absent
        pieces.append(endOfReason: plain, of: row.findings)
        ending = end..<pieces.count
      }
      let rejection = pieces.count
      pieces.append(openingOfFailure: finding.code.entry.error, .rejected)
      reasons.append(
        ReasonPieces(
          opening: start..<end,
          ending: ending,
          rejection: rejection..<pieces.count
        )
      )
      reasonPlaces[key] = UInt16(reasons.count)
    }
    return reasons[Int(reasonPlaces[key]) - 1]
  }

  /// Adds a finding's sentence in JSON and says where.
  private mutating func append(messageOf place: Int, of row: ExplainedRow) -> Range<Int> {
    let start = text.bytes.count
    text.bytes.append("\"")
    let finding = row.findings[place]
    ReasonText.append(subjectOf: finding, of: row.findings, as: .json, to: &text.bytes)
    statements.append(finding, of: row.findings, to: &text.bytes)
    text.bytes.append("\"")
    return start..<text.bytes.count
  }

  private mutating func append(previous: ExtensionNumber?) {
    guard let previous else { return }
    text.bytes.append(",\"previous\":\"")
    text.bytes.append(previous)
    text.bytes.append("\"")
  }

  private mutating func opening(of input: Int, in plan: borrowing Plan) -> Range<Int> {
    while openings.count <= input {
      let start = pieces.count
      pieces.append("{")
      if plan.inputs.count > 1 {
        pieces.append("\"file\":")
        pieces.append(json: plan.inputs[openings.count].name)
        pieces.append(",")
      }
      pieces.append("\"row\":")
      openings.append(start..<pieces.count)
    }
    return openings[input]
  }
}

/// What findings of one code, severity and field have in common, among the pieces of lines.
private struct ReasonPieces {
  /// What stands before the sentence.
  var opening: Range<Int>
  /// What stands behind it where nothing is suggested; `nil` when that differs.
  var ending: Range<Int>?
  /// What stands before the sentence in the response about a row that is rejected for it.
  var rejection: Range<Int>

  /// Number of keys that there can be.
  static let keyCount =
    ReasonCode.allCases.count * Severity.allCases.count * (Field.allCases.count + 1)

  /// The code, severity and field of a finding as a number.
  static func key(of finding: CompactFinding) -> Int {
    let field = finding.field.map { Int($0.rawValue) + 1 } ?? 0
    let code = Int(finding.code.rawValue) * severityCount
    return (code + Int(finding.severity.rawValue)) * fieldCount + field
  }

  // Known at once, so that the cases need not be gathered for every finding.
  private static let severityCount = Severity.allCases.count
  private static let fieldCount = Field.allCases.count + 1
}

extension ByteBuffer {
  /// The message of the API's answer 500.
  static let serverError = "Internal server error"

  /// Adds outcome and response of a row that needs no explanation; nothing for one that does.
  fileprivate mutating func append(
    plain outcome: Outcome,
    _ subject: RowSubject,
    stopMessage: String
  ) {
    switch outcome {
    case .applied, .wouldApply, .unchanged:
      append(success: subject.message(outcome) ?? "", outcome)
    case .failed:
      append(failure: .server, Self.serverError, outcome)
    case .unprocessed:
      append(failure: .server, stopMessage, outcome)
    case .undecided, .rejected:
      break
    }
  }

  /// Adds a finding as a JSON object.
  mutating func append(reason finding: Finding, message: String) {
    var list = FindingList()
    list.append(finding)
    append(openingOfReason: finding.code, finding.severity, finding.field)
    append(json: message)
    append(endOfReason: list[0], of: list)
  }

  /// Adds what stands before a finding's sentence.
  fileprivate mutating func append(
    openingOfReason code: ReasonCode,
    _ severity: Severity,
    _ field: Field?
  ) {
    append("{\"code\":\"")
    append(text: code.entry.name)
    append("\",\"severity\":\"")
    append(text: severity.name)
    append("\"")
    if let field {
      append(",\"field\":\"")
      append(text: field.name)
      append("\"")
    }
    append(",\"message\":")
  }

  /// Adds what stands behind a finding's sentence.
  fileprivate mutating func append(
    endOfReason finding: CompactFinding,
    of list: borrowing FindingList
  ) {
    let start = count
    append(",\"hint\":\"")
    if ReasonText.append(hintOf: finding, of: list, as: .json, to: &self) {
      append("\"")
    } else {
      removeSuffix(from: start)
    }
    if !finding.suggestion.isAbsent {
      append(",\"suggested\":")
      append(validJSON: finding.suggestion.range, of: list.texts)
    }
    append("}")
  }
}
