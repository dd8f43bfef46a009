import Bytes
import ImportModel
import Reports
import Stores

/// Shows past runs to programs, one object a line.
enum RunJSON {
  /// Adds a run as it is listed.
  static func append(_ run: RunSummary, to bytes: inout ByteBuffer) {
    appendHead(of: run, to: &bytes)
    bytes.append("}\n")
  }

  /// Adds a run in detail.
  static func append(_ detail: RunDetail, to bytes: inout ByteBuffer) {
    appendHead(of: detail.summary, to: &bytes)
    bytes.append(",\"rules\":")
    bytes.append(text: detail.rules)
    bytes.append(text: ",\"changes\":\(detail.changeCount)")
    if detail.summary.target != nil { append(detail.deliveries, to: &bytes) }
    bytes.append(",\"inputs\":[")
    for (place, input) in detail.inputs.enumerated() {
      bytes.append(place > 0 ? ",{\"file\":" : "{\"file\":")
      bytes.append(json: input.name)
      bytes.append(",\"kind\":")
      bytes.append(json: input.kind.rawValue)
      bytes.append(",\"format\":")
      bytes.append(json: input.format)
      bytes.append(",\"sha256\":")
      bytes.append(jsonOrNull: input.sha256.isEmpty ? nil : input.sha256)
      bytes.append(text: ",\"bytes\":\(input.byteCount),\"rows\":\(input.rowCount)}")
    }
    bytes.append("]}\n")
  }

  /// Adds a change.
  static func append(_ change: ChangeRecord, of detail: RunDetail, to bytes: inout ByteBuffer) {
    bytes.append("{")
    let input = Int(change.origin.input)
    if detail.inputs.count > 1, detail.inputs.indices.contains(input) {
      bytes.append("\"file\":")
      bytes.append(json: detail.inputs[input].name)
      bytes.append(",")
    }
    bytes.append(text: "\"row\":\(change.origin.inputRow)")
    bytes.append(",\"record\":")
    bytes.append(json: change.subject.rawValue)
    bytes.append(",\"key\":")
    bytes.append(json: change.key)
    bytes.append(",\"action\":")
    bytes.append(json: change.action.rawValue)
    bytes.append(",\"before\":")
    bytes.append(jsonOrNull: change.before?.description)
    bytes.append(",\"after\":")
    bytes.append(jsonOrNull: change.after?.description)
    bytes.append(",\"overwritten\":")
    bytes.append(text: change.beforeRecord ?? "null")
    bytes.append("}\n")
  }

  /// Adds how many rows of a run to a target have come how far.
  private static func append(_ deliveries: [DeliveryState: Int], to bytes: inout ByteBuffer) {
    bytes.append(",\"deliveries\":{")
    for (place, state) in DeliveryState.allCases.enumerated() {
      if place > 0 { bytes.append(",") }
      bytes.append(json: state.rawValue)
      bytes.append(text: ":\(deliveries[state] ?? 0)")
    }
    bytes.append("}")
  }

  /// Adds what every object of a run begins with; the brace stays open.
  private static func appendHead(of run: RunSummary, to bytes: inout ByteBuffer) {
    bytes.append(text: "{\"run\":\(run.id.number),\"startedAt\":\"\(run.startedAt)\"")
    bytes.append(",\"finishedAt\":")
    let isAtWork = run.state == RunState.running.rawValue
    bytes.append(jsonOrNull: isAtWork ? nil : run.finishedAt.description)
    bytes.append(",\"command\":")
    bytes.append(json: run.command)
    bytes.append(",\"version\":")
    bytes.append(json: run.version)
    bytes.append(",\"state\":")
    bytes.append(json: run.state)
    bytes.append(",\"target\":")
    bytes.append(jsonOrNull: run.target)
    bytes.append(",\"counts\":")
    // JSON of our own, as it was recorded.
    bytes.append(text: run.counts)
  }
}
