import ImportModel
import Stores
import Testing

/// Which record of an extension a row means.
@Suite struct ExtensionWriting {
  let folder: TemporaryFolder
  let store: any DirectoryStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore.open(path: folder.file("store"), mode: .readWrite)
    try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name, .status])
      try writer.write(extension: ExtensionNumber("100"), id: 5, texts: [.name: "five"])
      try writer.write(extension: ExtensionNumber("101"), id: 9, texts: [.name: "nine"])
      try writer.write(
        extension: ExtensionNumber("102"),
        texts: [.name: "no id", .status: "Disabled"]
      )
    }
  }

  private func stored() throws -> [String] {
    var found: [String] = []
    try store.forEachExtension { record in
      let number = record.number.map { "\($0)" } ?? "-"
      found.append("\(number) \(record.values[0]) \(record.values[3])")
    }
    return found
  }

  @Test func `the id wins over the number, and who has the number goes`() throws {
    let run = try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name])
      try writer.write(extension: ExtensionNumber("101"), id: 5, row: 3, texts: [.name: "moved"])
    }
    #expect(try stored() == ["101 5 moved", "102  no id"])
    var changes: [ChangeRecord] = []
    try store.changes(of: run) { changes.append($0) }
    #expect(changes.map(\.action) == [.removed, .changed])
    #expect(changes.map(\.key) == ["101", "101"])
    #expect(changes.map(\.before) == [ExtensionNumber("101"), ExtensionNumber("100")])
    #expect(changes.map(\.origin.row) == [3, 3])
    #expect(
      changes.map(\.beforeRecord) == [
        #"{"extensionId":"9","type":"","status":"","name":"nine","email":"","site":""}"#,
        #"{"extensionId":"5","name":"five"}"#,
      ]
    )
  }

  @Test func `a number without an id is known again and keeps its id`() throws {
    try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name])
      try writer.write(extension: ExtensionNumber("101"), texts: [.name: "again"])
    }
    #expect(try stored() == ["100 5 five", "101 9 again", "102  no id"])
  }

  @Test func `a record without an id takes the first one it is given`() throws {
    try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name])
      try writer.write(extension: ExtensionNumber("102"), id: 77, texts: [.name: "named"])
    }
    #expect(try stored() == ["100 5 five", "101 9 nine", "102 77 named"])
    let known = try store.extensions(ringCentralIDs: [77], digestOf: [])
    #expect(known[0]?.traits.isDisabled == true)
  }

  @Test func `two extensions swap their numbers in one run`() throws {
    try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name])
      try writer.write(extension: ExtensionNumber("101"), id: 5, texts: [.name: "five"])
      try writer.write(extension: ExtensionNumber("100"), id: 9, texts: [.name: "nine"])
    }
    #expect(try stored() == ["100 9 nine", "101 5 five", "102  no id"])
  }

  @Test func `an extension may be without a number, and ids use all 64 bits`() throws {
    try store.apply { (writer) throws(ImportError) in
      try writer.useInventory([.name])
      try writer.write(extension: nil, id: .max, texts: [.name: "unassigned"])
      try writer.write(extension: nil, id: 5, texts: [.name: "five"])
    }
    #expect(
      try stored() == ["101 9 nine", "102  no id", "- \(UInt64.max) unassigned", "- 5 five"]
    )
    let known = try store.extensions(ringCentralIDs: [5, .max], digestOf: [.extensionID])
    #expect(known.map { $0?.ringCentralID } == [5, .max])
    #expect(
      known.map { $0?.digest } == [
        digest([.extensionID], ["5"]), digest([.extensionID], ["\(UInt64.max)"]),
      ]
    )
  }
}
