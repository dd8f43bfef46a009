import Bytes
import ImportModel

/// Builds the lines of the row report; see `NDJSONReport` for their form.
struct ReportLines: ~Copyable {
  var text: OutputText

  private let problemsOnly: Bool
  private let stopMessage: String
  private var cursor = PlanCursor()
  /// What lines of an input begin with, up to the row number.
  private var openings: [[UInt8]] = []
  /// What follows the extension of a plain row, by outcome and subject.
  private let endings: [[UInt8]]
  private let subjectCount = RowSubject.allCases.count

  init(to file: OutputFile, problemsOnly: Bool, stopMessage: String) {
    text = OutputText(to: file)
    self.problemsOnly = problemsOnly
    self.stopMessage = stopMessage
    endings = Outcome.allCases.flatMap { outcome in
      RowSubject.allCases.map { subject in
        var ending = ByteBuffer()
        ending.append(plain: outcome, subject, stopMessage: stopMessage)
        return ending.array
      }
    }
  }

  /// Adds rows of one input without anything to explain, straight from their packed form.
  mutating func append(plain rows: Range<Int>, of plan: borrowing Plan) throws(ImportError) {
    guard !rows.isEmpty && !problemsOnly else { return }
    let input = plan.input(of: rows.lowerBound, &cursor)
    let kind = plan.inputs[input].kind
    let opening = opening(of: input, in: plan)
    for index in rows {
      let row = plan[index]
      text.bytes.append(opening)
      text.bytes.append(decimal: UInt64(plan.rowNumber(of: index, &cursor)))
      if kind == .users && row.flags.contains(.hasID) {
        text.bytes.append(",\"userId\":\"")
        text.bytes.append(row.id)
        text.bytes.append("\"")
      } else {
        text.bytes.append(",\"userId\":null")
      }
      if let number = row.extensionNumber {
        text.bytes.append(",\"rcExtension\":\"")
        text.bytes.append(number)
        text.bytes.append("\"")
      } else {
        text.bytes.append(",\"rcExtension\":null")
      }
      let outcome = row.outcome
      precondition(
        outcome != .undecided && outcome != .rejected,
        "a row without an outcome, or a rejected one without findings"
      )
      let subject = RowSubject(row, kind: kind)
      text.bytes.append(endings[Int(outcome.rawValue) * subjectCount + subject.rawValue])
      if row.flags.contains(.hasPrevious) {
        append(previous: plan.previousExtension(of: index, &cursor))
      }
      text.bytes.append("}\n")
      try text.flushIfFull()
    }
  }

  /// Adds a row with findings.
  mutating func append(_ row: ExplainedRow, of plan: borrowing Plan) throws(ImportError) {
    if row.findings.isEmpty && problemsOnly { return }
    let input = plan.input(of: row.index, &cursor)
    text.bytes.append(opening(of: input, in: plan))
    text.bytes.append(decimal: UInt64(row.position.row))
    text.bytes.append(",\"userId\":")
    text.bytes.append(jsonOrNull: row.userID)
    text.bytes.append(",\"rcExtension\":")
    text.bytes.append(jsonOrNull: row.extensionNumber)
    append(responseOf: row, RowSubject(plan[row.index], kind: row.kind))
    append(previous: row.previous)
    if !row.findings.isEmpty {
      append(reasonsOf: row)
      text.bytes.append(",\"line\":")
      text.bytes.append(decimal: UInt64(row.position.line))
    }
    text.bytes.append("}\n")
    try text.flushIfFull()
  }

  private mutating func append(responseOf row: ExplainedRow, _ subject: RowSubject) {
    let gravest = row.findings.first { $0.severity >= .error }
    switch row.outcome {
    case .rejected:
      guard let gravest else { preconditionFailure("a rejected row without an error") }
      let error = gravest.code.entry.error
      text.bytes.append(failure: error, row.message(of: gravest), row.outcome)
    case .failed:
      let message = gravest.map { row.message(of: $0) } ?? ByteBuffer.serverError
      text.bytes.append(failure: .server, message, row.outcome)
    case .undecided:
      preconditionFailure("a row without an outcome")
    case .wouldApply, .applied, .unchanged, .unprocessed:
      text.bytes.append(plain: row.outcome, subject, stopMessage: stopMessage)
    }
  }

  private mutating func append(reasonsOf row: ExplainedRow) {
    text.bytes.append(",\"reasons\":[")
    for (place, finding) in row.findings.enumerated() {
      if place > 0 { text.bytes.append(",") }
      text.bytes.append(reason: finding, message: row.message(of: finding))
    }
    text.bytes.append("]")
  }

  private mutating func append(previous: ExtensionNumber?) {
    guard let previous else { return }
    text.bytes.append(",\"previous\":\"")
    text.bytes.append(previous)
    text.bytes.append("\"")
  }

  private mutating func opening(of input: Int, in plan: borrowing Plan) -> [UInt8] {
    while openings.count <= input {
      var opening = ByteBuffer()
      opening.append("{")
      if plan.inputs.count > 1 {
        opening.append("\"file\":")
        opening.append(json: plan.inputs[openings.count].name)
        opening.append(",")
      }
      opening.append("\"row\":")
      openings.append(opening.array)
    }
    return openings[input]
  }
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
    append("{\"code\":\"")
    append(text: finding.code.entry.name)
    append("\",\"severity\":\"")
    append(text: finding.severity.name)
    append("\"")
    if let field = finding.field {
      append(",\"field\":\"")
      append(text: field.name)
      append("\"")
    }
    append(",\"message\":")
    append(json: message)
    if let hint = ReasonText.hint(finding) {
      append(",\"hint\":")
      append(json: hint)
    }
    if let suggestion = finding.suggestion {
      append(",\"suggested\":")
      append(json: suggestion)
    }
    append("}")
  }
}
