import Emulator
import Foundation
import ImportModel
import Rows
import Testing

/// Accounts from extensions exports.
@Suite struct SeedTests {
  private static func account(_ text: String, name: String = "x.csv") throws -> Account {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    var seed = AccountSeed(Account(seed: 1))
    try seed.add(path: path, options: ReadingOptions())
    return seed.account
  }

  @Test func `a CSV export fills an account`() throws {
    let account = try Self.account(
      """
      Mailbox ID,Name,Ext,Email,Site,Type,Status
      7003,Unassigned Extension,,,,User,Unassigned
      7001,Ann Lee,0101,ann@example.com,Main Site,User (Video Pro),Not Activated
      7002,Lobby,102,,Harbour,Limited Extension,Enabled
      ,Support,103,,,Department,

      """
    )
    let all = account.extensions
    #expect(all.map(\.id).prefix(3) == [7001, 7002, 7003])
    #expect(all.map(\.number) == ["0101", "102", nil, "103"])
    #expect(all.map(\.status) == [.notActivated, .enabled, .unassigned, .enabled])
    #expect(all.map(\.type.rawValue) == ["User", "Limited", "User", "Department"])
    #expect(all.map(\.contact.name) == ["Ann Lee", "Lobby", "", "Support"])
    #expect(all[0].contact[.lastName] == "Lee")
    #expect(all[0].site == .main)
    #expect(all[1].site?.name == "Harbour")
    #expect(account.unassignedCount == 1)
  }

  @Test func `an XML export fills an account`() throws {
    let account = try Self.account(
      """
      <extensions>
        <extension><extensionId>9</extensionId><type>User</type><status>Unassigned</status></extension>
        <extension><extensionId>8</extensionId><extensionNumber>300</extensionNumber><type>User</type>
          <status>Enabled</status><email>b@example.com</email></extension>
      </extensions>
      """,
      name: "x.xml"
    )
    #expect(account.extensions.map(\.number) == ["300", nil])
    #expect(account.extensions[0].contact[.email] == "b@example.com")
  }

  @Test(arguments: [
    ("extensionId,extensionNumber,type\n1,101,User\n1,102,User\n", "row 3: the id comes again"),
    ("extensionId,extensionNumber,type\n1,101,User\n2,101,User\n", "row 3: the extension 101"),
    ("extensionId,extensionNumber,type\n1,12a,User\n", "row 2: the extension is not a number"),
    ("extensionId,extensionNumber,type\nx,101,User\n", "row 2: the id is not a whole number"),
    ("extensionId,extensionNumber,type\n1,101,User,more,cells\n", "row 2: the row is damaged"),
  ])
  func `an export that no account can be is refused`(_ text: String, _ message: String) throws {
    let error = try #require(throws: ImportError.self) { try Self.account(text) }
    #expect(error.kind == .unusableInput)
    #expect(error.message.hasPrefix(message))
  }
}
