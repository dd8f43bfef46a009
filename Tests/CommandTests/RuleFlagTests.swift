import Support
import Testing

@Suite(.blocking) struct RuleFlagTests {
  /// Runs an apply on a store in which user 1 has 1001 and user 2 has 1002.
  private func apply(_ text: String, _ flags: [String]) throws -> (RunResult, [String: String]) {
    let place = try Workspace()
    try place.store((1, "1001"), (2, "1002"))
    let result = try place.run(["apply", "-"] + flags, input: .text(text))
    return (result, try place.assignments())
  }

  // MARK: - Users

  @Test func `an assignment list does not introduce users`() throws {
    let (result, assignments) = try apply(list((3, "1003")), [])
    let line = try #require(try result.report.first)
    #expect(result.code == 2)
    #expect(line.status == 404)
    #expect(line.errorCode == "USER_NOT_FOUND")
    #expect(line.codes == ["user_not_found"])
    #expect(assignments[id(3)] == nil)
  }

  @Test func `unknown users are created when asked for`() throws {
    let (result, assignments) = try apply(list((3, "1003")), ["--unknown-users", "create"])
    #expect(result.code == 0)
    #expect(assignments[id(3)] == "1003")
  }

  @Test func `unknown users of a users export are rejected when asked for`() throws {
    let text = "userId,firstName,rcExtension\n\(id(3)),Ada,1003\n\(id(1)),Bob,1001\n"
    let (result, assignments) = try apply(text, ["--unknown-users", "reject"])
    #expect(try result.report.map(\.status) == [404, 200])
    #expect(assignments[id(3)] == nil)
  }

  // MARK: - Existing assignments

  @Test func `a present number is replaced, kept or defended`() throws {
    let text = list((1, "1003"))
    let (replaced, after) = try apply(text, [])
    #expect(replaced.code == 0)
    #expect(after[id(1)] == "1003")
    let (kept, same) = try apply(text, ["--on-existing", "keep"])
    #expect(kept.code == 0)
    #expect(try kept.report.map(\.outcome) == ["unchanged"])
    #expect(same[id(1)] == "1001")
    let (failed, still) = try apply(text, ["--on-existing", "fail"])
    #expect(failed.code == 2)
    #expect(try failed.report.map(\.codes) == [["user_has_extension"]])
    #expect(still[id(1)] == "1001")
  }

  @Test(arguments: ["replace", "keep", "fail"])
  func `a user who has the number already is unchanged`(_ rule: String) throws {
    let (result, _) = try apply(list((1, "1001")), ["--on-existing", rule])
    #expect(result.code == 0)
    #expect(try result.report.map(\.outcome) == ["unchanged"])
  }

  @Test func `nobody gets the number of a user who keeps it`() throws {
    let (result, assignments) = try apply(
      list((1, "1002"), (2, "1003")),
      ["--on-existing", "keep"]
    )
    #expect(try result.report.allSatisfy { $0.outcome != "applied" })
    #expect(assignments == [id(1): "1001", id(2): "1002"])
  }

  // MARK: - Blank extensions

  @Test func `a row without an extension is rejected, skipped or clears`() throws {
    let text = list((1, ""), (3, ""))
    let create = ["--unknown-users", "create"]
    let (rejected, same) = try apply(text, create)
    #expect(rejected.code == 2)
    #expect(try rejected.report.map(\.codes) == [["extension_missing"], ["extension_missing"]])
    #expect(same == [id(1): "1001", id(2): "1002"])
    let (skipped, recorded) = try apply(text, create + ["--on-blank", "skip"])
    #expect(skipped.code == 0)
    #expect(try skipped.report.map(\.outcome) == ["unchanged", "applied"])
    #expect(try skipped.report.last?.message == "User recorded")
    #expect(recorded == [id(1): "1001", id(2): "1002", id(3): ""])
    let (cleared, after) = try apply(text, create + ["--on-blank", "clear"])
    #expect(cleared.code == 0)
    #expect(after == [id(1): "", id(2): "1002", id(3): ""])
    #expect(try cleared.report.first?.previous == "1001")
  }

  // MARK: - Duplicates

  @Test func `rows that want the same number are all rejected and name each other`() throws {
    let text = list((3, "1005"), (4, "1006"), (5, "1005"))
    let (result, _) = try apply(text, ["--unknown-users", "create"])
    let report = try result.report
    #expect(report.map(\.outcome) == ["rejected", "applied", "rejected"])
    #expect(report[0].codes == ["duplicate_in_file"])
    #expect(report[0].errorMessage?.contains("row 4") == true)
    #expect(report[2].errorMessage?.contains("row 2") == true)
  }

  @Test func `duplicates are found however far apart and however written`() throws {
    let count = 150_000
    let csv =
      list((1...count).map { ($0, "\(1_000_000 + $0)") })
      + "\"\(id(1).uppercased())\",2000001\n\(id(count + 1)),\"1000002\"\n"
    let references = id(1).utf8.map { "&#\($0);" }.joined()
    let records =
      (1...count).map { "<user id='\(id($0))' rcExtension='\(1_000_000 + $0)'/>\n" }.joined()
      + "<user id='\(references)' rcExtension='2000001'/>\n"
      + "<user id='\(id(count + 1))' rcExtension='100000&#x32;'/>\n"
    for (name, text) in [("users.csv", csv), ("users.xml", "<users>\(records)</users>")] {
      let place = try Workspace()
      try place.write(text, to: name)
      let result = try place.run(
        "validate",
        name,
        "--unknown-users",
        "create",
        "--problems-only"
      )
      #expect(result.code == 2, "\(result.err)")
      let codes = try result.report.map(\.codes)
      #expect(
        codes == [
          ["user_repeated_conflict"], ["duplicate_in_file"], ["user_repeated_conflict"],
          ["duplicate_in_file"],
        ],
        "\(name)"
      )
    }
  }

  @Test func `duplicates are found by value, not by writing`() throws {
    let text = """
      userId,rcExtension
      \(id(3)),1005
      \(id(4)),"1005"
      \(id(5)), 1005
      \(id(6)),01005

      """
    let (result, assignments) = try apply(text, ["--unknown-users", "create"])
    let report = try result.report
    #expect(report.prefix(3).allSatisfy { $0.codes.contains("duplicate_in_file") })
    #expect(report[3].outcome == "applied")
    #expect(report[3].codes.contains("duplicate_zero_variant"))
    #expect(assignments[id(6)] == "01005")
  }

  @Test func `the first or the last row can be kept`() throws {
    let text = list((3, "1005"), (4, "1005"), (5, "1005"))
    let create = ["--unknown-users", "create", "--on-duplicate"]
    let (_, first) = try apply(text, create + ["keep-first"])
    #expect(first == [id(1): "1001", id(2): "1002", id(3): "1005"])
    let (_, last) = try apply(text, create + ["keep-last"])
    #expect(last == [id(1): "1001", id(2): "1002", id(5): "1005"])
  }

  @Test func `two numbers for one user are a conflict`() throws {
    let text = list((1, "1005"), (1, "1006"))
    let (rejected, same) = try apply(text, [])
    #expect(
      try rejected.report.map(\.codes)
        == [["user_repeated_conflict"], ["user_repeated_conflict"]]
    )
    #expect(same[id(1)] == "1001")
    #expect(try apply(text, ["--on-duplicate", "keep-first"]).1[id(1)] == "1005")
    #expect(try apply(text, ["--on-duplicate", "keep-last"]).1[id(1)] == "1006")
  }

  @Test func `letter case of an id makes no second user`() throws {
    let text = "userId,rcExtension\n\(id(1)),1005\n\(id(1).uppercased()),1006\n"
    let (result, _) = try apply(text, [])
    #expect(
      try result.report.map(\.codes)
        == [["user_repeated_conflict"], ["user_repeated_conflict"]]
    )
  }

  @Test func `a row repeated whole is applied once and warned of`() throws {
    let (result, assignments) = try apply(list((1, "1005"), (1, "1005")), [])
    #expect(result.code == 0)
    let report = try result.report
    #expect(report[0].codes == [])
    #expect(report[1].codes == ["duplicate_row"])
    #expect(report[1].status == 200)
    #expect(assignments[id(1)] == "1005")
  }

  // MARK: - Repairs

  /// What `--fix safe` may mend: a cell and what becomes of it.
  static let repairs: [(cell: String, code: String, mended: String)] = [
    ("1005.0", "extension_decimal_suffix", "1005"),
    ("'1005", "cell_leading_apostrophe", "1005"),
    ("ext 1005", "extension_prefix_word", "1005"),
    ("x1005", "extension_prefix_word", "1005"),
    ("\"=\"\"1005\"\"\"", "cell_text_formula", "1005"),
    ("\u{FF11}\u{FF10}\u{FF10}\u{FF15}", "extension_fullwidth", "1005"),
    ("\u{661}\u{660}\u{660}\u{665}", "extension_other_digits", "1005"),
    ("\u{A0}1005", "cell_nbsp", "1005"),
    ("10\u{200B}05", "cell_zero_width", "1005"),
    ("\u{201C}1005\u{201D}", "cell_smart_quotes", "1005"),
  ]

  @Test(arguments: repairs)
  func `a safe repair is suggested, and made when asked for`(
    _ repair: (cell: String, code: String, mended: String)
  ) throws {
    let text = "userId,rcExtension\n\(id(1)),\(repair.cell)\n"
    let (strict, same) = try apply(text, [])
    let line = try #require(try strict.report.first)
    #expect(strict.code == 2)
    #expect(line.codes.contains(repair.code))
    #expect(line.reason(repair.code)?["severity"]?.text == "error")
    #expect(line.reason(repair.code)?["suggested"]?.text == repair.mended)
    #expect(same[id(1)] == "1001")
    let (mended, after) = try apply(text, ["--fix", "safe"])
    #expect(mended.code == 0)
    let fixed = try #require(try mended.report.first)
    #expect(fixed.outcome == "applied")
    #expect(fixed.rcExtension == repair.mended)
    #expect(fixed.reason(repair.code)?["severity"]?.text == "warning")
    #expect(after[id(1)] == repair.mended)
  }

  @Test(arguments: ["2.0E+03", "1,005", "10O5", "2009.5", "1005-1006", "+1005", "#REF!", "TRUE"])
  func `what would be a guess is never repaired`(_ cell: String) throws {
    let (result, assignments) = try apply(
      "userId;rcExtension\n\(id(1));\(cell)\n",
      ["--fix", "safe"]
    )
    #expect(result.code == 2)
    #expect(assignments[id(1)] == "1001")
  }

  @Test func `a number that a repair makes can collide`() throws {
    let (result, _) = try apply(
      list((1, "1005"), (2, "1005.0")),
      ["--fix", "safe"]
    )
    #expect(result.code == 2)
    #expect(try result.report.allSatisfy { $0.outcome == "rejected" })
    #expect(try result.report.last?.codes.contains("duplicate_after_repair") == true)
  }

  // MARK: - Strictness and numbers

  @Test func `warnings reject their row under strict rules`() throws {
    let text = list((1, "1005"), (1, "1005"))
    let (result, assignments) = try apply(text, ["--strict"])
    #expect(result.code == 2)
    #expect(try result.report.map(\.outcome) == ["applied", "rejected"])
    #expect(try result.report.last?.reason("duplicate_row")?["severity"]?.text == "error")
    #expect(assignments[id(1)] == "1005")
  }

  @Test func `notes stay notes under strict rules`() throws {
    let (result, _) = try apply(
      "userId,rcExtension\n \(id(1).uppercased()) , 1005 \n",
      ["--strict"]
    )
    #expect(result.code == 0)
  }

  @Test func `reserved numbers and numbers outside the ranges are not given`() throws {
    let text = list((1, "112"), (2, "5000"))
    let (reserved, _) = try apply(text, ["--reserved", "911,112"])
    #expect(try reserved.report.map(\.codes).first == ["extension_reserved"])
    #expect(try reserved.report.map(\.outcome).last == "applied")
    let (outside, _) = try apply(text, ["--range", "100-199"])
    #expect(try outside.report.map(\.outcome) == ["applied", "rejected"])
    #expect(try outside.report.last?.codes == ["extension_outside_range"])
  }

  @Test func `leading zeros count`() throws {
    let (result, assignments) = try apply(list((1, "0123"), (2, "123")), [])
    #expect(result.code == 0)
    #expect(assignments == [id(1): "0123", id(2): "123"])
  }
}
