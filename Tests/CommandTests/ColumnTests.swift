import Support
import Testing

@Suite(.blocking) struct ColumnTests {
  /// The two columns under names that real exports use.
  static let headers = [
    "_id,ext", "userId,rcExtension", "USER ID,RC Extension", "user_id,extension-number",
    "\" User Id \",\"Extension #\"", "\u{FEFF}userId,rcExtension", "UserID,Extn",
    "MongoId,Ext.", "id,Extension",
  ]

  @Test(arguments: headers)
  func `columns are found under the names of real exports`(_ header: String) throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      input: .text("\(header)\n\(id(1)),1001\n")
    )
    #expect(result.code == 0, "\(result.err)\(result.out)")
    #expect(try result.report.map(\.rcExtension) == ["1001"])
  }

  @Test func `columns may stand anywhere among others`() throws {
    let place = try Workspace()
    let text = "Manager,rcExtension,Birthday,userId,Notes\nZ,1001,2000-01-01,\(id(1)),\"x, y\"\n"
    let result = try place.run("validate", "-", "--unknown-users", "create", input: .text(text))
    #expect(result.code == 0)
    #expect(try result.report.map(\.rcExtension) == ["1001"])
  }

  @Test(arguments: [
    "userId=Key,rcExtension=Line", "userId=1,rcExtension=3", "userid=Key, rcextension=Line",
  ])
  func `columns can be named`(_ map: String) throws {
    let place = try Workspace()
    let result = try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      "--map",
      map,
      input: .text("Key,extension,Line\n\(id(1)),9999,1001\n")
    )
    #expect(result.code == 0, "\(result.err)")
    #expect(try result.report.map(\.rcExtension) == ["1001"])
  }

  /// Headers that cannot be used, and what must be said: the code's key words and the columns.
  static let refusals: [(header: String, row: String, words: [String])] = [
    ("firstName,notes", "Ada,tall", ["firstName", "notes", "--map"]),
    ("userId,usrId,rcExtension,rcExtension", "\(id(1)),x,1001,1002", ["rcExtension"]),
    ("userId,userId,rcExtension", "\(id(1)),\(id(2)),1001", ["userId"]),
    ("userId,extension,ext", "\(id(1)),1001,1002", ["extension", "ext", "--map"]),
    ("userld,rcExtension", "\(id(1)),1001", ["userld", "Did you mean"]),
  ]

  @Test(arguments: refusals)
  func `columns that cannot be used are one clear refusal`(
    _ refusal: (header: String, row: String, words: [String])
  ) throws {
    let place = try Workspace()
    try place.write("\(refusal.header)\n\(refusal.row)\n", to: "users.csv")
    let result = try place.run("validate", "users.csv", "--unknown-users", "create")
    #expect(result.code == 65)
    #expect(result.isOneSentence, "\(result.err)")
    for word in refusal.words { #expect(result.err.contains(word), "\(result.err)") }
  }

  @Test func `a near miss is asked about`() throws {
    let place = try Workspace()
    try place.write("usreId,rcExtension\n\(id(1)),1001\n", to: "users.csv")
    let result = try place.run("validate", "users.csv")
    #expect(result.code == 65)
    #expect(result.err.contains("Did you mean"))
    #expect(result.err.contains("usreId"))
  }

  @Test(arguments: ["userId=Nowhere,rcExtension=rcExtension", "userId=9,rcExtension=2"])
  func `a mapping to a column that is not there is refused`(_ map: String) throws {
    let place = try Workspace()
    try place.write(list((1, "1001")), to: "users.csv")
    let result = try place.run("validate", "users.csv", "--map", map)
    #expect(result.code == 65)
    #expect(result.isOneSentence)
  }

  @Test func `data in place of a header are told`() throws {
    let place = try Workspace()
    try place.write("\(id(1)),1001\n\(id(2)),1002\n", to: "users.csv")
    let result = try place.run("validate", "users.csv")
    #expect(result.code == 65)
    #expect(result.isOneSentence)
    #expect(result.err.contains("--no-header"))
  }

  @Test func `swapped columns are told`() throws {
    let place = try Workspace()
    try place.write(
      "userId,rcExtension\n" + (1...20).map { "10\($0 + 10),\(id($0))\n" }.joined(),
      to: "users.csv"
    )
    let result = try place.run("validate", "users.csv")
    #expect(result.code == 65)
    #expect(result.isOneSentence)
    #expect(result.err.contains("--map"))
  }

  @Test func `an unused column with a name like a field is pointed out`() throws {
    let place = try Workspace()
    try place.run(
      "validate",
      "-",
      "--unknown-users",
      "create",
      "--summary",
      "s.json",
      input: .text("userId,rcExtension,frstName\n\(id(1)),1001,Ada\n")
    )
    let text = try place.text(of: "s.json")
    #expect(text.contains("column_unknown") && text.contains("frstName"))
  }
}
