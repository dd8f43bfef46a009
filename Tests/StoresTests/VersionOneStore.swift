import GRDB

/// Stores as the first version of the program left them.
enum VersionOneStore {
  /// Makes a file with users, extensions, runs, inputs and changes in it.
  static func make(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: schema)
      try db.execute(sql: content)
      try db.execute(sql: "PRAGMA application_id = 0x7263696D; PRAGMA user_version = 1")
    }
    try queue.close()
  }

  /// What is in a file, as lines, for comparison; without what later versions add.
  static func lines(_ path: String) throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try [
        "SELECT hex(id), extension, name, email, status FROM user",
        "SELECT key, number, ringcentral_id, type, email FROM extension",
        """
        SELECT id, started_at, finished_at, command, version, state, rules, counts FROM run
        """,
        "SELECT * FROM run_input", "SELECT * FROM change",
      ].flatMap { sql in try Row.fetchAll(db, sql: sql).map { "\($0)" } }
    }
  }

  // Run 3 was deleted by hand, with the sequence left at its id.
  private static let content = """
    INSERT INTO user (id, extension, name, email) VALUES
      (x'64b7f1a2e4b0a5d300000001', '0101', 'Zoë "Z"', 'z@example.org'),
      (x'64b7f1a2e4b0a5d300000002', NULL, '', '');
    INSERT INTO extension (key, number, ringcentral_id, type) VALUES
      (4, '0101', -1, 'User'), (9, NULL, 7, '');
    INSERT INTO run VALUES
      (1, '2024-01-01T00:00:00Z', '2024-01-01T00:00:01Z', 'apply', '1.0', 'applied', '{}', '{"applied":2}'),
      (2, '2024-01-02T00:00:00Z', '2024-01-02T00:00:01Z', 'undo', '1.0', 'applied', '{"fix":"safe"}', '{}');
    UPDATE sqlite_sequence SET seq = 3 WHERE name = 'run';
    INSERT INTO run_input VALUES
      (1, 0, 'a.csv', 'users', 'csv', 'aa', 10, 2), (1, 1, 'b.xml', 'extensions', 'xml', 'bb', 20, 3),
      (2, 0, 'a.csv', 'users', 'csv', 'aa', 10, 2);
    INSERT INTO change VALUES
      (1, 1, 0, 0, 2, 'user', '64b7f1a2e4b0a5d300000001', NULL, '0101', NULL, 'created'),
      (1, 2, 1, 0, 3, 'user', '64b7f1a2e4b0a5d300000002', NULL, '102', NULL, 'created'),
      (2, 1, 0, 0, 2, 'user', '64b7f1a2e4b0a5d300000002', '102', NULL, '{"name":"Two"}', 'changed');
    """

  // As it was shipped: a change to it would leave the stores out there behind.
  private static let schema = """
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
    """
}
