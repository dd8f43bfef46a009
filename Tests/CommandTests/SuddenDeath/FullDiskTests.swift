import Support
import Testing

/// A disk that is full at one place after the other, for the store, the reports and temporary files.
@Suite(.blocking) struct FullDiskTests {
  private static let rows = list((1...400).map { ($0, "\(10_000 + $0)") }) + "\(id(9000)),10a0\n"
  private static let arguments = ["--unknown-users", "create", "--quiet", "--out-dir", "proof"]

  /// Sizes beyond which no file grows, in units of 512 bytes; the first leaves room for a sentence.
  private static let limits = Array(stride(from: 1, to: 482, by: runsFullTests ? 2 : 32))

  /// All or nothing is in the store, and each report is complete or not there.
  private func expectWholeOrNothing(_ place: Workspace, _ comment: Comment) throws {
    if try !place.storesNothing() { #expect(try place.assignments().count == 400, comment) }
    let names = place.has("proof") ? try place.allNames(in: "proof") : []
    #expect(!names.contains { $0.hasSuffix(".part") }, comment)
    if names.contains("report.ndjson") {
      #expect(try place.report(in: "proof/report.ndjson").count == 401, comment)
    }
    #expect(try place.temporaryNames == [], comment)
  }

  @Test(arguments: ["users.csv", "-"])
  func `a run that finds no more room is whole or not there`(_ input: String) throws {
    var codes: [Int32] = []
    for limit in Self.limits {
      let place = try Workspace()
      try place.write(Self.rows, to: "users.csv")
      let run = try place.start(
        ["apply", input] + Self.arguments,
        input: .text(Self.rows),
        fileLimit: limit
      )
      let result = try run.finish()
      codes.append(result.code)
      let comment = Comment("\(limit * 512) bytes: \(result.end) \(result.err)")
      #expect([2, 73, 74].contains(result.code), comment)
      #expect(result.code == 2 || result.isOneSentence, comment)
      // What became of the run is told when it is in the store already.
      #expect(
        try place.storesNothing() || result.code == 2 || result.err.contains("run 1"),
        comment
      )
      try expectWholeOrNothing(place, comment)
      let again = try place.run(["apply", "users.csv"] + Self.arguments)
      #expect(again.code == 2, "\(comment) \(again.err)")
      #expect(try place.assignments().count == 400, comment)
      #expect(try place.report(in: "proof/report.ndjson").count == 401, comment)
    }
    #expect(codes.first != 2 && codes.last == 2)
  }

  @Test(arguments: ["validate", "apply"])
  func `no room for what a pipe brings is told with the folder`(_ command: String) throws {
    let place = try Workspace()
    let run = try place.start([command, "-"], input: .text(Self.rows), fileLimit: 4)
    let result = try run.finish()
    #expect(result.code == 74)
    #expect(result.isOneSentence, "\(result.err)")
    #expect(result.err.contains("TMPDIR"))
    #expect(try place.temporaryNames == [])
  }

  @Test(.enabled(if: OwnMount.isPossible, "file systems cannot be mounted here"))
  func `a file system that is full is met as a limit is`() throws {
    var codes: [Int32] = []
    for pages in stride(from: 2, to: 120, by: runsFullTests ? 2 : 12) {
      let place = try Workspace()
      try place.write(Self.rows, to: "users.csv")
      let mount = try OwnMount(place, options: "size=\(pages * 4096)")
      let apply = (["apply", "../users.csv"] + Self.arguments).joined(separator: " ")
      let result = try mount.run(
        """
        $rcimport \(apply); code=$?
        ls -A proof | grep part >&2
        test ! -e proof/report.ndjson || test $(wc -l < proof/report.ndjson) = 401 || echo torn >&2
        $rcimport export users > ../after.csv 2> ../none; exit $code
        """
      )
      codes.append(result.code)
      let comment = Comment("\(pages) pages: \(result.end) \(result.err)")
      #expect([2, 73, 74].contains(result.code), comment)
      #expect(result.code == 2 || result.isOneSentence, comment)
      let lineCount = try place.text(of: "after.csv").split(separator: "\n").count
      #expect(lineCount <= 1 || lineCount == 401, comment)
    }
    #expect(codes.first != 2 && codes.last == 2, "\(codes)")
  }

  @Test(.enabled(if: OwnMount.isPossible, "file systems cannot be mounted here"))
  func `a folder that can only be read is noticed before anything is done`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let create = "--unknown-users create"
    let commands = [
      ("apply users.csv --report report.ndjson \(create) --store mount/store.sqlite", Int32(73)),
      ("apply users.csv --report mount/report.ndjson \(create)", 73),
      ("apply users.csv --out-dir mount/proof \(create)", 73),
    ]
    for (command, code) in commands {
      let mount = try OwnMount(place, options: "ro")
      let result = try mount.run("cd ..; $rcimport \(command)")
      #expect(result.code == code, "\(command): \(result.err)")
      #expect(result.isOneSentence, "\(command): \(result.err)")
      #expect(try place.storesNothing())
      #expect(try place.names() == ["mount", "users.csv"])
    }
    // Temporary files.
    let mount = try OwnMount(place, options: "ro")
    let result = try mount.run("cd ..; cat users.csv | TMPDIR=$PWD/mount $rcimport validate -")
    #expect([73, 74].contains(result.code))
    #expect(result.isOneSentence && result.err.contains("TMPDIR"), "\(result.err)")
  }
}
