import Support
import Testing

@Suite(.blocking) struct ExitCodeTests {
  @Test func `0 when every row ends well`() throws {
    let place = try Workspace()
    try place.store((1, "1001"))
    try place.write(list((1, "1001")), to: "users.csv")
    #expect(try place.run("validate", "users.csv").code == 0)
    #expect(try place.run("apply", "users.csv").code == 0)
  }

  @Test func `2 when a row is rejected`() throws {
    let place = try Workspace()
    try place.write(list((1, "x")), to: "users.csv")
    #expect(try place.run("validate", "users.csv").code == 2)
    #expect(try place.run("apply", "users.csv").code == 2)
  }

  static let misuses: [[String]] = [
    ["frobnicate"],
    ["validate"],
    ["apply"],
    ["rows"],
    ["validate", "--no-such-option", "users.csv"],
    ["validate", "users.csv", "--fix", "everything"],
    ["validate", "users.csv", "--max-errors", "-1"],
    ["validate", "users.csv", "--max-errors", "many"],
    ["validate", "users.csv", "--max-errors", "101%"],
    ["validate", "users.csv", "--max-change", "5"],
    ["validate", "users.csv", "--delimiter", "ab"],
    ["validate", "users.csv", "--map", "nothing=1"],
    ["validate", "users.csv", "--map", "userId=a,userId=b"],
    ["validate", "users.csv", "--record-path", "a//b"],
    ["validate", "users.csv", "--range", "5000-1000"],
    ["validate", "users.csv", "--reserved", "9"],
    ["validate", "-", "-"],
    ["validate", "users.csv", "--report", "-", "--rejects", "-"],
    ["validate", "users.csv", "--report", ""],
    ["explain", "no_such_code"],
    ["export"],
    ["export", "things"],
    ["template", "things"],
    ["runs", "one"],
    ["runs", "--changes"],
  ]

  @Test(arguments: misuses)
  func `64 when the command line is wrong`(_ arguments: [String]) throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run(arguments)
    #expect(result.code == 64)
    #expect(!result.err.isEmpty)
    #expect(result.out.isEmpty)
    #expect(try place.allNames() == ["users.csv"])
  }

  @Test func `65 when an input cannot be used`() throws {
    let place = try Workspace()
    try place.write("name,age\nAda,36\n", to: "users.csv")
    for command in ["validate", "apply"] {
      let result = try place.run(command, "users.csv")
      #expect(result.code == 65)
      #expect(result.isOneSentence)
      #expect(result.out.isEmpty)
    }
  }

  @Test(arguments: ["validate", "apply", "rows"])
  func `66 when an input is missing`(_ command: String) throws {
    let place = try Workspace()
    let result = try place.run(command, "none.csv")
    #expect(result.code == 66)
    #expect(result.isOneSentence)
    #expect(result.err.contains("none.csv"))
    #expect(try place.allNames() == [])
  }

  @Test(arguments: [["runs"], ["export", "users"], ["runs", "1"]])
  func `66 when there is no store to list`(_ arguments: [String]) throws {
    let place = try Workspace()
    let result = try place.run(arguments)
    #expect(result.code == 66)
    #expect(result.isOneSentence)
    #expect(try place.allNames() == [])
  }

  @Test(arguments: ["--report", "--rejects", "--summary"])
  func `73 when an output cannot be made`(_ option: String) throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    for target in ["no/folder/report", "."] {
      let result = try place.run("apply", "users.csv", "--unknown-users", "create", option, target)
      #expect(result.code == 73)
      #expect(result.isOneSentence)
      // It is noticed before the first write.
      #expect(try place.storesNothing())
    }
    #expect(try place.names() == ["users.csv"])
  }

  @Test(arguments: ["users.csv", "no/such/folder"])
  func `73 when the folder of the reports cannot be made`(_ folder: String) throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run("apply", "users.csv", "--out-dir", folder)
    #expect(result.code == 73)
    #expect(result.isOneSentence)
    #expect(try place.names() == ["users.csv"])
  }

  @Test func `74 when a pipe cannot be kept in the folder for temporary files`() throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      input: .text(list((1, "1001"))),
      environment: ["TMPDIR=/no/such/folder"]
    )
    #expect([73, 74].contains(result.code))
    #expect(result.isOneSentence)
    #expect(result.err.contains("TMPDIR"))
  }

  @Test(arguments: ["--report", "--rejects", "--summary"])
  func `74 when an output cannot be written`(_ option: String) throws {
    let place = try Workspace()
    try place.write(list((1, "x")), to: "users.csv")
    let result = try place.run("validate", "users.csv", option, "/dev/full")
    #expect(result.code == 74)
    #expect(result.isOneSentence)
    #expect(result.err.contains("/dev/full"))
  }

  @Test func `74 when standard output is full`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let full = try place.openFile("/dev/full")
    for arguments in [["validate", "users.csv"], ["rows", "users.csv"], ["explain"]] {
      let result = try place.start(arguments, output: full.descriptor).finish()
      #expect(result.code == 74)
      #expect(result.err.contains("standard output"))
    }
  }

  @Test func `an apply whose report is lost does not deny that it wrote`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run(
      "apply",
      "users.csv",
      "--unknown-users",
      "create",
      "--report",
      "/dev/full"
    )
    #expect(result.code == 74)
    let isWritten = try place.has("rcimport.sqlite") && place.assignments() == [id(1): "1001"]
    // Whoever reads the message must learn what the store holds now.
    #expect(isWritten == result.err.contains("run 1"))
  }

  @Test func `78 when the store is no store`() throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    try place.write(String(repeating: "This is not a database.\n", count: 100), to: "store.txt")
    for command in ["validate", "apply"] {
      let result = try place.run(command, "users.csv", "--store", "store.txt")
      #expect(result.code == 78)
      #expect(result.isOneSentence)
    }
    let listing = try place.run("runs", "--store", "store.txt")
    #expect(listing.code == 78)
    #expect(
      try place.text(of: "store.txt") == String(repeating: "This is not a database.\n", count: 100)
    )
    #expect(try place.allNames() == ["store.txt", "users.csv"])
  }
}
