import Bytes
import ImportModel
import Reports
import Support
import Testing

struct SummaryTests {
  /// A dry run over two inputs with problems of every severity.
  static var example: Summary {
    var tally = Tally()
    tally.setOutcomes([.wouldApply: 1_190, .unchanged: 5, .rejected: 9])
    for row in 0..<7 {
      tally.add(.extensionLetters, .error, input: 0, row: UInt32(row * 3 + 2))
    }
    tally.add(.duplicateAcrossFiles, .error, input: 0, row: 4)
    tally.add(.duplicateAcrossFiles, .error, input: 1, row: 9)
    tally.add(.alreadyAssigned, .error, input: 1, row: 12)
    tally.add(.alreadyAssigned, .error, input: 1, row: 13)
    for row in 0..<10 { tally.add(.cellNBSP, .warning, input: 0, row: UInt32(row + 2)) }
    tally.add(.cellOuterSpace, .note, input: 0, row: 2)
    return Summary(
      command: "validate",
      isDryRun: true,
      inputs: [
        Summary.Input(
          name: "people.csv",
          description: "users export, CSV, commas, UTF-8",
          kind: .users,
          format: "csv",
          sha256: String(repeating: "0a", count: 32),
          rowCount: 1_200,
          remarks: [Finding(.columnUnknown, .warning, text: "Shoe size")],
          previousRuns: ["7"]
        ),
        Summary.Input(
          name: "x.xml",
          description: "extensions export, XML",
          kind: .extensions,
          format: "xml",
          rowCount: 4
        ),
      ],
      tally: tally,
      storePath: "rcimport.sqlite",
      outputs: [Summary.Output(role: "report", name: "out.ndjson", isComplete: true)]
    )
  }

  @Test func `the text shows counts, then problems by reason, aligned`() {
    let remark = Finding(.columnUnknown, .warning, text: "Shoe size")
    let hint = ReasonText.hint(remark).map { "      \($0)\n" } ?? ""
    #expect(
      SummaryText.render(Self.example) == """
        rcimport validate  (dry run: nothing was written)
        store  rcimport.sqlite

        Inputs
          people.csv  1200 rows  users export, CSV, commas, UTF-8
            warning: \(ReasonText.message(remark, value: nil)) (column_unknown)
        \(hint)    This file was applied before, in run 7
          x.xml          4 rows  extensions export, XML

        Rows
          would apply  1190
          unchanged       5
          rejected        9
          total        1204

        Problems
          error     7  extension_letters       \(summary(.extensionLetters))
                       people.csv: rows 2, 5, 8, 11, 14, ...
          error     2  already_assigned        \(summary(.alreadyAssigned))
                       x.xml: rows 12, 13
          error     2  duplicate_across_files  \(summary(.duplicateAcrossFiles))
                       people.csv: row 4
                       x.xml: row 9
          warning  10  cell_nbsp               \(summary(.cellNBSP))
                       people.csv: rows 2, 3, 4, 5, 6, ...
          note      1  cell_outer_space        \(summary(.cellOuterSpace))
                       people.csv: row 2

        What a reason means and how to mend it: rcimport explain extension_letters

        Written
          report  out.ndjson

        """
    )
  }

  @Test func `a run without problems is short`() {
    var tally = Tally()
    tally.setOutcomes([.applied: 1])
    let summary = Summary(
      command: "apply",
      isDryRun: false,
      inputs: [
        Summary.Input(
          name: "-",
          description: "assignment list, CSV",
          kind: .users,
          format: "csv",
          rowCount: 1
        )
      ],
      tally: tally,
      runID: "8",
      stopReason: "More than 3 rows were rejected",
      outputs: [Summary.Output(role: "report", name: "-", isComplete: false)]
    )
    #expect(
      SummaryText.render(summary) == """
        rcimport apply
        run    8
        Stopped early: More than 3 rows were rejected

        Inputs
          -  1 row   assignment list, CSV

        Rows
          applied  1
          total    1

        Written
          report  standard output  (not complete)

        """
    )
  }

  @Test func `names and values never drive the terminal`() {
    var summary = Self.example
    summary.inputs[0].name = "\u{1B}]0;x\u{7}.csv"
    summary.inputs[0].description = "a\nb\u{9B}"
    summary.storePath = "\r\u{202E}"
    summary.stopReason = "\u{1B}c"
    summary.runID = "\u{8}"
    summary.outputs[0].name = "\u{1B}[2J"
    let text = SummaryText.render(summary)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}" })
    #expect(text.contains(#"\u001b]0;x\u0007.csv"#))
  }

  @Test func `colours only add colours`() {
    let plain = SummaryText.render(Self.example)
    let colored = SummaryText.render(Self.example, style: .colored)
    #expect(colored != plain)
    #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
    #expect(colored.contains("\u{1B}[31merror  \u{1B}[0m"))
  }

  @Test func `the JSON is stable, valid, and has its keys in order`() throws {
    let text = json(Self.example)
    #expect(text == json(Self.example))
    #expect(try ReportSchema.summary.problems(in: text) == [])
    #expect(
      text.hasPrefix(
        """
        {
          "command": "validate",
          "dryRun": true,
          "run": null,
          "store": "rcimport.sqlite",
          "stopped": null,
          "rows": 1204,
          "outcomes": {"would_apply": 1190, "applied": 0, "unchanged": 5, "rejected": 9, "failed": 0, "unprocessed": 0},
          "account": null,
          "inputs": [
            {"file": "people.csv", "kind": "users", "format": "csv", "description": "users export, CSV, commas, UTF-8", "sha256": "0a0a
        """
      )
    )
    let first = summary(.extensionLetters)
    #expect(
      text.contains(
        """
          "problems": [
            {"code": "extension_letters", "severity": "error", "count": 7, "summary": "\(first)", "firstRows": [{"file": "people.csv", "row": 2}, {"file": "people.csv", "row": 5},
        """
      )
    )
    #expect(
      text.hasSuffix(
        """
          "outputs": [
            {"role": "report", "file": "out.ndjson", "complete": true}
          ]
        }

        """
      )
    )
  }

  @Test func `an empty run is valid JSON too`() throws {
    let text = json(Summary(command: "apply", isDryRun: false, inputs: [], tally: Tally()))
    #expect(try ReportSchema.summary.problems(in: text) == [])
    #expect(text.contains("  \"inputs\": [],\n  \"problems\": [],\n  \"outputs\": []\n}\n"))
  }

  @Test(arguments: [
    (#""dryRun": true"#, #""dryRun": "yes""#),
    (#""rows": 1204"#, #""rows": -1"#),
    (#""kind": "users""#, #""kind": "people""#),
    (#""count": 7"#, #""count": 0"#),
    (#""code": "extension_letters""#, #""code": "letters""#),
    (#""failed": 0, "#, ""),
    (#""complete": true"#, #""complete": 1"#),
    ("0a0a", "0A0A"),
  ])
  func `a wrong summary is found out`(_ part: String, _ replacement: String) throws {
    let right = json(Self.example)
    let wrong = right.replacing(part, with: replacement, maxReplacements: 1)
    #expect(wrong != right)
    #expect(try !ReportSchema.summary.problems(in: wrong).isEmpty)
  }

  private func json(_ summary: Summary) -> String {
    var text = ByteBuffer()
    SummaryJSON.append(summary, to: &text)
    return String(utf8: text.span)
  }

  private func summary(_ code: ReasonCode) -> String { code.entry.summary }
}
