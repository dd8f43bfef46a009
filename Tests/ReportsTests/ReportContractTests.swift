import ImportModel
import Reports
import Testing

/// What every kind of report promises, over all kinds.
struct ReportContractTests {
  enum Kind: CaseIterable { case lines, problems, rejectedRows, rejectedRecords }

  private func make(_ kind: Kind, to file: OutputFile) -> any Report {
    switch kind {
    case .lines:
      NDJSONReport(to: file)
    case .problems:
      NDJSONReport(to: file, problemsOnly: true)
    case .rejectedRows:
      RejectsReport(
        to: file,
        layout: .header(Array("userId,rcExtension".utf8)),
        dialect: RejectsDialect()
      )
    case .rejectedRecords:
      MarkupRejectsReport(
        to: file,
        envelope: { (Array("<users>\n".utf8), Array("</users>\n".utf8)) },
        annotate: { (record, _, _) throws(ImportError) in record }
      )
    }
  }

  private let plan = [
    TestRow(), TestRow(outcome: .rejected, flags: .rejected), TestRow(outcome: .unchanged),
  ]

  /// Gives a report the rows of the plan in order.
  private func fill(_ report: any Report) throws {
    let plan = Plan.of(plan)
    let finding = Finding(.extensionLetters, .error, field: .extensionNumber)
    try report.write(plain: 0..<1, of: plan)
    try report.write(.of(plan, 1, findings: [finding], record: "64b7,12a4"), of: plan)
    try report.write(plain: 2..<3, of: plan)
  }

  @Test(arguments: Kind.allCases)
  func `nothing appears before a report is finished, and nothing but it afterwards`(
    kind: Kind
  ) throws {
    let folder = try TemporaryFolder()
    let report = make(kind, to: try OutputFile.open(folder.path("out")))
    try fill(report)
    #expect(try !folder.names.contains("out"))
    try report.finish()
    #expect(try folder.names == ["out"])
    #expect(try !folder.bytes(of: "out").isEmpty)
  }

  @Test(arguments: Kind.allCases)
  func `a report given up leaves what was there before`(kind: Kind) throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "out")
    let report = make(kind, to: try OutputFile.open(folder.path("out")))
    try fill(report)
    report.abandon()
    #expect(try folder.names == ["out"])
    #expect(try folder.text(of: "out") == "before")
  }

  @Test(arguments: Kind.allCases)
  func `the same rows give the same bytes`(kind: Kind) throws {
    let folder = try TemporaryFolder()
    for name in ["first", "second"] {
      let report = make(kind, to: try OutputFile.open(folder.path(name)))
      try fill(report)
      try report.finish()
    }
    #expect(try folder.bytes(of: "first") == folder.bytes(of: "second"))
  }

  @Test(arguments: Kind.allCases)
  func `a full device is told and leaves no report`(kind: Kind) throws {
    let report = make(kind, to: try OutputFile.open("/dev/full"))
    #expect(throws: ImportError.self) {
      try fill(report)
      try report.finish()
    }
  }
}
