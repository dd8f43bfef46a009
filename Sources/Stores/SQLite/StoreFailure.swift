import GRDB
import ImportModel

/// Says in the program's words what SQLite reports.
enum StoreFailure {
  /// The error that a failure of the store is for the run.
  static func describe(_ error: any Error, file: String, mode: StoreMode) -> ImportError {
    if let error = error as? ImportError { return error }
    guard let error = error as? DatabaseError else {
      return ImportError(.internalFailure, "the store failed: \(error)", file: file)
    }
    return describe(error, file: file, mode: mode)
  }

  // The codes are those of sqlite.org/rescode.html.
  private static func describe(
    _ error: DatabaseError,
    file: String,
    mode: StoreMode
  ) -> ImportError {
    let detail = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      return ImportError(
        .configuration,
        "this is not an rcimport store: \(detail)",
        hint: StoreFile.namingHint,
        file: file
      )
    case .SQLITE_CORRUPT:
      return ImportError(
        .configuration,
        "the store is damaged: \(detail)",
        hint: "put back a copy, or save what can be read with the sqlite3 shell's .recover",
        file: file
      )
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return ImportError(
        .tryAgainLater,
        "another program is writing to the store",
        hint: "run again when it is done",
        file: file
      )
    case .SQLITE_CONSTRAINT:
      return constraint(error, detail: detail, file: file)
    case .SQLITE_FULL:
      return ImportError(
        .outputNotWritten,
        "the store cannot be written, nothing was changed: the disk is full",
        hint: "make room and run again",
        file: file
      )
    case .SQLITE_IOERR where mode == .readWrite:
      return ImportError(
        .outputNotWritten,
        "the store cannot be written, nothing was changed: \(detail)",
        hint: "see whether the disk is full or failing, then run again",
        file: file
      )
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return notOpened(detail: detail, file: file, mode: mode)
    default:
      return ImportError(.configuration, "the store cannot be used: \(detail)", file: file)
    }
  }

  private static func constraint(
    _ error: DatabaseError,
    detail: String,
    file: String
  ) -> ImportError {
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
      storeChanged(detail, file: file)
    default:
      ImportError(.internalFailure, "the store refuses a value: \(detail)", file: file)
    }
  }

  private static func notOpened(detail: String, file: String, mode: StoreMode) -> ImportError {
    switch mode {
    case .readWrite:
      ImportError(
        .outputNotMade,
        "the store cannot be opened for writing: \(detail)",
        hint: "the store and its folder must be there and writable",
        file: file
      )
    case .readOnly:
      ImportError(
        .configuration,
        "the store cannot be read: \(detail)",
        hint: "see whether the store and its folder may be read",
        file: file
      )
    }
  }

  /// The error for a store that is not as it was when the rows were checked.
  static func storeChanged(_ detail: String, file: String) -> ImportError {
    ImportError(
      .tryAgainLater,
      "the store changed after the rows were checked, nothing was written: \(detail)",
      hint: "run again to check them against the store as it is now",
      file: file
    )
  }
}
