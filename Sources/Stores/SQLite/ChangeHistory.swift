import Bytes
import GRDB
import ImportModel

/// Adds the changes of a run to the history, in the order in which they are made.
final class ChangeHistory {
  private let run: RunID
  private let insert: RawStatement
  private var sequence: Int64
  private var key = ByteBuffer(minimumCapacity: 32)
  private let gathersNewUsers: Bool
  private var newUsers: NewUserHistory

  /// Goes on after the last change that the run has made so far, 0 for none.
  ///
  /// A kept statement saves preparing it for a few changes; not for work during which others add
  /// changes too. Who lets new users be gathered must `flush` at the end.
  init(
    _ db: Database,
    run: RunID,
    after sequence: Int64,
    keepsStatement: Bool = false,
    gathersNewUsers: Bool = false
  ) throws {
    self.run = run
    self.sequence = sequence
    self.gathersNewUsers = gathersNewUsers
    newUsers = NewUserHistory(db, run: run)
    let sql = """
      INSERT INTO change (run, sequence, "row", input, input_row, kind, key, before_extension,
        after_extension, before_record, action)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """
    insert = try keepsStatement ? RawStatement(db, cached: sql) : RawStatement(db, sql)
    try insert.bind(run.number, at: 1)
  }

  /// Records a change of a user; `record` is a row whose first column is the record before, or
  /// `nil` for a new user.
  func add(
    user id: ObjectID,
    origin: ChangeOrigin,
    before: ExtensionNumber?,
    after: ExtensionNumber?,
    record: RawStatement?
  ) throws {
    if gathersNewUsers && record == nil && before == nil {
      sequence += 1
      return try newUsers.add(id, sequence: sequence, origin: origin, number: after)
    }
    key.removeAll()
    key.append(id)
    try add(.user, origin, before, after, record, action: record == nil ? .created : .changed)
  }

  /// Records a change of an extension; `record` is a row whose first column is the record before,
  /// or `nil` for a new one.
  func add(
    extensionID id: UInt64?,
    origin: ChangeOrigin,
    before: ExtensionNumber?,
    after: ExtensionNumber?,
    record: RawStatement?,
    action: ChangeRecord.Action
  ) throws {
    key.removeAll()
    if let number = after ?? before {
      key.append(number)
    } else if let id {
      key.append("id:")
      key.append(decimal: id)
    }
    try add(.phoneExtension, origin, before, after, record, action: action)
  }

  /// Writes what was gathered.
  func flush() throws { try newUsers.flush() }

  private func add(
    _ subject: ChangeRecord.Subject,
    _ origin: ChangeOrigin,
    _ before: ExtensionNumber?,
    _ after: ExtensionNumber?,
    _ record: RawStatement?,
    action: ChangeRecord.Action
  ) throws {
    sequence += 1
    try insert.bind(sequence, at: 2)
    try insert.bind(Int64(origin.row), at: 3)
    try insert.bind(Int64(origin.input), at: 4)
    try insert.bind(Int64(origin.inputRow), at: 5)
    try insert.bind(subject.rawValue, at: 6)
    try insert.bind(text: key, at: 7)
    try insert.bind(before, at: 8)
    try insert.bind(after, at: 9)
    if let record {
      try insert.bind(column: 0, of: record, at: 10)
    } else {
      try insert.bindNull(at: 10)
    }
    try insert.bind(action.rawValue, at: 11)
    try insert.run()
  }
}

extension Field {
  /// The SQL that makes a JSON object of the texts of some fields.
  static func storeJSON(_ fields: [Field]) -> String {
    let pairs = fields.map { field in
      // A text too, like the others: 64 bits without sign are more than JSON readers keep.
      field == .extensionID
        ? "'\(field.name)', coalesce(printf('%llu', ringcentral_id), '')"
        : "'\(field.name)', \(field.storeColumn)"
    }
    return "json_object(\(pairs.joined(separator: ", ")))"
  }
}
