import ImportModel
import Stores

/// Journals and assigns in a few words.
extension DirectoryStore {
  /// Begins a run to a target.
  func beginDelivery(to target: String = "api", inputs: [String] = []) throws(ImportError) -> RunID
  {
    let inputs = inputs.map { digest in
      RunInput(
        name: "\(digest).csv",
        kind: .users,
        format: "csv",
        sha256: digest,
        byteCount: 10,
        rowCount: 2
      )
    }
    return try begin(
      NewDelivery(
        run: NewRun(
          startedAt: UTCTime(secondsSince1970: 1_700_000_000),
          command: "apply",
          version: "1.0",
          rules: #"{"fix":"none"}"#,
          counts: "{}",
          inputs: inputs
        ),
        target: target,
        arguments: #"{"files":["a.csv"]}"#,
        directory: "/folder"
      )
    )
  }

  /// Ends a run to a target that writes nothing more.
  func finish(
    _ run: RunID,
    _ state: RunState = .applied,
    counts: String = "{}"
  ) throws(ImportError) {
    try finish(run, state: state, counts: counts) { (_) throws(ImportError) in }
  }

  /// Asks for one change.
  func assign(_ user: ObjectID, _ number: ExtensionNumber) throws(ImportError) -> SingleOutcome? {
    try assign([SingleAssignment(user: user, number: number, actor: "admin")]).first
  }

  /// The changes of a run.
  func changeList(of run: RunID) throws(ImportError) -> [ChangeRecord] {
    var found: [ChangeRecord] = []
    try changes(of: run) { found.append($0) }
    return found
  }

  /// Who has which number.
  func directory() throws(ImportError) -> [ObjectID: ExtensionNumber] {
    var found: [ObjectID: ExtensionNumber] = [:]
    try forEachUser { found[$0.id] = $0.extensionNumber }
    return found
  }
}

/// A row that a target took, and that is its user's and its number's.
func taken(_ row: UInt32, _ user: ObjectID, _ number: ExtensionNumber) -> DeliveryRecord {
  DeliveryRecord(
    DeliveryEntry(row: row, state: .applied, attempts: 1, status: 200),
    confirmed: ConfirmedAssignment(
      user: user,
      number: number,
      origin: ChangeOrigin(row: row, input: 0, inputRow: row + 2)
    )
  )
}
