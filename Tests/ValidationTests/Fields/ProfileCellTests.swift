import ImportModel
import Support
import Testing

@Suite
struct ProfileCellTests {
  private func check(_ text: String, field: Field = .lastName, rules: Rules = Rules())
    -> CheckedCells
  {
    CheckedCells(texts: [.userID: CheckedCells.goodID, field: text], rules: rules)
  }

  @Test(arguments: [
    "O'Brien", "Zoë", "Müller-Lüdenscheidt", "Ng", "Null", "True", "Nan", "None", "N/A", "'t Hooft",
    "-Smith", "+49 30", "@home", "李明", "Þórðarson", "R&D", "Smith & Sons; Ltd", "Q&A; more", "100%",
    "d’Arcy", "محمد", "می‌خواهم", "SÃO PAULO", "x", "#1 Team", "…", "", "Åsa", "Â", "AT&T;x",
  ])
  func `names are never rejected`(text: String) {
    #expect(check(text).reasons.isEmpty, "\(text)")
  }

  @Test(
    arguments: [
      ("#N/A", .cellExcelError, .error), ("#REF!", .cellExcelError, .error),
      ("=HYPERLINK(\"x\")", .cellFormula, .error), ("=A1", .cellFormula, .warning),
      ("=\"Anna\"", .cellTextFormula, .warning), ("O&#39;Brien", .cellHTMLEntity, .error),
      ("Smith &amp; Sons", .cellHTMLEntity, .error), ("Ann\u{1}a", .cellControlChar, .error),
      ("Zo\u{FFFD}", .cellReplacementChar, .error), ("ZoÃ«", .cellMojibake, .warning),
      ("dâ€™Arcy", .cellMojibake, .warning), ("Ann\u{A0}Lee", .cellNBSP, .warning),
      ("Anna\u{200B}", .cellZeroWidth, .warning), ("Anna\u{200F}", .cellBidiControl, .warning),
      ("An\u{AD}na", .cellSoftHyphen, .warning), ("Ann\tLee", .cellTabNewline, .warning),
      ("Ann\nLee", .multilineField, .warning), ("####", .cellHashMarks, .warning),
    ] as [(String, ReasonCode, Severity)]
  )
  func `damage that no name explains is named`(text: String, code: ReasonCode, severity: Severity) {
    let cells = check(text)
    #expect(cells.reasons == [code] && cells.findings.first?.severity == severity)
    #expect(cells.findings.first?.field == .lastName)
    #expect(cells.isRejected == (severity == .error) && cells.id != nil)
  }

  @Test
  func `an e-mail address has no space inside`() {
    #expect(check("a b@example.com", field: .email).reasons == [.cellInnerSpace])
    #expect(check(" a@example.com ", field: .email).codes == [.cellOuterSpace])
    #expect(check("a@example.com", field: .email).codes.isEmpty)
  }

  @Test
  func `a user whom the input calls disabled is warned of`() {
    #expect(check("Disabled", field: .status).reasons == [.userDisabled])
    #expect(check("Enabled", field: .status).reasons.isEmpty)
    var rules = Rules()
    rules.includeDisabled = true
    #expect(check("Disabled", field: .status, rules: rules).reasons.isEmpty)
  }

  @Test
  func `strict rules reject what is only a warning`() {
    var rules = Rules()
    rules.strict = true
    let cells = check("ZoÃ«", rules: rules)
    #expect(cells.isRejected && cells.findings.first?.severity == .error && cells.id != nil)
  }
}
