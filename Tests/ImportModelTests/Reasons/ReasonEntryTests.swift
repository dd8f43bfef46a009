import ImportModel
import Testing

@Suite
struct ReasonEntryTests {
  /// The flags that texts may send people to.
  static let knownFlags: Set<String> = [
    "--match",
    "--fix", "--encoding", "--delimiter", "--map", "--no-header", "--record-path",
    "--on-duplicate", "--on-existing", "--on-blank", "--unknown-users", "--include-disabled",
    "--max-field-bytes", "--max-row-bytes", "--allow-empty", "--users", "--extensions", "--strict",
    "--reserved", "--range", "--max-errors", "--max-change", "--atomic", "--spare", "--retries",
    "--timeout",
  ]

  @Test
  func `every code has a name of its own in snake case`() {
    let names = ReasonCode.allCases.map(\.entry.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(!name.isEmpty && name.first != "_" && name.last != "_")
      #expect(name.allSatisfy { $0 == "_" || $0.isNumber || ("a"..."z").contains($0) }, "\(name)")
    }
  }

  @Test(arguments: ReasonCode.allCases)
  func `a code is found by its name`(code: ReasonCode) {
    #expect(ReasonCode(named: code.entry.name) == code)
  }

  @Test
  func `unknown names find nothing`() {
    #expect(ReasonCode(named: "") == nil)
    #expect(ReasonCode(named: "cellNBSP") == nil)
  }

  @Test(arguments: [
    (ReasonCode.objectid0x, "objectid_0x"), (.cellNBSP, "cell_nbsp"), (.cellJSON, "cell_json"),
    (.fileIsXLSX, "file_is_xlsx"), (.invalidUTF8, "invalid_utf8"), (.utf16Broken, "utf16_broken"),
    (.nulByte, "nul_byte"), (.objectidUUID, "objectid_uuid"), (.fileNamedTwice, "file_named_twice"),
    (.stoppedByAtomic, "stopped_by_atomic"), (.cellHTMLEntity, "cell_html_entity"),
    (.extensionFullwidth, "extension_fullwidth"), (.headerHiddenChars, "header_hidden_chars"),
  ])
  func `names that are easily got wrong are right`(code: ReasonCode, name: String) {
    #expect(code.entry.name == name)
  }

  @Test(arguments: ReasonCode.allCases)
  func `every code explains itself in plain sentences`(code: ReasonCode) {
    let entry = code.entry
    for text in [entry.summary, entry.meaning, entry.cause, entry.hint] {
      #expect(text.count >= 8, "\(entry.name): \(text)")
      #expect(!text.contains("  ") && text.first != " " && text.last != " ", "\(entry.name)")
      #expect(!text.contains("{") && !text.contains("["), "\(entry.name): \(text)")
    }
    #expect(entry.meaning.last == "." && entry.cause.last == ".", "\(entry.name)")
    #expect(entry.summary.last != "." && entry.hint.last != ".", "\(entry.name)")
    #expect(!entry.summary.contains("\n"), "\(entry.name)")
  }

  @Test(arguments: ReasonCode.allCases)
  func `texts name only flags that exist`(code: ReasonCode) {
    let entry = code.entry
    for text in [entry.summary, entry.meaning, entry.cause, entry.hint] {
      for word in text.split(whereSeparator: { !$0.isLetter && $0 != "-" }) {
        if word.hasPrefix("--") { #expect(Self.knownFlags.contains(String(word)), "\(text)") }
      }
    }
  }

  @Test
  func `an unknown user is the API's own error`() {
    #expect(ReasonCode.userNotFound.entry.error == .userNotFound)
    #expect(ReasonCode.extensionNotDigits.entry.error == .validation)
  }
}
