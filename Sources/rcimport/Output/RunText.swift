import Bytes
import ImportModel
import Reports
import Stores

/// Shows past runs to people.
enum RunText {
  /// Runs as a table, a line each.
  static func table(of runs: [RunSummary], style: Style) -> String {
    guard !runs.isEmpty else { return "No runs yet.\n" }
    let head = ["run", "finished", "rows", "applied", "unchanged", "rejected", "command"]
    let lines = runs.map { run in
      let counts = RecordedObject(run.counts)
      return [run.id.description, isAtWork(run) ? run.state : run.finishedAt.description]
        + head[2...5].map { counts[$0] ?? "" } + [ByteBuffer.shown(run.command)]
    }
    let widths = head.indices.dropLast().map { column in
      ([head] + lines).map { $0[column].utf8.count }.max() ?? 0
    }
    return ([head] + lines).enumerated().map { place, cells in
      var line = ""
      for (column, width) in widths.enumerated() {
        let space = String(repeating: " ", count: width - cells[column].utf8.count)
        // All columns but the time are numbers.
        line += column == 1 ? cells[column] + space : space + cells[column]
        line += "  "
      }
      line += cells[cells.count - 1]
      return (place == 0 ? style.paint(line, .heading) : line) + "\n"
    }.joined()
  }

  /// A run in detail.
  static func page(of detail: RunDetail, style: Style) -> String {
    let run = detail.summary
    var text = style.paint("run \(run.id)", .heading) + "  \(ByteBuffer.shown(run.state))\n"
    text += "started   \(run.startedAt)\n"
    if !isAtWork(run) { text += "finished  \(run.finishedAt)\n" }
    text += "command   \(Program.name) \(ByteBuffer.shown(run.command))\n"
    text += "version   \(ByteBuffer.shown(run.version))\n"
    if let target = run.target { text += "target    \(ByteBuffer.shown(target))\n" }
    text += heading("Inputs", style)
    for input in detail.inputs {
      text += "  \(ByteBuffer.shown(input.name))  \(input.kind.rawValue), \(input.format), "
      text += "\(ProgressText.grouped(input.rowCount)) rows, "
      text += "\(ProgressText.bytes(input.byteCount))\n"
      if !input.sha256.isEmpty { text += "    SHA-256 \(input.sha256)\n" }
    }
    text += heading("Rows", style)
    text += lines(of: RecordedObject(run.counts).pairs)
    if !detail.deliveries.isEmpty {
      text += heading("Sent", style)
      text += lines(
        of: DeliveryState.allCases.compactMap { state in
          detail.deliveries[state].map { (state.rawValue, ProgressText.grouped($0)) }
        }
      )
    }
    text += heading("Rules", style)
    text += lines(of: RecordedObject(detail.rules).pairs)
    text += "\n\(ProgressText.grouped(detail.changeCount)) changes; "
    return text + "one by one: \(Program.name) runs \(run.id) --changes\n"
  }

  /// A change, on its line.
  static func line(of change: ChangeRecord) -> String {
    let key = ByteBuffer.shown(change.key)
    var line = "row \(change.origin.inputRow)  \(change.subject.rawValue) \(key)  "
    line += change.action.rawValue
    if change.before != change.after {
      line += "  \(change.before?.description ?? "-") -> \(change.after?.description ?? "-")"
    }
    return line + "\n"
  }

  /// Whether the time of its end says nothing yet.
  private static func isAtWork(_ run: RunSummary) -> Bool {
    run.state == RunState.running.rawValue
  }

  private static func heading(_ text: String, _ style: Style) -> String {
    "\n" + style.paint(text, .heading) + "\n"
  }

  private static func lines(of pairs: [(name: String, value: String)]) -> String {
    let width = pairs.map(\.name.utf8.count).max() ?? 0
    return pairs.map { name, value in
      let space = String(repeating: " ", count: width - name.utf8.count)
      return "  \(name)\(space)  \(value.isEmpty ? "-" : ByteBuffer.shown(value))\n"
    }.joined()
  }
}
