import Bytes
import ImportModel
import Readers
import Rows
import Stores
import Validation

/// Compares a plan with a store, a slice of rows at a time.
struct DirectoryCheck {
  /// Rows that are looked up together: many enough that sorted keys lie close, few enough to fit.
  private static let sliceSize = 1 << 16

  /// How long a number that was given up is watched: 30 days.
  private static let recentSeconds: Int64 = 30 * 86_400

  let store: any DirectoryStore
  let inputs: [OpenInput]
  let observer: (any RunObserver)?
  /// Whether a number must be that of an extension which is known; not so when the account itself is
  /// asked.
  var checksInventory = true

  /// Settles a plan with what the store knows.
  func settle(_ settlement: inout Settlement, _ plan: inout Plan) throws(ImportError) {
    let holdings = try store.holdings()
    for (place, input) in plan.inputs.enumerated() {
      for slice in slices(of: input.rows) {
        switch input.kind {
        case .users:
          try settleUsers(slice, of: place, known: holdings.hasUsers, &settlement, &plan)
        case .extensions:
          try settleExtensions(slice, of: place, known: holdings.hasExtensions, settlement, &plan)
        }
        try advance(to: slice.upperBound, of: plan.count)
      }
    }
    let knowsExtensions =
      checksInventory
      && (holdings.hasExtensions || plan.inputs.contains { $0.kind == .extensions })
    // A store that knows nothing has nothing against any number.
    guard holdings.hasUsers || knowsExtensions else { return }
    for input in plan.inputs where input.kind == .users {
      for slice in slices(of: input.rows) {
        let wanting = rowsWantingNumbers(slice, in: plan)
        if wanting.isEmpty { continue }
        var holders: [ObjectID?] = Array(repeating: nil, count: wanting.count)
        if holdings.hasUsers {
          holders = try store.holders(wanting.map(\.number))
          settlement.settleHolders(wanting.map(\.row), holders: holders, in: &plan)
          let unheld = wanting.indices.filter { holders[$0] == nil }.map { wanting[$0] }
          try settleReleases(unheld, settlement, &plan)
        }
        if knowsExtensions {
          try settleInventory(
            wanting,
            holders: holdings.hasUsers ? holders : nil,
            isStored: holdings.hasExtensions,
            settlement,
            &plan
          )
        }
        try advance(to: slice.upperBound, of: plan.count)
      }
    }
  }

  // MARK: - What rows describe

  private func settleUsers(
    _ slice: Range<Int>,
    of place: Int,
    known isKnown: Bool,
    _ settlement: inout Settlement,
    _ plan: inout Plan
  ) throws(ImportError) {
    guard isKnown else { return settlement.settleUnknownUsers(slice, in: &plan) }
    var keyed: [(id: ObjectID, row: Int)] = []
    for index in slice where Settlement.asksForUser(plan[index]) {
      keyed.append((plan[index].id, index))
    }
    keyed.sort { $0.id < $1.id }
    let mapping = inputs[place].mapping
    let known = try store.users(
      keyed.map(\.id),
      digestOf: Field.profile.filter { mapping[$0] != nil }
    )
    settlement.settleUsers(keyed.map(\.row), known: known, in: &plan)
  }

  private func settleExtensions(
    _ slice: Range<Int>,
    of place: Int,
    known isKnown: Bool,
    _ settlement: borrowing Settlement,
    _ plan: inout Plan
  ) throws(ImportError) {
    let rows = Array(slice)
    var known: [KnownExtension?] = Array(repeating: nil, count: rows.count)
    if isKnown {
      let mapping = inputs[place].mapping
      let fields = Field.inventory.filter { mapping[$0] != nil }
      try lookUp(rows, digestOf: fields, in: plan, into: &known)
    }
    settlement.settleExtensions(rows, known: known, in: &plan)
  }

  /// Finds extensions by RingCentral's id and, where that finds nothing, by number.
  private func lookUp(
    _ rows: [Int],
    digestOf fields: [Field],
    in plan: borrowing Plan,
    into known: inout [KnownExtension?]
  ) throws(ImportError) {
    var byID: [(id: UInt64, place: Int)] = []
    for (place, row) in rows.enumerated() where plan[row].high != 0 {
      byID.append((plan[row].high, place))
    }
    byID.sort { $0.id < $1.id }
    let found = try store.extensions(ringCentralIDs: byID.map(\.id), digestOf: fields)
    for (entry, phoneExtension) in zip(byID, found) { known[entry.place] = phoneExtension }
    var byNumber: [(number: ExtensionNumber, place: Int)] = []
    for (place, row) in rows.enumerated() where known[place] == nil {
      if let number = plan[row].extensionNumber { byNumber.append((number, place)) }
    }
    byNumber.sort { $0.number < $1.number }
    let numbered = try store.extensions(numbers: byNumber.map(\.number), digestOf: fields)
    for (entry, phoneExtension) in zip(byNumber, numbered) {
      known[entry.place] = phoneExtension
    }
  }

  // MARK: - What rows want

  private typealias Wanting = (number: ExtensionNumber, row: Int)

  private func rowsWantingNumbers(_ slice: Range<Int>, in plan: borrowing Plan) -> [Wanting] {
    var wanting: [Wanting] = []
    for index in slice where Settlement.wantsNumber(plan[index]) {
      if let number = plan[index].extensionNumber { wanting.append((number, index)) }
    }
    wanting.sort { $0.number < $1.number }
    return wanting
  }

  private func settleReleases(
    _ wanting: [Wanting],
    _ settlement: borrowing Settlement,
    _ plan: inout Plan
  ) throws(ImportError) {
    let oldest = UTCTime.now.secondsSince1970 - Self.recentSeconds
    let releases = try store.lastRelease(of: wanting.map(\.number)).map { release in
      release.flatMap { release in
        release.time.secondsSince1970 >= oldest
          ? (release.user, UInt32(clamping: release.time.secondsSince1970)) : nil
      }
    }
    settlement.settleReleases(wanting.map(\.row), releases: releases, in: &plan)
  }

  /// Settles rows with the extensions they want; `holders` says who has each number in the store,
  /// or is `nil` when it knows no users.
  private func settleInventory(
    _ wanting: [Wanting],
    holders: [ObjectID?]?,
    isStored: Bool,
    _ settlement: borrowing Settlement,
    _ plan: inout Plan
  ) throws(ImportError) {
    var entries: [Settlement.InventoryEntry?] = Array(repeating: nil, count: wanting.count)
    var missing: [Int] = []
    for (place, wanted) in wanting.enumerated() {
      if let row = settlement.inventoryRow(of: wanted.number, in: plan) {
        entries[place] = Settlement.InventoryEntry(
          traits: InventoryTraits(packed: plan[row].low),
          emailDigest: plan.emailDigests[row],
          row: row
        )
      } else {
        missing.append(place)
      }
    }
    if isStored && !missing.isEmpty {
      let known = try store.extensions(
        numbers: missing.map { wanting[$0].number },
        digestOf: []
      )
      for (place, phoneExtension) in zip(missing, known) {
        guard let phoneExtension else { continue }
        entries[place] = Settlement.InventoryEntry(
          traits: phoneExtension.traits,
          emailDigest: EmailDigest.of(phoneExtension.email),
          row: nil
        )
      }
    }
    var emails = try emailDigests(of: wanting, storesUsers: holders != nil, in: plan)
    if let holders { try addFormerHolders(of: wanting, holders, entries, to: &emails) }
    settlement.settleInventory(
      wanting.map(\.row),
      entries: entries,
      emailDigests: emails,
      in: &plan
    )
  }

  /// Takes an extension for the row's own where the address on it is that of the user who has the
  /// number in the store, or had it last.
  ///
  /// An export says who had the extension when it was made. Whether the present holder gives the
  /// number up is settled already, and a former holder has given it up.
  private func addFormerHolders(
    of wanting: [Wanting],
    _ holders: [ObjectID?],
    _ entries: [Settlement.InventoryEntry?],
    to emails: inout [UInt64]
  ) throws(ImportError) {
    let doubtful = entries.indices.filter { place in
      entries[place].map { $0.traits.hasHolder && $0.emailDigest != emails[place] } ?? false
    }
    let unheld = doubtful.filter { holders[$0] == nil }
    let released = try store.lastRelease(of: unheld.map { wanting[$0].number })
    var owners: [(id: ObjectID, place: Int)] = zip(unheld, released).compactMap { place, release in
      release.map { ($0.user, place) }
    }
    owners += doubtful.compactMap { place in holders[place].map { ($0, place) } }
    owners.sort { $0.id < $1.id }
    let addresses = try store.emails(of: owners.map(\.id))
    for (owner, address) in zip(owners, addresses) {
      if let address, EmailDigest.of(address) == entries[owner.place]?.emailDigest {
        emails[owner.place] = EmailDigest.of(address)
      }
    }
  }

  /// The address of each row's user: from the row, or else from the store.
  private func emailDigests(
    of wanting: [Wanting],
    storesUsers: Bool,
    in plan: borrowing Plan
  ) throws(ImportError) -> [UInt64] {
    var digests: [UInt64] = []
    var missing: [(id: ObjectID, place: Int)] = []
    for (place, wanted) in wanting.enumerated() {
      digests.append(plan.emailDigests[wanted.row])
      if digests[place] == 0, plan[wanted.row].flags.contains(.hasID) {
        missing.append((plan[wanted.row].id, place))
      }
    }
    guard storesUsers, !missing.isEmpty else { return digests }
    missing.sort { $0.id < $1.id }
    let emails = try store.emails(of: missing.map(\.id))
    for (entry, email) in zip(missing, emails) {
      if let email { digests[entry.place] = EmailDigest.of(email) }
    }
    return digests
  }

  // MARK: - Slices

  private func slices(of rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: Self.sliceSize).map {
      $0..<min($0 + Self.sliceSize, rows.upperBound)
    }
  }

  private func advance(to row: Int, of total: Int) throws(ImportError) {
    guard let observer else { return }
    observer.progress(
      RunProgress(
        stage: .comparing,
        input: nil,
        rowCount: row,
        totalRowCount: total,
        byteCount: 0,
        totalByteCount: nil
      )
    )
    try observer.checkInterruption()
  }
}
