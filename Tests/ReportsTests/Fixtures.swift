import Bytes
import ImportModel
import Reports

/// Records of which each is the same text, given in pieces of a size.
final class TextRecords: RawRecords {
  private let bytes: [UInt8]
  private let pieceByteCount: Int

  init(_ text: String, pieces pieceByteCount: Int = 1 << 20) {
    bytes = Array(text.utf8)
    self.pieceByteCount = pieceByteCount
  }

  func forEachChunk(
    at offset: UInt64,
    byteCount: UInt64,
    _ body: (Span<UInt8>) throws(ImportError) -> Void
  ) throws(ImportError) {
    let bytes = bytes
    var start = 0
    while start < bytes.count {
      let end = min(start + pieceByteCount, bytes.count)
      try body(bytes.span.extracting(start..<end))
      start = end
    }
  }
}

/// One row of a plan that a test makes.
struct TestRow {
  var id: String? = "64b7f1a2e4b0a5d3f9c12345"
  var number: String? = "1234"
  var outcome = Outcome.applied
  var flags: RowFlags = []
  var previous: String?
}

extension Plan {
  /// A plan of some inputs, its rows one a line from row and line 2.
  static func of(_ inputs: [(name: String, kind: InputKind, rows: [TestRow])]) -> Plan {
    var plan = Plan(keepsDigests: false)
    for input in inputs {
      plan.begin(
        PlanInput(
          name: input.name,
          kind: input.kind,
          hasExtensionColumn: true,
          introducesUsers: false
        )
      )
      for (place, row) in input.rows.enumerated() {
        let id = row.id.flatMap { ObjectID(Array($0.utf8).span) }
        var flags = row.flags
        if id != nil && input.kind == .users { flags.insert(.hasID) }
        var packed = PlanRow(
          high: id?.high ?? 0,
          low: id?.low ?? 0,
          extensionNumber: row.number.flatMap { ExtensionNumber($0) },
          flags: flags
        )
        packed.outcome = row.outcome
        let number = UInt32(place + 2)
        plan.append(
          packed,
          at: Position(row: number, line: number, offset: UInt64(place) * 30),
          digest: 0
        )
        if let previous = row.previous.flatMap({ ExtensionNumber($0) }) {
          plan.addPrevious(previous, row: plan.count - 1)
        }
      }
    }
    plan.sortFindings()
    return plan
  }

  /// A plan of one users export.
  static func of(_ rows: [TestRow]) -> Plan { of([("users.csv", .users, rows)]) }
}

extension ExplainedRow {
  /// A row of a plan with its texts and its findings.
  static func of(
    _ plan: borrowing Plan,
    _ index: Int,
    userID: String? = nil,
    number: String? = nil,
    findings: [Finding] = [],
    values: [Field: String] = [:],
    previous: String? = nil,
    record: String = "",
    pieces pieceByteCount: Int = 1 << 20
  ) -> ExplainedRow {
    let row = ExplainedRow(
      kind: plan.inputs[plan.input(of: index)].kind,
      records: TextRecords(record, pieces: pieceByteCount)
    )
    row.begin(
      index,
      at: plan.position(of: index),
      outcome: plan[index].outcome,
      byteCount: UInt64(record.utf8.count)
    )
    for finding in findings { row.findings.append(finding) }
    for (field, value) in values { row.findings.show(row.findings.keep(value), of: field) }
    if let userID { row.userID = .text(row.findings.keep(userID)) }
    if let number { row.number = .text(row.findings.keep(number)) }
    row.previous = previous.flatMap { ExtensionNumber($0) }
    return row
  }
}

/// The text that a report writes: made, given rows by the body, finished, read.
func written<Made: Report>(
  _ make: (OutputFile) -> Made,
  _ body: (Made) throws -> Void
) throws -> String {
  String(decoding: try writtenBytes(make, body), as: UTF8.self)
}

/// The bytes that a report writes.
func writtenBytes<Made: Report>(
  _ make: (OutputFile) -> Made,
  _ body: (Made) throws -> Void
) throws -> [UInt8] {
  let folder = try TemporaryFolder()
  let report = make(try OutputFile.open(folder.path("out")))
  try body(report)
  try report.finish()
  return try folder.bytes(of: "out")
}
