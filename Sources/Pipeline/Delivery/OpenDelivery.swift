import ImportModel
import Readers
import Stores

/// A run to a target that an earlier process began, with what it journalled.
struct OpenDelivery: Sendable {
  let id: RunID
  /// Whether everything was sent, so that only the reports are to be made again.
  let isDone: Bool
  let entries: [DeliveryEntry]

  /// How often rows were sent so far.
  var attempts: [UInt32: Int] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.row, $0.attempts) })
  }

  /// Rows of which nothing is left to be done.
  var settledRows: Set<UInt32> {
    Set(entries.filter { $0.state == .applied || $0.state == .refused }.map(\.row))
  }

  /// The extensions of an account that other rows were sent with, by row.
  var boundExtensions: [UInt32: UInt64] {
    var bound: [UInt32: UInt64] = [:]
    for entry in entries where entry.state == .sending || entry.state == .open {
      bound[entry.row] = entry.extensionID
    }
    return bound
  }

  /// Spare extensions that were sent, and of which nothing is known, by the row they were sent for.
  var doubtfulSpares: [UInt32: ExtensionNumber] {
    var spares: [UInt32: ExtensionNumber] = [:]
    for entry in entries where entry.state == .sending {
      if let spare = ExtensionNumber(entry.message) { spares[entry.row] = spare }
    }
    return spares
  }

  /// The extensions that users had before their rows were sent.
  func previousExtensions(
    in store: any DirectoryStore
  ) throws(ImportError) -> [UInt32: ExtensionNumber] {
    let sent = Set(entries.map(\.row))
    var previous: [UInt32: ExtensionNumber] = [:]
    try store.changes(of: id) { change in
      let row = change.origin.row
      // The first change counts: a detour over a spare extension is one too.
      guard change.subject == .user, sent.contains(row), previous[row] == nil,
        let before = change.before, before != change.after
      else { return }
      previous[row] = before
    }
    return previous
  }

  /// The extensions that users were given, by row.
  func givenExtensions(
    in store: any DirectoryStore
  ) throws(ImportError) -> [UInt32: ExtensionNumber] {
    var given: [UInt32: ExtensionNumber] = [:]
    try store.changes(of: id) { change in
      if change.subject == .user, let after = change.after { given[change.origin.row] = after }
    }
    return given
  }

  /// Finds the run to go on with.
  ///
  /// That is the one that was asked for, or else the latest one that read the same inputs under the
  /// same rules for the same target and is not done.
  /// - Returns: `nil` when a new run is to begin.
  /// - Throws: `runMismatch` when the run that was asked for cannot be gone on with.
  static func find(
    for settings: DeliverySettings,
    rules: Rules,
    inputs: InputSet,
    in journal: any DeliveryJournal
  ) throws(ImportError) -> OpenDelivery? {
    let digests = inputs.digests.map { $0 ?? "" }
    let target = settings.name
    guard let number = settings.resuming else {
      guard let found = try journal.openDelivery(to: target, inputDigests: digests),
        found.rules == RunRecord.rules(rules)
      else { return nil }
      return OpenDelivery(id: found.id, isDone: false, entries: try journal.entries(of: found.id))
    }
    let id = RunID(number)
    guard let found = try journal.delivery(id) else {
      throw ImportError(
        .runMismatch,
        "there is no run \(id) that can be gone on with",
        hint: "rcimport runs shows all runs of the store"
      )
    }
    guard found.target == target else {
      throw ImportError(
        .runMismatch,
        "run \(id) was for \(found.target), not for \(target)",
        hint: "Go on with the target that it began with, or begin a new run with apply"
      )
    }
    for (place, input) in found.inputs.enumerated()
    where place >= digests.count || input.sha256 != digests[place] {
      throw ImportError(
        .runMismatch,
        "this is not what run \(id) read: the content changed since",
        hint: "Put the file back as it was, or begin a new run with apply",
        file: place < inputs.inputs.count ? inputs.inputs[place].name : input.name
      )
    }
    return OpenDelivery(
      id: id,
      isDone: found.state == .applied,
      entries: try journal.entries(of: id)
    )
  }
}
