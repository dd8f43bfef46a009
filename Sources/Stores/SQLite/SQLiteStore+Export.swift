import GRDB
package import ImportModel

extension SQLiteStore {
  package func forEachUser(
    _ body: (UserRecord) throws(ImportError) -> Void
  ) throws(ImportError) {
    try read { db in
      let columns = Field.profile.map(\.storeColumn).joined(separator: ", ")
      let statement = try RawStatement(db, "SELECT id, extension, \(columns) FROM user ORDER BY id")
      while try statement.step() {
        try body(
          UserRecord(
            id: statement.objectID(0),
            extensionNumber: statement.number(1),
            values: Field.profile.indices.map { statement.string(2 + Int32($0)) }
          )
        )
      }
    }
  }

  package func forEachExtension(
    _ body: (ExtensionRecord) throws(ImportError) -> Void
  ) throws(ImportError) {
    try read { db in
      let columns = Field.inventory.map(\.storeColumn).joined(separator: ", ")
      // Two statements, each in the order of an index: one sorted statement would hold everything.
      for rest in [
        "number IS NOT NULL ORDER BY number", "number IS NULL ORDER BY ringcentral_id",
      ] {
        let sql = "SELECT number, ringcentral_id, \(columns) FROM extension WHERE \(rest)"
        let statement = try RawStatement(db, sql)
        while try statement.step() { try body(Self.extensionRecord(statement)) }
      }
    }
  }

  private static func extensionRecord(_ row: RawStatement) -> ExtensionRecord {
    ExtensionRecord(
      number: row.number(0),
      values: Field.inventory.enumerated().map { place, field in
        field == .extensionID && !row.isNull(1)
          ? String(UInt64(bitPattern: row.integer(1))) : row.string(2 + Int32(place))
      }
    )
  }
}
