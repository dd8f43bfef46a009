import Bytes
import GRDB
import GRDBSQLite
import ImportModel

/// A prepared statement that values go into and come out of as bytes, without a `String`.
///
/// Columns count from 0, parameters from 1, as in SQLite. Used only where GRDB gives access to the
/// database, that is from one thread at a time.
struct RawStatement {
  // Keeps the prepared statement; GRDB finalises it.
  private let owner: Statement
  private let handle: OpaquePointer

  /// Prepares a statement.
  init(_ db: Database, _ sql: String) throws {
    owner = try db.makeStatement(sql: sql)
    handle = owner.sqliteStatement
  }

  /// Takes the statement prepared before, if any; not for work during which others may need it too.
  init(_ db: Database, cached sql: String) throws {
    owner = try db.cachedStatement(sql: sql)
    handle = owner.sqliteStatement
    sqlite3_reset(handle)
  }

  /// Binds an id as its 12 bytes.
  func bind(_ id: ObjectID, at parameter: Int32) throws {
    let bytes = (id.high.bigEndian, id.low.bigEndian)
    try withUnsafeBytes(of: bytes) { buffer in
      // 12 bytes: the second part follows the first one without a gap.
      try check(sqlite3_bind_blob(handle, parameter, buffer.baseAddress, 12, Self.copying))
    }
  }

  /// Binds UTF-8 text.
  func bind(_ text: Span<UInt8>, at parameter: Int32) throws {
    try text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, buffer.count > 0 else {
        // Without a pointer SQLite would bind NULL.
        try check(sqlite3_bind_text(handle, parameter, "", 0, Self.copying))
        return
      }
      try base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { characters in
        let count = Int32(clamping: buffer.count)
        try check(sqlite3_bind_text(handle, parameter, characters, count, Self.copying))
      }
    }
  }

  /// Binds UTF-8 text that SQLite reads where it is, and not after the statement was bound anew.
  ///
  /// The buffer must stay as it is until the statement has run.
  func bind(inPlace range: Range<Int>, of buffer: borrowing ByteBuffer, at parameter: Int32) throws
  {
    let code = buffer.span(range).withUnsafeBufferPointer { text in
      guard let base = text.baseAddress, text.count > 0 else {
        return sqlite3_bind_text(handle, parameter, "", 0, Self.copying)
      }
      return base.withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
        sqlite3_bind_text(handle, parameter, characters, Int32(clamping: text.count), nil)
      }
    }
    try check(code)
  }

  /// Binds bytes that SQLite reads where they are; as for texts, the buffer must stay as it is.
  func bind(
    blobInPlace range: Range<Int>,
    of buffer: borrowing ByteBuffer,
    at parameter: Int32
  ) throws {
    precondition(!range.isEmpty, "a blob without bytes")
    let code = buffer.span(range).withUnsafeBufferPointer { bytes in
      sqlite3_bind_blob(handle, parameter, bytes.baseAddress, Int32(clamping: bytes.count), nil)
    }
    try check(code)
  }

  /// Binds UTF-8 text.
  func bind(text: borrowing ByteBuffer, at parameter: Int32) throws {
    try bind(text.span, at: parameter)
  }

  /// Binds text.
  func bind(_ text: String, at parameter: Int32) throws {
    try bind(text.utf8Span.span, at: parameter)
  }

  /// Binds the digits of a number, or NULL.
  func bind(_ number: ExtensionNumber?, at parameter: Int32) throws {
    guard let number else { return try bindNull(at: parameter) }
    var digits = InlineArray<10, UInt8>(repeating: 0x30)
    let count = number.digitCount
    var rest = number.value
    for place in stride(from: count - 1, through: 0, by: -1) {
      digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    try bind(digits.span.extracting(0..<count), at: parameter)
  }

  /// Binds an integer.
  func bind(_ value: Int64, at parameter: Int32) throws {
    try check(sqlite3_bind_int64(handle, parameter, value))
  }

  /// Binds NULL.
  func bindNull(at parameter: Int32) throws {
    try check(sqlite3_bind_null(handle, parameter))
  }

  /// Binds a column of the present row of another statement.
  func bind(column: Int32, of other: RawStatement, at parameter: Int32) throws {
    try check(sqlite3_bind_value(handle, parameter, sqlite3_column_value(other.handle, column)))
  }

  /// Goes to the next row.
  ///
  /// - Returns: `false` when there is none.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  /// Runs a statement that gives no rows, and makes it ready to run again.
  func run() throws {
    let code = sqlite3_step(handle)
    // The text of the error is lost with the reset.
    let error = code == SQLITE_DONE || code == SQLITE_ROW ? nil : failure(code)
    sqlite3_reset(handle)
    if let error { throw error }
  }

  /// Makes the statement ready to run again; what was read is let go.
  func reset() { sqlite3_reset(handle) }

  /// Rows that the last `run` changed.
  var changeCount: Int { Int(sqlite3_changes(sqlite3_db_handle(handle))) }

  /// Whether a column of the present row is NULL.
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// An integer of the present row.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// The bytes of a text of the present row, valid until the next step; empty for NULL.
  @_lifetime(borrow self)
  func text(_ column: Int32) -> Span<UInt8> {
    let start = sqlite3_column_text(handle, column)
    let count = start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))
    let buffer = UnsafeBufferPointer(start: start, count: count)
    let span = unsafe Span(_unsafeElements: buffer)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// A text of the present row; empty for NULL.
  func string(_ column: Int32) -> String { String(utf8: text(column)) }

  /// A number of the present row.
  func number(_ column: Int32) -> ExtensionNumber? { ExtensionNumber(text(column)) }

  /// An id of the present row.
  func objectID(_ column: Int32) -> ObjectID {
    guard let start = sqlite3_column_blob(handle, column),
      sqlite3_column_bytes(handle, column) == 12
    else { return ObjectID(high: 0, low: 0) }
    let high = start.loadUnaligned(as: UInt64.self)
    let low = start.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    return ObjectID(high: UInt64(bigEndian: high), low: UInt32(bigEndian: low))
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }

  /// Tells SQLite to copy what it is given (`SQLITE_TRANSIENT`, a cast that is not imported from C).
  private static var copying: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
