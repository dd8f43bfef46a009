import Support
import Testing

/// `--match email`: an extensions export says which extension each user has.
@Suite(.blocking) struct MatchEmailTests {
  private static let extensions = """
    id,extensionNumber,name,type,status,email
    400129284008,1001,Ada Lovelace,User,Enabled,Ada@Example.org
    400129284009,1002,Support,Department,Enabled,support@example.org
    400129284010,1003,Grace Hopper,User,Enabled,grace@example.org
    400129284011,1004,Grace Hopper,User,Enabled,grace@example.org
    400129284012,,Free,User,Unassigned,

    """
  private static let people = """
    userId,email,rcExtension
    \(id(1)),ada@example.org,
    \(id(2)),support@example.org,
    \(id(3)),grace@example.org,
    \(id(4)),nobody@example.org,
    \(id(5)),grace@example.org,1003
    \(id(6)),,

    """

  private func place() throws -> Workspace {
    let place = try Workspace()
    try place.write(Self.extensions, to: "extensions.csv")
    try place.write(Self.people, to: "people.csv")
    return place
  }

  @Test func `people get the extension under their address and nobody else's`() throws {
    let place = try place()
    let result = try place.run(
      "apply",
      "people.csv",
      "--extensions",
      "extensions.csv",
      "--match",
      "email"
    )
    #expect(result.code == 2)
    let lines = try result.report.filter { $0.userID != nil }
    #expect(
      lines.map(\.codes) == [
        [], ["extension_wrong_kind"], ["email_ambiguous"], ["email_not_matched"], [],
        ["email_not_matched"],
      ]
    )
    #expect(lines[0].rcExtension == "1001")
    #expect(try place.assignments() == [id(1): "1001", id(5): "1003"])
    let again = try place.run(
      "apply",
      "people.csv",
      "--extensions",
      "extensions.csv",
      "--match",
      "email"
    )
    #expect(try again.report.filter { $0.userID == id(1) }.map(\.outcome) == ["unchanged"])
  }

  @Test func `a users export without an extension column is enough`() throws {
    let place = try place()
    try place.write(
      "_id,mail\n\(id(1)),ADA@example.org \n\(id(2)),x@example.org\n",
      to: "people.csv"
    )
    let result = try place.run(
      "apply",
      "people.csv",
      "--extensions",
      "extensions.csv",
      "--match",
      "email",
      "--on-blank",
      "skip"
    )
    #expect(result.code == 0)
    #expect(try place.assignments()[id(1)] == "1001")
  }

  @Test func `users in XML are matched too`() throws {
    let place = try place()
    try place.write(
      """
      <users><user><userId>\(id(1))</userId><email>ada@example.org</email></user></users>
      """,
      to: "people.xml"
    )
    let result = try place.run(
      "apply",
      "people.xml",
      "--extensions",
      "extensions.csv",
      "--match",
      "email"
    )
    #expect(result.code == 0)
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `two users with one address do not both get its extension`() throws {
    let place = try place()
    try place.write(
      "userId,email\n\(id(1)),ada@example.org\n\(id(2)),ada@example.org\n",
      to: "people.csv"
    )
    let result = try place.run(
      "apply",
      "people.csv",
      "--extensions",
      "extensions.csv",
      "--match",
      "email"
    )
    #expect(result.code == 2)
    #expect(
      try result.report.filter { $0.userID != nil }.map(\.codes) == [
        ["duplicate_in_file"], ["duplicate_in_file"],
      ]
    )
    #expect(try place.assignments().isEmpty)
  }

  @Test func `without an extensions export there is nothing to match with`() throws {
    let place = try place()
    let result = try place.run("validate", "people.csv", "--match", "email")
    #expect(result.code == 78)
    #expect(result.err.contains("--extensions"))
  }
}
