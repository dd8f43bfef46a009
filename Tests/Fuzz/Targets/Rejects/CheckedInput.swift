import Bytes
import Harness
import ImportModel
import Readers
import Reports
import Rows
import SystemPackage
import Validation

/// An input whose rows were read and checked each for itself, as a run does it.
struct CheckedInput {
  private let input: OpenInput
  /// Rows that were rejected, and the others; rows at the end that read like totals are neither.
  private(set) var rejected: [Position] = []
  private(set) var accepted: [Position] = []
  /// Rows at the end that read like totals.
  private(set) var footerCount = 0

  /// Opens, reads and checks a file.
  init(_ file: NamelessFile, _ options: ReadingOptions, _ rules: Rules) throws(ImportError) {
    file.rewind()
    let source = try InputSource(file.descriptor, name: "f", options: options, wantsDigest: false)
    input = try InputOpener.open(source, options: options)
    var checker = input.makeChecker(rules: rules, keepsDigests: false)
    var columnCount = input.reader.columns.count
    var batch = RowBatch()
    var footer: (rejectedCount: Int, acceptedCount: Int)?
    while try input.reader.read(into: &batch) {
      if input.reader.columns.count != columnCount {
        columnCount = input.reader.columns.count
        _ = try input.remap()
        checker = input.makeChecker(rules: rules, keepsDigests: false)
      }
      for row in 0..<batch.count {
        let head = batch.rows[row]
        let checked = checker.check(row, of: batch, explaining: false)
        let isFooter =
          head.features.contains(.looksLikeFooter) && !checked.row.flags.contains(.hasID)
        footer = isFooter ? footer ?? (rejected.count, accepted.count) : nil
        if checked.row.flags.contains(.rejected) {
          rejected.append(head.position)
        } else {
          accepted.append(head.position)
        }
      }
    }
    guard let footer else { return }
    footerCount = rejected.count + accepted.count - footer.rejectedCount - footer.acceptedCount
    rejected.removeSubrange(footer.rejectedCount...)
    accepted.removeSubrange(footer.acceptedCount...)
  }

  /// Whether it is XML.
  var isXML: Bool { input.format == .xml }

  /// Whether the same was made of these rejects as of the input that they are from: the format, the
  /// dialect, the element of a record, the header, without which the width is only guessed.
  func isTaken(like other: CheckedInput) -> Bool {
    input.format == other.input.format && input.dialect == other.input.dialect
      && input.recordPath == other.input.recordPath
      && (isXML || input.hasHeader && input.columns.starts(with: other.input.columns))
  }

  /// Writes the rejected rows as a run does it, each read and checked again.
  func writeRejects(to file: NamelessFile, _ rules: Rules) throws(ImportError) {
    file.replace(with: [])
    let output = try OutputFile(streamingTo: file.descriptor, name: "rejects")
    let report = try input.makeRejects(to: output)
    var checker = input.makeChecker(rules: rules, keepsDigests: false)
    var batch = RowBatch()
    var plan = Plan(keepsDigests: false)
    for position in rejected {
      try input.reader.fetch(position, into: &batch)
      _ = checker.check(0, of: batch, explaining: true)
      let head = batch.rows[0]
      let row = ExplainedRow(kind: input.kind, records: input.source)
      row.begin(0, at: position, outcome: .rejected, byteCount: head.byteCount)
      checker.exchangeFindings(with: &row.findings)
      row.findings.removeAll(below: .warning)
      require(
        !row.findings.isEmpty && row.findings[0].severity == .error,
        "\(position) was rejected without a reason"
      )
      for place in row.findings.indices where row.findings[place].value.isAbsent {
        guard let field = row.findings[place].field, let column = input.mapping[field] else {
          continue
        }
        let value = row.findings.keep(String(utf8: batch.value(ofColumn: column, row: 0)))
        row.findings.show(value, of: field)
      }
      try report.write(row, of: plan)
    }
    plan.sortFindings()
    try report.finish()
  }
}

extension InputSource: RawRecords {}
