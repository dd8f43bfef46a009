import Bytes
import ImportModel
import Readers
import Reports
import Rows
import Validation

/// The stages of a dry run one on top of the other, without what a whole run adds to them.
struct Stages {
  private let source: InputSource
  private let options = ReadingOptions()
  private let rules = Rules()

  /// Opens an input.
  init(_ path: String) throws(ImportError) {
    source = try InputSource(path: path, options: options, wantsDigest: false)
  }

  /// Scans all blocks for structure and counts what it finds, so that the work is not left out.
  func scan() throws(ImportError) {
    var buffer = ByteBuffer()
    var offset: UInt64 = 0
    var structureCount = 0
    while true {
      buffer.removeAll()
      let count = try source.read(at: offset, into: &buffer, atMost: 1 << 18)
      if count == 0 { break }
      offset += UInt64(count)
      var place = 0
      while place + BlockScan.blockSize <= count {
        let masks = BlockScan.masks(of: buffer.span, at: place, delimiter: 0x2C, quote: 0x22)
        structureCount += masks.structure.nonzeroBitCount
        place += BlockScan.blockSize
      }
    }
    precondition(structureCount > 0, "an input without structure")
  }

  /// Reads all rows.
  func split() throws(ImportError) {
    let input = try InputOpener.open(source, options: options)
    var batch = RowBatch()
    var count = 0
    while try input.reader.read(into: &batch) { count += batch.totalCount }
    precondition(count > 0, "an input without rows")
  }

  /// Makes a plan of all rows, each checked for itself.
  func check() throws(ImportError) {
    let plan = try plan()
    precondition(plan.count > 0, "an input without rows")
  }

  /// Makes a plan of all rows, settles it, and writes lines from it when there is a place for them.
  func settle(reportsTo path: String?) throws(ImportError) {
    var plan = try plan()
    var settlement = Settlement(of: &plan, rules: rules)
    settlement.settleUnknownUsers(plan.inputs[0].rows, in: &plan)
    settlement.finish(in: &plan)
    guard let path else { return }
    let report = NDJSONReport(to: try OutputFile.open(path))
    var row = 0
    while row < plan.count {
      var end = row
      while end < plan.count, plan[end].outcome != .rejected { end += 1 }
      try report.write(plain: row..<end, of: plan)
      row = end + 1
    }
    try report.finish()
  }

  private func plan() throws(ImportError) -> Plan {
    var plan = Plan(keepsDigests: false)
    plan.begin(
      PlanInput(name: "-", kind: .users, hasExtensionColumn: true, introducesUsers: true)
    )
    let input = try InputOpener.open(source, options: options)
    var batch = RowBatch()
    var checker = makeChecker(of: input)
    input.reader.expect(checker.soundUsers)
    while try input.reader.read(into: &batch) {
      if try input.remap() { checker = makeChecker(of: input) }
      var (row, soundCount) = (0, 0)
      for place in 0..<batch.sound.runs.count {
        let run = batch.sound.runs[place]
        append(row..<run.precedingCount, of: batch, &checker, to: &plan)
        plan.append(batch.sound.keys, soundCount..<soundCount + run.count, at: run.position)
        row = run.precedingCount
        soundCount += run.count
      }
      append(row..<batch.count, of: batch, &checker, to: &plan)
    }
    return plan
  }

  private func append(
    _ rows: Range<Int>,
    of batch: borrowing RowBatch,
    _ checker: inout RowChecker,
    to plan: inout Plan
  ) {
    for row in rows {
      let checked = checker.check(row, of: batch, explaining: false)
      plan.append(checked.row, at: batch.rows[row].position, digest: 0)
    }
  }

  private func makeChecker(of input: OpenInput) -> RowChecker {
    RowChecker(
      rules: rules,
      kind: input.kind,
      mapping: input.mapping,
      columns: input.columns,
      keepsDigests: false
    )
  }
}
