import GRDB
import ImportModel

/// The tables of a store, and how a store of an earlier version gets them.
///
/// The history in `change` is complete: the texts that a record has now stand in `user` and
/// `extension`, and each change holds what it overwrote, so that the texts after a change are those
/// before the next change of the same record.
enum SQLiteSchema {
  /// Marks our files among all SQLite files (`rcim`); never changes.
  static let applicationID: Int32 = 0x7263_696D
  /// The version that this program reads and writes.
  static var version: Int { migrations.count }

  /// What turns each version into the next one; never edited once shipped.
  private static let migrations = [
    """
    CREATE TABLE user (
      -- The MongoDB ObjectId; hex(id) shows it.
      id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
      extension TEXT
        CHECK (length(extension) BETWEEN 2 AND 10 AND extension NOT GLOB '*[^0-9]*'),
      first_name TEXT NOT NULL DEFAULT '',
      last_name TEXT NOT NULL DEFAULT '',
      name TEXT NOT NULL DEFAULT '',
      email TEXT NOT NULL DEFAULT '',
      department TEXT NOT NULL DEFAULT '',
      job_title TEXT NOT NULL DEFAULT '',
      status TEXT NOT NULL DEFAULT '',
      site TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX user_extension ON user (extension) WHERE extension IS NOT NULL;

    CREATE TABLE extension (
      key INTEGER PRIMARY KEY,
      number TEXT UNIQUE CHECK (length(number) BETWEEN 2 AND 10 AND number NOT GLOB '*[^0-9]*'),
      -- 64 bits without sign; those from 2^63 show as negative.
      ringcentral_id INTEGER UNIQUE,
      type TEXT NOT NULL DEFAULT '',
      status TEXT NOT NULL DEFAULT '',
      name TEXT NOT NULL DEFAULT '',
      email TEXT NOT NULL DEFAULT '',
      site TEXT NOT NULL DEFAULT '',
      CHECK (number IS NOT NULL OR ringcentral_id IS NOT NULL)
    ) STRICT;

    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at TEXT NOT NULL,
      finished_at TEXT NOT NULL,
      command TEXT NOT NULL,
      version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('applied')),
      rules TEXT NOT NULL CHECK (json_valid(rules)),
      counts TEXT NOT NULL CHECK (json_valid(counts))
    ) STRICT;

    CREATE TABLE run_input (
      run INTEGER NOT NULL REFERENCES run (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('users', 'extensions')),
      format TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      byte_count INTEGER NOT NULL,
      row_count INTEGER NOT NULL,
      PRIMARY KEY (run, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_input_sha256 ON run_input (sha256);

    CREATE TABLE change (
      run INTEGER NOT NULL REFERENCES run (id),
      -- The order in which a run changed things, from 1.
      sequence INTEGER NOT NULL,
      "row" INTEGER NOT NULL,
      input INTEGER NOT NULL,
      input_row INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('user', 'extension')),
      key TEXT NOT NULL,
      before_extension TEXT,
      after_extension TEXT,
      -- The texts that were overwritten, by field name; NULL for a new record.
      before_record TEXT,
      action TEXT NOT NULL CHECK (action IN ('created', 'changed', 'removed')),
      PRIMARY KEY (run, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX change_released ON change (before_extension, run)
      WHERE kind = 'user' AND before_extension IS NOT NULL
        AND after_extension IS NOT before_extension;
    """,
    """
    -- The table is made anew because a check cannot be changed
    -- (sqlite.org/lang_altertable.html#otheralter).
    CREATE TABLE new_run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at TEXT NOT NULL,
      -- Of a run at work: when it last ended, or else when it began.
      finished_at TEXT NOT NULL,
      command TEXT NOT NULL,
      version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('applied', 'running', 'incomplete')),
      rules TEXT NOT NULL CHECK (json_valid(rules)),
      counts TEXT NOT NULL CHECK (json_valid(counts)),
      -- Where the run writes to; NULL for the store itself, as are the next two.
      target TEXT,
      arguments TEXT CHECK (arguments IS NULL OR json_valid(arguments)),
      directory TEXT
    ) STRICT;
    INSERT INTO new_run (id, started_at, finished_at, command, version, state, rules, counts)
      SELECT id, started_at, finished_at, command, version, state, rules, counts FROM run;
    -- The ids of runs that were deleted are not given again.
    DELETE FROM sqlite_sequence WHERE name = 'new_run';
    INSERT INTO sqlite_sequence (name, seq)
      SELECT 'new_run', seq FROM sqlite_sequence WHERE name = 'run';
    DROP TABLE run;
    ALTER TABLE new_run RENAME TO run;
    CREATE INDEX run_unfinished ON run (target) WHERE target IS NOT NULL AND state <> 'applied';

    CREATE TABLE delivery (
      run INTEGER NOT NULL REFERENCES run (id),
      -- As its index in the plan.
      "row" INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('sending', 'applied', 'refused', 'open')),
      attempts INTEGER NOT NULL,
      -- A code of the reports.
      reason TEXT,
      -- Of HTTP.
      status INTEGER,
      -- A code of the API.
      error TEXT,
      message TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (run, "row")
    ) STRICT, WITHOUT ROWID;

    -- Changes that somebody asked for over the API.
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      user BLOB NOT NULL CHECK (length(user) = 12),
      before_extension TEXT,
      after_extension TEXT
    ) STRICT;
    CREATE INDEX audit_released ON audit (before_extension)
      WHERE before_extension IS NOT NULL AND after_extension IS NOT before_extension;
    """,
    """
    -- The extension of the target's account that the row was sent with; 64 bits without sign.
    ALTER TABLE delivery ADD COLUMN extension_id INTEGER;
    """,
  ]

  /// What is in an open file.
  enum Content: Equatable {
    /// Nothing at all.
    case nothing
    /// A store of a version that this program knows.
    case store(version: Int)
  }

  /// Looks whether the file is a store.
  ///
  /// - Throws: when it is something else, or of a later version.
  static func content(_ db: Database, name: String) throws -> Content {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let stored = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if application == 0 && stored == 0 {
      let isEmpty = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)")
      if isEmpty == true { return .nothing }
    }
    guard application == applicationID else { throw foreign(name) }
    guard stored <= version else {
      throw ImportError(
        .configuration,
        "the store was made by a newer version of rcimport (schema \(stored), known is \(version))",
        hint: "use that version, or name another store with --store",
        file: name
      )
    }
    return .store(version: stored)
  }

  /// Brings the file to the present version, in one transaction.
  static func migrate(_ db: Database, name: String) throws {
    if try content(db, name: name) == .store(version: version) { return }
    // Tables that others refer to are made anew; inside the transaction the switch does nothing.
    try db.execute(sql: "PRAGMA foreign_keys = OFF")
    let result = Result { try migrateInTransaction(db, name: name) }
    try db.execute(sql: "PRAGMA foreign_keys = ON")
    try result.get()
  }

  private static func migrateInTransaction(_ db: Database, name: String) throws {
    try db.inTransaction(.immediate) {
      // Another process may have done it by now.
      var stored = 0
      if case .store(let present) = try content(db, name: name) { stored = present }
      for migration in migrations[stored...] { try db.execute(sql: migration) }
      if let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
        let table: String = row[0]
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT,
          message: "a row of the table \(table) refers to nothing"
        )
      }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
  }

  /// The error for a SQLite file of another program.
  static func foreign(_ name: String) -> ImportError {
    ImportError(
      .configuration,
      "this is not an rcimport store: a SQLite file of another program",
      hint: StoreFile.namingHint,
      file: name
    )
  }
}

extension Field {
  /// The column of `user` or `extension` that holds the field.
  var storeColumn: String {
    switch self {
    case .userID: "id"
    case .extensionNumber: "extension"
    case .extensionID: "ringcentral_id"
    case .firstName: "first_name"
    case .lastName: "last_name"
    case .name: "name"
    case .email: "email"
    case .department: "department"
    case .jobTitle: "job_title"
    case .type: "type"
    case .status: "status"
    case .site: "site"
    case .password, .pin: preconditionFailure("secrets are never recorded")
    }
  }
}
