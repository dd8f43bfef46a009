package import ImportModel

/// What is known about users and extensions, who holds which number, and the runs that made it so.
///
/// The contract, which a suite checks for every kind in `StoreKind.all`:
/// - Lookups answer in the order of the keys given, `nil` for what is not known. Any number of keys
///   in any order will do; ascending keys are fastest.
/// - A number is held by one user at most, and has one extension record at most. The texts `0123`
///   and `123` are different numbers.
/// - `apply` writes everything or nothing, whatever stops it: an error, a full disk, a kill.
/// - A store opened for reading is never changed, and a missing one is empty.
/// - Errors name the store's file.
///
/// Calls from several threads take turns, and so do several programs: one that finds another
/// writing waits for it, and gives up with `tryAgainLater` after a while.
package protocol DirectoryStore: DeliveryJournal, SingleAssignments {
  /// Where the store is, as the user named it.
  var location: String { get }

  /// Whether users and extensions are known at all. Constant time.
  func holdings() throws(ImportError) -> StoreHoldings

  /// Counts what is stored. Linear in it.
  func counts() throws(ImportError) -> StoreCounts

  /// What is known of users.
  ///
  /// The digests are made of the texts of the profile fields given, in the order given; that of
  /// `Field.profile` is the usual one.
  func users(
    _ ids: [ObjectID],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownUser?]

  /// Who holds numbers.
  func holders(_ numbers: [ExtensionNumber]) throws(ImportError) -> [ObjectID?]

  /// What is known of extensions, by number.
  ///
  /// The digests are made of the texts of the inventory fields given, in the order given; that of
  /// `Field.inventory` is the usual one. A RingCentral id counts as its decimal digits.
  func extensions(
    numbers: [ExtensionNumber],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownExtension?]

  /// What is known of extensions, by RingCentral's id.
  func extensions(
    ringCentralIDs: [UInt64],
    digestOf fields: [Field]
  ) throws(ImportError) -> [KnownExtension?]

  /// The e-mail addresses of users; empty when the user is known without one.
  func emails(of ids: [ObjectID]) throws(ImportError) -> [String?]

  /// When each number was last taken from a user, by a run or by a single assignment.
  func lastRelease(of numbers: [ExtensionNumber]) throws(ImportError) -> [NumberRelease?]

  /// Gives every user, in the order of ids, one at a time.
  func forEachUser(_ body: (UserRecord) throws(ImportError) -> Void) throws(ImportError)

  /// Gives every extension, by the text of its number; those without a number come last.
  func forEachExtension(_ body: (ExtensionRecord) throws(ImportError) -> Void) throws(ImportError)

  /// The latest runs, newest first.
  func runs(limit: Int) throws(ImportError) -> [RunSummary]

  /// The runs that read an input with this SHA-256 (lower-case hexadecimal), newest first.
  func runs(withInputDigest sha256: String) throws(ImportError) -> [RunID]

  /// A run in detail, or `nil` when there is none of that id.
  func run(_ id: RunID) throws(ImportError) -> RunDetail?

  /// Gives every change of a run, in the order in which it was made.
  func changes(
    of run: RunID,
    _ body: (ChangeRecord) throws(ImportError) -> Void
  ) throws(ImportError)

  /// Records a run with all its changes, in one transaction.
  ///
  /// - Parameters:
  ///   - run: what is recorded of the run itself.
  ///   - body: writes the changes; what it throws takes everything back. The writer is of no use
  ///     afterwards.
  /// - Returns: the id of the run.
  /// - Throws: what the body throws; `outputNotWritten` when the disk is full or fails,
  ///   `tryAgainLater` when another program is writing or the store is not as the body expects.
  func apply(
    _ run: NewRun,
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError) -> RunID

  /// Closes the store; it must not be used any more. Nothing is lost without it, but files that
  /// only serve open stores may stay behind.
  func close()
}

/// What a store is opened for.
package enum StoreMode: Sendable {
  /// Nothing is made or changed.
  case readOnly
  /// The store is made, or brought to the present version, when needed.
  case readWrite
}

/// The kinds of stores.
package enum StoreKind: String, CaseIterable, Sendable {
  /// A SQLite file.
  case sqlite

  /// Every kind.
  package static var all: [StoreKind] { allCases }

  /// Opens a store of this kind.
  package func open(_ location: String, mode: StoreMode) throws(ImportError) -> any DirectoryStore {
    switch self {
    case .sqlite: try SQLiteStore.open(path: location, mode: mode)
    }
  }
}
