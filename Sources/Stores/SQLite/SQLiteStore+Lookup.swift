import Bytes
import GRDB
package import ImportModel

extension SQLiteStore {
  package func users(
    _ ids: [ObjectID],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownUser?] {
    precondition(fields.allSatisfy { Field.profile.contains($0) }, "a field that users lack")
    return try read { db in
      let columns = fields.map { ", " + $0.storeColumn }.joined()
      let sql = "SELECT id, extension, status\(columns) FROM user WHERE id >= ? ORDER BY id"
      return try IndexWalk.find(
        ids,
        in: RawStatement(db, cached: sql),
        bind: { try $0.bind($1, at: 1) },
        key: { $0.objectID(0) },
        value: { row in
          KnownUser(
            extensionNumber: row.number(1),
            digest: row.digest(columns: fields, from: 3),
            isDisabled: StatusText.meansDisabledUser(row.text(2))
          )
        }
      )
    }
  }

  package func holders(_ numbers: [ExtensionNumber]) throws(ImportError) -> [ObjectID?] {
    try read { db in
      let sql = "SELECT extension, id FROM user WHERE extension >= ? ORDER BY extension"
      return try byText(numbers, in: RawStatement(db, cached: sql)) { $0.objectID(1) }
    }
  }

  package func extensions(
    numbers: [ExtensionNumber],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownExtension?] {
    try read { db in
      let sql = Self.extensionQuery(fields, key: "number")
      return try byText(numbers, in: RawStatement(db, cached: sql)) {
        Self.knownExtension($0, fields: fields)
      }
    }
  }

  package func extensions(
    ringCentralIDs: [UInt64],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownExtension?] {
    try read { db in
      try IndexWalk.find(
        ringCentralIDs.map { Int64(bitPattern: $0) },
        in: RawStatement(db, cached: Self.extensionQuery(fields, key: "ringcentral_id")),
        bind: { try $0.bind($1, at: 1) },
        key: { $0.integer(1) },
        value: { Self.knownExtension($0, fields: fields) }
      )
    }
  }

  package func emails(of ids: [ObjectID]) throws(ImportError) -> [String?] {
    try read { db in
      try IndexWalk.find(
        ids,
        in: RawStatement(db, cached: "SELECT id, email FROM user WHERE id >= ? ORDER BY id"),
        bind: { try $0.bind($1, at: 1) },
        key: { $0.objectID(0) },
        value: { $0.string(1) }
      )
    }
  }

  package func lastRelease(
    of numbers: [ExtensionNumber]
  ) throws(ImportError) -> [NumberRelease?] {
    try read { db in
      let sources = try Self.releases(in: db)
      defer { for source in sources { source.reset() } }
      return try numbers.map { number in
        var latest: NumberRelease?
        for source in sources {
          guard let release = try Self.lastRelease(of: number, in: source) else { continue }
          if let latest, latest.time > release.time { continue }
          latest = release
        }
        return latest
      }
    }
  }

  /// Statements that give the last release of a number: by a run, then over the API; each only when
  /// there was any.
  private static func releases(in db: Database) throws -> [RawStatement] {
    let isReleased = """
      before_extension IS NOT NULL AND after_extension IS NOT before_extension
      """
    var sources: [RawStatement] = []
    func add(_ values: String, from records: String, order: String) throws {
      let any = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(records))")
      guard any == true else { return }
      let sql = """
        SELECT \(values) FROM \(records) AND before_extension = ? ORDER BY \(order) LIMIT 1
        """
      sources.append(try RawStatement(db, cached: sql))
    }
    try add(
      "key, (SELECT finished_at FROM run WHERE run.id = change.run)",
      from: "change WHERE kind = 'user' AND \(isReleased)",
      order: "run DESC, sequence DESC"
    )
    try add("lower(hex(user)), at", from: "audit WHERE \(isReleased)", order: "id DESC")
    return sources
  }

  private static func lastRelease(
    of number: ExtensionNumber,
    in source: RawStatement
  ) throws -> NumberRelease? {
    source.reset()
    try source.bind(number, at: 1)
    guard try source.step(), let user = ObjectID(source.text(0)),
      let time = UTCTime(source.string(1))
    else { return nil }
    return NumberRelease(user: user, time: time)
  }

  private static func extensionQuery(_ fields: [Field], key: String) -> String {
    precondition(fields.allSatisfy { Field.inventory.contains($0) }, "a field extensions lack")
    let columns = fields.map { ", " + $0.storeColumn }.joined()
    return """
      SELECT number, ringcentral_id, type, status, email\(columns)
      FROM extension WHERE \(key) >= ? ORDER BY \(key)
      """
  }

  private static func knownExtension(_ row: RawStatement, fields: [Field]) -> KnownExtension {
    KnownExtension(
      number: row.number(0),
      ringCentralID: row.isNull(1) ? nil : UInt64(bitPattern: row.integer(1)),
      traits: InventoryTraits(type: row.text(2), status: row.text(3), email: row.text(4)),
      digest: row.digest(columns: fields, from: 5),
      type: row.string(2),
      email: row.string(4)
    )
  }

  /// Looks numbers up in an index of their texts, whose order is not the order of numbers.
  private func byText<Value>(
    _ numbers: [ExtensionNumber],
    in statement: RawStatement,
    value: (RawStatement) -> Value
  ) throws -> [Value?] {
    let sorted = numbers.enumerated()
      .map { (rank: TextRank($0.element), place: $0.offset) }
      .sorted { $0.rank < $1.rank }
    let found = try IndexWalk.find(
      sorted.map(\.rank),
      in: statement,
      bind: { try $0.bind($1.number, at: 1) },
      key: { $0.number(0).map { TextRank($0) } },
      value: value
    )
    var values = [Value?](repeating: nil, count: numbers.count)
    for (place, value) in zip(sorted.lazy.map(\.place), found) { values[place] = value }
    return values
  }
}

/// An extension in the order of its digits as text: `10` before `101` before `11`.
private struct TextRank: Comparable {
  let number: ExtensionNumber
  private let rank: UInt64

  init(_ number: ExtensionNumber) {
    self.number = number
    let digitCount = number.digitCount
    var digits = number.value
    for _ in digitCount..<10 { digits *= 10 }
    // What is equal so far and shorter comes first.
    rank = digits << 4 | UInt64(digitCount)
  }

  static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

extension RawStatement {
  /// The digest of the texts of some fields, which are columns one after the other.
  ///
  /// RingCentral's id is stored as a number with a sign.
  fileprivate func digest(columns fields: [Field], from first: Int32) -> UInt64 {
    var digest = RecordDigest()
    for (offset, field) in fields.enumerated() {
      let column = first + Int32(offset)
      if field == .extensionID && integer(column) < 0 {
        digest.add(field, String(UInt64(bitPattern: integer(column))).utf8Span.span)
      } else {
        digest.add(field, text(column))
      }
    }
    return digest.value
  }
}
