import GRDB
import ImportModel

/// Writes extensions, with the same fields each.
final class ExtensionTable {
  private let inserting: RawStatement
  private let updating: RawStatement
  private let removing: RawStatement
  private let findingByID: RawStatement
  private let findingByNumber: RawStatement
  private let readingAll: RawStatement
  private let readingFields: RawStatement
  private var pending: Pending?
  var values: FieldValues

  /// A record as far as it says which one it is.
  private struct Known {
    var key: Int64
    var number: ExtensionNumber?
    var ringCentralID: UInt64?
  }

  private struct Pending {
    var write: ExtensionWrite
    /// The record that is replaced.
    var known: Known?
  }

  init(_ db: Database, fields: [Field]) throws {
    // The id is not written as a text.
    let fields = fields.filter { $0 != .extensionID }
    let columns = fields.map(\.storeColumn)
    let parameters = fields.indices.map { "?\($0 + 4)" }
    let settings = zip(columns, parameters).map { ", \($0) = \($1)" }.joined()
    inserting = try RawStatement(
      db,
      """
      INSERT INTO extension (\((["number", "ringcentral_id"] + columns).joined(separator: ", ")))
      VALUES (\((["?2", "?3"] + parameters).joined(separator: ", ")))
      """
    )
    updating = try RawStatement(
      db,
      "UPDATE extension SET number = ?2, ringcentral_id = ?3\(settings) WHERE key = ?1"
    )
    removing = try RawStatement(db, "DELETE FROM extension WHERE key = ?1")
    let identity = "SELECT key, number, ringcentral_id FROM extension"
    findingByID = try RawStatement(db, "\(identity) WHERE ringcentral_id = ?1")
    findingByNumber = try RawStatement(db, "\(identity) WHERE number = ?1")
    func reading(_ fields: [Field]) throws -> RawStatement {
      try RawStatement(db, "SELECT \(Field.storeJSON(fields)) FROM extension WHERE key = ?1")
    }
    readingAll = try reading(Field.inventory)
    readingFields = try reading([.extensionID] + fields)
    values = FieldValues(fields)
  }

  /// Begins to write an extension, and makes room for it.
  func begin(_ write: ExtensionWrite, history: ChangeHistory) throws {
    precondition(write.number != nil || write.ringCentralID != nil, "an extension without a key")
    var known: Known?
    if let id = write.ringCentralID {
      try findingByID.bind(Int64(bitPattern: id), at: 1)
      known = try record(findingByID)
    }
    if let number = write.number, known?.number != number {
      try findingByNumber.bind(number, at: 1)
      if let holder = try record(findingByNumber) {
        let isSame = write.ringCentralID == nil || holder.ringCentralID == nil
        if known == nil && isSame {
          known = holder
        } else {
          try remove(holder, origin: write.origin, history: history)
        }
      }
    }
    pending = Pending(write: write, known: known)
    values.removeAll()
    values.begin()
  }

  /// Writes the extension, and into the history what was there before.
  func finish(history: ChangeHistory) throws {
    guard let pending else { preconditionFailure("an extension was not begun") }
    let write = pending.write
    let id = write.ringCentralID ?? pending.known?.ringCentralID
    var statement = inserting
    if let known = pending.known {
      statement = updating
      try statement.bind(known.key, at: 1)
      try read(readingFields, key: known.key)
    }
    try history.add(
      extensionID: id,
      origin: write.origin,
      before: pending.known?.number,
      after: write.number,
      record: pending.known == nil ? nil : readingFields,
      action: pending.known == nil ? .created : .changed
    )
    readingFields.reset()
    if let number = write.number { values.set(number) }
    try values.bindNumber(ofRow: 0, to: statement, at: 2)
    try values.bindTexts(ofRow: 0, to: statement, at: 4)
    if let id {
      try statement.bind(Int64(bitPattern: id), at: 3)
    } else {
      try statement.bindNull(at: 3)
    }
    try statement.run()
  }

  private func remove(_ known: Known, origin: ChangeOrigin, history: ChangeHistory) throws {
    try read(readingAll, key: known.key)
    try history.add(
      extensionID: known.ringCentralID,
      origin: origin,
      before: known.number,
      after: nil,
      record: readingAll,
      action: .removed
    )
    readingAll.reset()
    try removing.bind(known.key, at: 1)
    try removing.run()
  }

  private func read(_ statement: RawStatement, key: Int64) throws {
    statement.reset()
    try statement.bind(key, at: 1)
    _ = try statement.step()
  }

  private func record(_ statement: RawStatement) throws -> Known? {
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return Known(
      key: statement.integer(0),
      number: statement.number(1),
      ringCentralID: statement.isNull(2) ? nil : UInt64(bitPattern: statement.integer(2))
    )
  }
}
