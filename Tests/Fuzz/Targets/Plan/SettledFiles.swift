import Bytes
import Harness
import ImportModel
import Readers
import Reports
import Rows
import SystemPackage
import Validation

/// Inputs that were read, checked and settled with a store, as a dry run does it.
struct SettledFiles {
  let rows: [SettledRow]
  /// Rows at the end that read like totals, which are no rows.
  let footerCount: Int
  private let inputs: [OpenInput]
  private let rules: Rules

  /// Reads files to their ends.
  ///
  /// - Throws: when one is refused as a whole.
  init(
    _ files: [NamelessFile],
    _ options: ReadingOptions,
    _ rules: Rules,
    _ store: ModelStore
  ) throws(ImportError) {
    self.rules = rules
    var builder = PlanBuilder(rules: rules, keepsDigests: false, keepsEmailDigests: false)
    var inputs: [OpenInput] = []
    var footerCount = 0
    for file in files {
      file.rewind()
      let source = try InputSource(file.descriptor, name: "f", options: options, wantsDigest: false)
      let input = try InputOpener.open(source, options: options)
      footerCount += try builder.add(input, observer: nil)
      inputs.append(input)
    }
    var plan = builder.finish()
    store.settle(&plan, rules: rules)
    var rows: [SettledRow] = []
    for row in 0..<plan.count { rows.append(SettledRow(row, of: plan)) }
    self.rows = rows
    self.inputs = inputs
    self.footerCount = footerCount
  }

  /// Writes the rejected rows of the first input as a run does it.
  func writeRejects(to file: NamelessFile) throws(ImportError) {
    file.replace(with: [])
    let output = try OutputFile(streamingTo: file.descriptor, name: "rejects")
    let report = try inputs[0].makeRejects(to: output)
    var checker = inputs[0].makeChecker(rules: rules, keepsDigests: false)
    var batch = RowBatch()
    let plan = Plan(keepsDigests: false)
    for row in rows where row.outcome == .rejected {
      try inputs[0].reader.fetch(row.position, into: &batch)
      _ = checker.check(0, of: batch, explaining: true)
      let explained = ExplainedRow(kind: .users, records: inputs[0].source)
      explained.begin(
        0,
        at: row.position,
        outcome: .rejected,
        byteCount: batch.rows[0].byteCount
      )
      checker.exchangeFindings(with: &explained.findings)
      explained.findings.removeAll(below: .warning)
      if explained.findings.isEmpty {
        explained.findings.append(Finding(.userNotFound, .error, field: .userID))
      }
      try report.write(explained, of: plan)
    }
    try report.finish()
  }

  /// The bytes of every row, as they stand.
  func records(of text: [UInt8]) throws(ImportError) -> [[UInt8]] {
    var batch = RowBatch()
    var records: [[UInt8]] = []
    for row in rows {
      try inputs[0].reader.fetch(row.position, into: &batch)
      let start = Int(row.position.offset)
      records.append(Array(text[start..<start + Int(batch.rows[0].byteCount)]))
    }
    return records
  }
}

extension InputSource: RawRecords {}
