import ImportModel
package import JSON
package import Stores

/// Shows past runs to programs, one JSON object each.
package enum RunJSON {
  /// Writes a run as it is listed.
  package static func write(_ run: RunSummary, to writer: inout JSONWriter) {
    writer.object { writeHead(of: run, to: &$0) }
  }

  /// Writes a run in detail.
  package static func write(_ detail: RunDetail, to writer: inout JSONWriter) {
    writer.object {
      writeHead(of: detail.summary, to: &$0)
      $0.member("rules") { $0.value(verbatim: detail.rules) }
      $0.member("changes", detail.changeCount)
      if detail.summary.target != nil {
        $0.member("deliveries") { write(detail.deliveries, to: &$0) }
      }
      $0.member("inputs") {
        $0.array {
          for input in detail.inputs { $0.element { write(input, to: &$0) } }
        }
      }
    }
  }

  /// Writes a change.
  package static func write(
    _ change: ChangeRecord,
    of detail: RunDetail,
    to writer: inout JSONWriter
  ) {
    writer.object {
      let input = Int(change.origin.input)
      if detail.inputs.count > 1, detail.inputs.indices.contains(input) {
        $0.member("file", detail.inputs[input].name)
      }
      $0.member("row", change.origin.inputRow)
      $0.member("record", change.subject.rawValue)
      $0.member("key", change.key)
      $0.member("action", change.action.rawValue)
      $0.member("before", change.before?.description)
      $0.member("after", change.after?.description)
      $0.member("overwritten") { $0.value(verbatim: change.beforeRecord ?? "null") }
    }
  }

  private static func write(_ input: RunInput, to writer: inout JSONWriter) {
    writer.object {
      $0.member("file", input.name)
      $0.member("kind", input.kind.rawValue)
      $0.member("format", input.format)
      $0.member("sha256", input.sha256.isEmpty ? nil : input.sha256)
      $0.member("bytes", input.byteCount)
      $0.member("rows", input.rowCount)
    }
  }

  /// Writes how many rows of a run to a target have come how far.
  private static func write(_ deliveries: [DeliveryState: Int], to writer: inout JSONWriter) {
    writer.object {
      for state in DeliveryState.allCases {
        $0.member(state.rawValue, deliveries[state] ?? 0)
      }
    }
  }

  /// Writes what every object of a run begins with.
  private static func writeHead(of run: RunSummary, to writer: inout JSONWriter) {
    writer.member("run", run.id.number)
    writer.member("startedAt", run.startedAt.description)
    let isAtWork = run.state == RunState.running.rawValue
    writer.member("finishedAt", isAtWork ? nil : run.finishedAt.description)
    writer.member("command", run.command)
    writer.member("version", run.version)
    writer.member("state", run.state)
    writer.member("target", run.target)
    // JSON of our own, as it was recorded.
    writer.member("counts") { $0.value(verbatim: run.counts) }
  }
}
