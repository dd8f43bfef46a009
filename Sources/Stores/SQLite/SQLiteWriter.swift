import GRDB
import ImportModel

/// Writes the changes of a run with statements that are prepared once.
final class SQLiteWriter: StoreWriter {
  let run: RunID
  private let db: Database
  private let location: String
  private let bulk: BulkWriting
  private let releasing: RawStatement
  private let history: ChangeHistory
  private var users: UserTable
  private var extensions: ExtensionTable
  private var open = Open.nothing
  private var isClosed = false
  private var failure: ImportError?

  /// What was begun and is not finished.
  private enum Open { case nothing, user, phoneExtension }

  /// Makes a writer for a run that has made changes up to a place in its sequence, 0 for none.
  ///
  /// Whatever happens, `BulkWriting.end` must follow.
  init(_ db: Database, run: RunID, after sequence: Int64 = 0, location: String) throws {
    self.db = db
    self.run = run
    self.location = location
    bulk = try BulkWriting(db)
    releasing = try RawStatement(db, "UPDATE user SET extension = NULL WHERE id = ?1")
    history = try ChangeHistory(db, run: run, after: sequence, gathersNewUsers: true)
    users = try UserTable(db, fields: [])
    extensions = try ExtensionTable(db, fields: [])
  }

  /// Ends the writing.
  ///
  /// - Throws: what went wrong before, so that a swallowed error is never committed.
  func close() throws {
    isClosed = true
    precondition(open == .nothing, "a row was begun and not finished")
    if let failure { throw failure }
    try users.flush()
    try history.flush()
    try bulk.finish()
  }

  func useProfile(_ fields: [Field]) throws(ImportError) {
    precondition(fields.allSatisfy { Field.profile.contains($0) }, "a field that users lack")
    try write {
      try users.flush()
      users = try UserTable(db, fields: fields)
    }
  }

  func useInventory(_ fields: [Field]) throws(ImportError) {
    precondition(fields.allSatisfy { Field.inventory.contains($0) }, "a field extensions lack")
    try write { extensions = try ExtensionTable(db, fields: fields) }
  }

  func release(_ id: ObjectID) throws(ImportError) {
    try write {
      try users.flush()
      try releasing.bind(id, at: 1)
      try releasing.run()
      if releasing.changeCount != 1 { throw changed("user \(id) is gone") }
    }
  }

  func begin(_ user: UserWrite) throws(ImportError) {
    try write {
      precondition(open == .nothing, "the row before was not finished")
      open = .user
      try users.begin(user)
    }
  }

  func begin(_ phoneExtension: ExtensionWrite) throws(ImportError) {
    try write {
      precondition(open == .nothing, "the row before was not finished")
      open = .phoneExtension
      try extensions.begin(phoneExtension, history: history)
    }
  }

  func set(_ field: Field, _ value: Span<UInt8>) throws(ImportError) {
    precondition(!isClosed, "a writer is used after its run")
    switch open {
    case .nothing: preconditionFailure("a value without a row")
    case .user: users.set(field, value)
    case .phoneExtension: extensions.values.set(field, value)
    }
  }

  func finish() throws(ImportError) {
    try write {
      switch open {
      case .nothing: preconditionFailure("a row was not begun")
      case .user:
        if let problem = try users.finish(history: history) { throw changed(problem) }
      case .phoneExtension: try extensions.finish(history: history)
      }
      open = .nothing
    }
  }

  private func write(_ work: () throws -> Void) throws(ImportError) {
    precondition(!isClosed, "a writer is used after its run")
    do { try work() } catch { throw fail(error) }
  }

  private func fail(_ error: any Error) -> ImportError {
    let failure = StoreFailure.describe(error, file: location, mode: .readWrite)
    self.failure = failure
    open = .nothing
    return failure
  }

  private func changed(_ problem: String) -> ImportError {
    StoreFailure.storeChanged(problem, file: location)
  }
}
