import Support
import Testing

@Suite(.blocking) struct ExtensionsExportTests {
  private static let inventory = """
    id,extensionNumber,name,type,status,email
    400129284008,1001,Ada Lovelace,User,Enabled,ada@example.org
    400129284009,1002,Support,Department,Enabled,
    400129284010,1003,Grace Hopper,User,Disabled,
    400129284011,1004,Free,User,NotActivated,
    400129284012,1005,Somebody,User,Enabled,somebody@example.org

    """
  private static let people = """
    userId,email,rcExtension
    \(id(1)),ada@example.org,1001
    \(id(2)),two@example.org,1002
    \(id(3)),three@example.org,1003
    \(id(4)),four@example.org,1004
    \(id(5)),five@example.org,1005
    \(id(6)),six@example.org,1099

    """
  private static let codes = [
    [], ["extension_wrong_kind"], ["extension_disabled_at_target"], [], ["already_assigned"],
    ["extension_not_provisioned"],
  ]

  @Test func `extensions are recorded and known afterwards`() throws {
    let place = try Workspace()
    try place.write(Self.inventory, to: "extensions.csv")
    let dry = try place.run("validate", "extensions.csv")
    #expect(dry.code == 0)
    #expect(try dry.report.allSatisfy { $0.message == "Extension would be recorded" })
    let wet = try place.run("apply", "extensions.csv")
    #expect(wet.code == 0)
    #expect(try wet.report.map(\.outcome) == Array(repeating: "applied", count: 5))
    #expect(try wet.report.allSatisfy { $0.message == "Extension recorded" && $0.userID == nil })
    #expect(try wet.report.map(\.rcExtension) == ["1001", "1002", "1003", "1004", "1005"])
    let again = try place.run("apply", "extensions.csv")
    #expect(try again.report.map(\.outcome) == Array(repeating: "unchanged", count: 5))
  }

  @Test func `numbers are compared with what the store knows`() throws {
    let place = try Workspace()
    try place.write(Self.inventory, to: "extensions.csv")
    try place.write(Self.people, to: "people.csv")
    try place.run("apply", "extensions.csv")
    let result = try place.run("apply", "people.csv")
    #expect(result.code == 2)
    #expect(try result.report.map(\.codes) == Self.codes)
    #expect(try result.report.filter { !$0.codes.isEmpty }.allSatisfy { $0.status == 400 })
    #expect(try place.assignments() == [id(1): "1001", id(4): "1004"])
  }

  @Test(arguments: [["people.csv", "extensions.csv"], ["extensions.csv", "people.csv"]])
  func `extensions count first whatever the order of the inputs`(_ files: [String]) throws {
    let place = try Workspace()
    try place.write(Self.inventory, to: "extensions.csv")
    try place.write(Self.people, to: "people.csv")
    for command in ["validate", "apply"] {
      let result = try place.run([command] + files)
      #expect(result.code == 2)
      let users = try result.report.filter { $0.file == "people.csv" }
      #expect(users.map(\.codes) == Self.codes)
      // The report keeps the order in which the inputs were named.
      #expect(try result.report.first?.file == files[0])
    }
    #expect(try place.assignments() == [id(1): "1001", id(4): "1004"])
  }

  @Test func `a store that knows no extensions takes any number`() throws {
    let place = try Workspace()
    try place.write(Self.people, to: "people.csv")
    let result = try place.run("apply", "people.csv")
    #expect(result.code == 0)
    #expect(try place.assignments().count == 6)
  }

  @Test func `an extensions export as XML is the same`() throws {
    let place = try Workspace()
    try place.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <records>
        <record id="400129284008"><extensionNumber>1001</extensionNumber><name>Ada</name>
          <type>User</type><status>Enabled</status><contact><email>ada@example.org</email></contact></record>
        <record id="400129284009"><extensionNumber>1002</extensionNumber><name>Support</name>
          <type>Department</type><status>Enabled</status></record>
      </records>

      """,
      to: "extensions.xml"
    )
    try place.write(Self.people, to: "people.csv")
    let result = try place.run("validate", "extensions.xml", "people.csv")
    let users = try result.report.filter { $0.file == "people.csv" }
    #expect(
      users.prefix(3).map(\.codes)
        == [[], ["extension_wrong_kind"], ["extension_not_provisioned"]]
    )
  }

  @Test func `what an input is can be said`() throws {
    let place = try Workspace()
    try place.write(Self.inventory, to: "extensions.csv")
    try place.write(Self.people, to: "people.csv")
    let result = try place.run(
      "validate",
      "--users",
      "people.csv",
      "--extensions",
      "extensions.csv"
    )
    #expect(try result.report.filter { $0.file == "people.csv" }.map(\.codes) == Self.codes)
    #expect(try place.run("validate", "--users", "extensions.csv").code != 0)
  }
}
