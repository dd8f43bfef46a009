import Foundation
import Glibc
import Support
import Testing

@Suite(.blocking) struct OutputTests {
  private static let create = ["--unknown-users", "create"]

  private func place() throws -> Workspace {
    let place = try Workspace()
    try place.write(list((1, "1001"), (2, "x")), to: "users.csv")
    return place
  }

  @Test func `a folder takes all reports`() throws {
    let place = try place()
    for _ in 1...2 {
      let result = try place.run(["apply", "users.csv", "--out-dir", "proof"] + Self.create)
      #expect(result.code == 2)
      let names = try place.allNames(in: "proof")
      #expect(
        names.filter { $0 != "report.html" } == ["rejects.csv", "report.ndjson", "summary.json"]
      )
      #expect(try place.report(in: "proof/report.ndjson").count == 2)
      #expect(try ReportSchema.summary.problems(in: place.text(of: "proof/summary.json")) == [])
    }
  }

  @Test func `a folder takes the rejects of each input`() throws {
    let place = try place()
    try place.write(markup((3, "y")), to: "more.xml")
    let result = try place.run(
      ["validate", "users.csv", "more.xml", "--out-dir", "proof"] + Self.create
    )
    #expect(result.code == 2)
    let names = try place.allNames(in: "proof").filter { $0.hasPrefix("rejects") }
    #expect(names.count == 2)
    for name in names {
      #expect(try place.run(["validate", "proof/\(name)"] + Self.create).report.count == 1)
    }
  }

  @Test(arguments: ["users.csv", "./users.csv", "link.csv", "same.csv"])
  func `an input is never replaced by an output`(_ name: String) throws {
    let place = try place()
    let before = try place.bytes(of: "users.csv")
    symlink("users.csv", place.path("link.csv"))
    link(place.path("users.csv"), place.path("same.csv"))
    for option in ["--report", "--rejects", "--summary"] {
      let result = try place.run(["apply", "users.csv", option, name] + Self.create)
      #expect(result.code == 73)
      #expect(result.isOneSentence)
      #expect(try place.bytes(of: "users.csv") == before)
    }
    #expect(try place.storesNothing())
    #expect(try place.names() == ["link.csv", "same.csv", "users.csv"])
  }

  @Test func `standard output is never an input`() throws {
    let place = try place()
    let before = try place.bytes(of: "users.csv")
    let file = try place.openFile("users.csv")
    let result = try place.start(["validate", "users.csv"] + Self.create, output: file.descriptor)
      .finish()
    #expect(result.code == 73)
    #expect(try place.bytes(of: "users.csv") == before)
  }

  @Test(arguments: ["--report", "--rejects", "--summary"])
  func `the store is never replaced by an output`(_ option: String) throws {
    let place = try place()
    try place.store((1, "1001"))
    let result = try place.run(["apply", "users.csv", option, "rcimport.sqlite"] + Self.create)
    #expect(result.code == 73)
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `an input is never taken for a store`() throws {
    let place = try place()
    let before = try place.bytes(of: "users.csv")
    let result = try place.run(["apply", "users.csv", "--store", "users.csv"] + Self.create)
    #expect(result.code != 0)
    #expect(try place.bytes(of: "users.csv") == before)
  }

  @Test func `two outputs do not share a place`() throws {
    let place = try place()
    let result = try place.run(
      ["validate", "users.csv", "--report", "a", "--summary", "./a"] + Self.create
    )
    #expect(result.code == 73)
    #expect(try place.names() == ["users.csv"])
  }

  @Test func `a report of before stays when a run fails`() throws {
    let place = try place()
    try place.write("of before", to: "report.ndjson")
    try place.write("<users><user><userId>1</userId></user><user>", to: "bad.xml")
    for input in ["bad.xml", "none.csv"] {
      let result = try place.run(
        ["apply", "users.csv", input, "--report", "report.ndjson", "--summary", "s.json"])
      #expect(result.code != 0)
      #expect(try place.text(of: "report.ndjson") == "of before")
    }
    #expect(try place.names() == ["bad.xml", "report.ndjson", "users.csv"])
  }

  @Test func `a link stays and what it leads to is replaced`() throws {
    let place = try place()
    try place.write("of before", to: "real.ndjson")
    symlink("real.ndjson", place.path("link.ndjson"))
    try place.run(["validate", "users.csv", "--report", "link.ndjson"] + Self.create)
    #expect(try place.report(in: "real.ndjson").count == 2)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: place.path("link.ndjson"))
        == "real.ndjson"
    )
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func `a folder that cannot be written to is noticed before the first write`() throws {
    let place = try place()
    try FileManager.default.createDirectory(
      atPath: place.path("closed"),
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o500]
    )
    let result = try place.run(
      ["apply", "users.csv", "--report", "closed/report.ndjson"] + Self.create
    )
    #expect(result.code == 73)
    #expect(try place.storesNothing())
  }

  @Test func `a quiet run says nothing`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run(
      ["apply", "users.csv", "--quiet", "--report", "report.ndjson"] + Self.create
    )
    #expect(result.code == 0)
    #expect(result.out.isEmpty)
    #expect(result.err.isEmpty)
    #expect(try place.report(in: "report.ndjson").count == 1)
  }

  @Test func `standard error tells whether the report on standard output is complete`() throws {
    let place = try place()
    let good = try place.run(["validate", "users.csv"] + Self.create)
    #expect(good.err.contains("complete") && !good.err.contains("not complete"))
    let rows = (1...50).map {
      "<user><userId>\(id($0))</userId><rcExtension>\(1000 + $0)</rcExtension></user>\n"
    }
    try place.write("<users>\(rows.joined())<user></users>", to: "bad.xml")
    let bad = try place.run(["validate", "bad.xml"] + Self.create)
    #expect(bad.code == 65)
    #expect(bad.out.isEmpty || bad.err.contains("not complete"))
  }

  @Test func `the same input gives the same bytes`() throws {
    let place = try Workspace()
    let rows = (1...300).map {
      (user: $0 % 120, number: ["\(2000 + $0)", "12a", "", "007"][$0 % 4])
    }
    try place.write(list(rows), to: "users.csv")
    try place.write(markup((500, "2001"), (501, "2.0E+03"), (502, "90001")), to: "more.xml")
    var results: [[UInt8]] = []
    for folder in ["one", "two"] {
      let arguments = ["users.csv", "more.xml", "--notes", "--fix", "safe", "--out-dir", folder]
      let validate = try place.run(["validate"] + arguments + Self.create)
      #expect(validate.code == 2)
      let applied = try place.run(
        ["apply"] + arguments + ["--store", "\(folder).sqlite", "--report", "-"] + Self.create
      )
      let names = try place.allNames(in: folder).filter { $0 != "summary.json" }
      results.append(
        try names.flatMap { try place.bytes(of: "\(folder)/\($0)") } + Array(applied.output)
      )
    }
    #expect(results[0] == results[1])
    #expect(results[0].count > 10_000)
  }
}
