package import Bytes
import ImportModel

/// Renders a summary for programs: one JSON object, its keys always there and in the same order.
package enum SummaryJSON {
  /// Adds the object, with a line feed at its end.
  package static func append(_ summary: Summary, to text: inout ByteBuffer) {
    text.append("{\n  \"command\": ")
    text.append(json: summary.command)
    text.append(",\n  \"dryRun\": ")
    text.append(summary.isDryRun ? "true" : "false")
    text.append(",\n  \"run\": ")
    text.append(jsonOrNull: summary.runID)
    text.append(",\n  \"store\": ")
    text.append(jsonOrNull: summary.storePath)
    text.append(",\n  \"stopped\": ")
    text.append(jsonOrNull: summary.stopReason)
    text.append(",\n  \"rows\": ")
    text.append(count: summary.tally.rowCount)
    text.append(",\n  \"outcomes\": {")
    for (place, outcome) in Summary.outcomes.enumerated() {
      if place > 0 { text.append(", ") }
      text.append(json: outcome.name)
      text.append(": ")
      text.append(count: summary.tally.count(outcome))
    }
    text.append("},\n  \"account\": ")
    if let account = summary.account {
      append(account, to: &text)
    } else {
      text.append("null")
    }
    text.append(",\n  \"inputs\": ")
    text.append(list: summary.inputs, append(input:to:))
    text.append(",\n  \"problems\": ")
    text.append(list: summary.problems) { problem, text in
      append(problem, of: summary, to: &text)
    }
    text.append(",\n  \"outputs\": ")
    text.append(list: summary.outputs, append(output:to:))
    text.append("\n}\n")
  }

  /// Adds the same object on one line, without space between its parts and without a line feed.
  package static func append(compact summary: Summary, to text: inout ByteBuffer) {
    var laidOut = ByteBuffer()
    append(summary, to: &laidOut)
    let bytes = laidOut.span
    var isInString = false
    var isEscaped = false
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if isInString {
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") { continue }
        isInString = byte == UInt8(ascii: "\"")
      }
      text.append(byte)
    }
  }

  private static func append(_ account: Summary.Account, to text: inout ByteBuffer) {
    text.append("{\"extensions\": ")
    text.append(count: account.extensionCount)
    text.append(", \"unassigned\": ")
    text.append(count: account.freeCount)
    text.append(", \"changes\": ")
    text.append(count: account.changeCount)
    text.append(", \"seconds\": ")
    if let seconds = account.secondCount {
      text.append(count: seconds)
    } else {
      text.append("null")
    }
    text.append(", \"shortages\": [")
    for (place, shortage) in account.shortages.enumerated() {
      if place > 0 { text.append(", ") }
      text.append("{\"type\": ")
      text.append(json: shortage.type)
      text.append(", \"site\": ")
      text.append(jsonOrNull: shortage.site.isEmpty ? nil : shortage.site)
      text.append(", \"needed\": ")
      text.append(count: shortage.neededCount)
      text.append(", \"free\": ")
      text.append(count: shortage.freeCount)
      text.append("}")
    }
    text.append("]}")
  }

  private static func append(input: Summary.Input, to text: inout ByteBuffer) {
    text.append("{\"file\": ")
    text.append(json: input.name)
    text.append(", \"kind\": ")
    text.append(json: input.kind.rawValue)
    text.append(", \"format\": ")
    text.append(json: input.format)
    text.append(", \"description\": ")
    text.append(json: input.description)
    text.append(", \"sha256\": ")
    text.append(jsonOrNull: input.sha256)
    text.append(", \"rows\": ")
    text.append(count: input.rowCount)
    text.append(", \"remarks\": [")
    for (place, remark) in input.remarks.enumerated() {
      if place > 0 { text.append(", ") }
      text.append(reason: remark, message: ReasonText.message(remark, value: nil))
    }
    text.append("], \"previousRuns\": [")
    for (place, run) in input.previousRuns.enumerated() {
      if place > 0 { text.append(", ") }
      text.append(json: run)
    }
    text.append("]}")
  }

  private static func append(
    _ problem: Summary.Problem,
    of summary: Summary,
    to text: inout ByteBuffer
  ) {
    text.append("{\"code\": ")
    text.append(json: problem.code.entry.name)
    text.append(", \"severity\": ")
    text.append(json: problem.severity.name)
    text.append(", \"count\": ")
    text.append(count: problem.entry.count)
    text.append(", \"summary\": ")
    text.append(json: problem.code.entry.summary)
    text.append(", \"firstRows\": [")
    for (place, row) in problem.entry.firstRows.enumerated() {
      if place > 0 { text.append(", ") }
      text.append("{")
      if summary.inputs.count > 1, summary.inputs.indices.contains(row.input) {
        text.append("\"file\": ")
        text.append(json: summary.inputs[row.input].name)
        text.append(", ")
      }
      text.append("\"row\": ")
      text.append(count: Int(row.row))
      text.append("}")
    }
    text.append("]}")
  }

  private static func append(output: Summary.Output, to text: inout ByteBuffer) {
    text.append("{\"role\": ")
    text.append(json: output.role)
    text.append(", \"file\": ")
    text.append(json: output.name)
    text.append(", \"complete\": ")
    text.append(output.isComplete ? "true" : "false")
    text.append("}")
  }
}

extension ByteBuffer {
  /// Adds a JSON array with one element a line.
  fileprivate mutating func append<Element>(
    list: [Element],
    _ append: (Element, inout ByteBuffer) -> Void
  ) {
    self.append("[")
    for (place, element) in list.enumerated() {
      self.append(place > 0 ? ",\n    " : "\n    ")
      append(element, &self)
    }
    self.append(list.isEmpty ? "]" : "\n  ]")
  }

  fileprivate mutating func append(count: Int) { append(decimal: UInt64(max(0, count))) }
}
