import ArgumentParser
import Bytes
import ImportModel
import Reports
import Rows

/// Says what reasons mean, what causes them and how to mend them.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a reason means, what causes it, and how to mend it.",
    discussion: """
      Examples:
        rcimport explain
        rcimport explain objectid_excel_scientific
        rcimport explain --json | jq -r 'select(.severity == "warning") | .code'
      """
  )

  @Argument(
    help: "A reason's code; without one all are listed.",
    completion: .list(ReasonCode.allCases.map(\.entry.name))
  )
  var code: String?

  @Flag(help: "Write JSON, one object a line.")
  var json = false

  @Flag(help: "No colours.")
  var noColor = false

  func validate() throws {
    guard let code, Self.reason(named: code) == nil else { return }
    let similar = Self.similar(to: code)
    let advice =
      similar.isEmpty
      ? "'rcimport explain' lists all codes." : "Did you mean \(similar.joined(separator: ", "))?"
    throw ValidationError("There is no reason \"\(ByteBuffer.shown(code))\". \(advice)")
  }

  func run() throws {
    try performListing { () throws(ImportError) in
      let style = Terminal.style(of: .output, allowsColor: !noColor)
      let chosen = code.flatMap { Self.reason(named: $0) }
      let result = try ResultText()
      if json {
        for code in chosen.map({ [$0] }) ?? ReasonCode.allCases {
          ReasonJSON.append(code, to: &result.bytes)
        }
      } else if let chosen {
        result.bytes.append(text: ReasonPage.page(of: chosen, style: style))
      } else {
        result.bytes.append(text: ReasonPage.list(style: style))
      }
      try result.finish()
    }
  }

  /// The reason of a code in any spelling: letter case and hyphens do not matter.
  static func reason(named name: String) -> ReasonCode? { ReasonCode(named: normalized(name)) }

  /// Codes that may have been meant, the likeliest first.
  static func similar(to name: String) -> [String] {
    let name = normalized(name)
    let codes = ReasonCode.allCases.map(\.entry.name)
    let slips = codes.filter { EditDistance.isNearMiss(name, of: $0) }
      .sorted { EditDistance.between(name, $0) < EditDistance.between(name, $1) }
    guard name.utf8.count >= 3 else { return slips }
    let containing = codes.filter { !slips.contains($0) && $0.firstRange(of: name) != nil }
    return Array((slips + containing).prefix(8))
  }

  private static func normalized(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}
