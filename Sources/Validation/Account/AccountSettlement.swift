package import ImportModel

/// Settles rows with the account of a phone system: which row gets which extension, and which none.
///
/// A person is recognised by the e-mail address. Who has an extension keeps it and at most changes
/// its number; everybody else gets one that is nobody's. The order of the calls:
///
/// 1. `settle`, once the store is asked and before `Settlement.finish`.
/// 2. `allocate`, after it: only then is known which rows need an extension.
package struct AccountSettlement {
  /// The most digits of an extension, with the code of its site (RingCentral's API: maxLength 8).
  static let maximumDigitCount = 8

  /// Kinds of extensions that a person can have, folded.
  private static let personTypes: Set<String> = [
    "", "user", "digitaluser", "virtualuser", "flexibleuser", "faxuser", "limited",
    "limitedextension",
  ]

  private let rules: Rules
  private let type: String
  private let account: AccountIndex
  private var claims: [AccountClaim] = []
  /// What the rows' users have already, or will have, by row.
  package private(set) var placements: [Int: AccountPlacement] = [:]
  /// What the account lacks, once all is allocated.
  package private(set) var shortages: [AccountShortage] = []

  /// Makes it.
  ///
  /// - Parameters:
  ///   - extensions: all that the account has.
  ///   - type: the kind of extension that people get.
  ///   - rules: what the run does where more than one thing is right.
  package init(_ extensions: [AccountExtension], type: String, rules: Rules) {
    account = AccountIndex(extensions, type: type)
    self.type = type
    self.rules = rules
  }

  /// Unassigned extensions of the kind that people get.
  package var freeCount: Int { account.pool.count }

  /// Settles what rows ask of the account, but which free extension each gets.
  ///
  /// - Parameters:
  ///   - claims: what rows say of their people, by row, ascending.
  ///   - settlement: what is known of the rows so far.
  ///   - plan: the plan.
  package mutating func settle(
    _ claims: [AccountClaim],
    _ settlement: inout Settlement,
    in plan: inout Plan
  ) {
    self.claims = claims
    settleRepeatedEmails(in: &plan)
    for claim in claims where !plan[claim.row].flags.contains(.rejected) {
      settle(claim, in: &plan)
    }
    settleHolders(&settlement, in: &plan)
  }

  // MARK: - Who a person is

  private func settleRepeatedEmails(in plan: inout Plan) {
    var rows: [UInt64: [Int]] = [:]
    for claim in claims {
      let digest = EmailDigest.of(claim.email)
      if digest != 0 { rows[digest, default: []].append(claim.row) }
    }
    for group in rows.values.filter({ $0.count > 1 }).sorted(by: { $0[0] < $1[0] }) {
      let number = plan.groups.begin()
      for row in group { plan.groups.add(UInt32(row)) }
      for row in group {
        plan.add(
          PlanFinding(
            row: UInt32(row),
            .emailRepeated,
            .error,
            field: .email,
            first: UInt64(number)
          )
        )
      }
    }
  }

  private mutating func settle(_ claim: AccountClaim, in plan: inout Plan) {
    let row = UInt32(claim.row)
    if let number = plan[claim.row].extensionNumber, number.digitCount > Self.maximumDigitCount {
      plan.add(PlanFinding(row: row, .extensionTargetLimit, .error, field: .extensionNumber))
    }
    let owned = claim.email.isEmpty ? [] : account.owned(by: claim.email)
    let assigned = owned.filter { !$0.isUnassigned }
    guard let present = assigned.first else {
      // An address on one that is nobody's is left from an attempt that only wrote the contact.
      let begun = owned.first { candidate in account.pool.contains { $0.id == candidate.id } }
      settleTexts(of: claim, in: &plan)
      placements[claim.row] = AccountPlacement(extensionID: begun?.id ?? 0, kind: .provision)
      return
    }
    guard assigned.count == 1, Self.personTypes.contains(Self.kind(of: present)) else {
      plan.add(
        PlanFinding(row: row, .emailTaken, .error, field: .email, first: present.id)
      )
      return
    }
    if present.isDisabled {
      plan.add(
        PlanFinding(row: row, .extensionDisabledAtTarget, .error, field: .extensionNumber)
      )
      return
    }
    settle(claim.row, present, in: &plan)
  }

  private static func kind(of known: AccountExtension) -> String {
    let type = known.type.lowercased()
    return type.hasPrefix("user (") ? "user" : type
  }

  private func settleTexts(of claim: AccountClaim, in plan: inout Plan) {
    for (field, text, limit) in claim.texts(for: type) {
      if text.isEmpty {
        plan.add(PlanFinding(row: UInt32(claim.row), .fieldMissingForTarget, .error, field: field))
      } else if text.unicodeScalars.count > limit {
        plan.add(
          PlanFinding(
            row: UInt32(claim.row),
            .fieldTooLongForTarget,
            .error,
            field: field,
            first: UInt64(text.unicodeScalars.count),
            second: UInt32(limit)
          )
        )
      }
    }
  }

  /// Settles a row whose user has an extension.
  private mutating func settle(_ row: Int, _ present: AccountExtension, in plan: inout Plan) {
    let old = ExtensionNumber(present.number)
    if plan[row].extensionNumber == nil && old == nil {
      plan.add(
        PlanFinding(row: UInt32(row), .emailTaken, .error, field: .email, first: present.id)
      )
      return
    }
    guard let wanted = plan[row].extensionNumber, wanted != old else {
      // Who may get any number has one already.
      if let old { plan[row].take(old) }
      placements[row] = AccountPlacement(extensionID: present.id, kind: .keep)
      return
    }
    switch rules.onExisting {
    case .replace:
      if let old, !plan[row].flags.contains(.hasPrevious) { plan.addPrevious(old, row: row) }
      placements[row] = AccountPlacement(extensionID: present.id, kind: .renumber)
    case .keep:
      plan[row].flags.insert(.recordsOnly)
      plan.add(hasExtension(old, row, rules.strict ? .error : .warning))
    case .fail:
      plan.add(hasExtension(old, row, .error))
    }
  }

  private func hasExtension(
    _ old: ExtensionNumber?,
    _ row: Int,
    _ severity: Severity
  ) -> PlanFinding {
    PlanFinding(
      row: UInt32(row),
      .userHasExtension,
      severity,
      field: .extensionNumber,
      first: old?.place ?? 0
    )
  }

  // MARK: - Who has a number

  private func settleHolders(_ settlement: inout Settlement, in plan: inout Plan) {
    var givers: [UInt64: Int] = [:]
    for (row, placement) in placements where placement.kind == .renumber {
      givers[placement.extensionID] = row
    }
    let noted = settlement.dependencies.notedReleases
    for claim in claims {
      guard let placement = placements[claim.row], placement.kind != .keep,
        let number = plan[claim.row].extensionNumber, let holder = account.holder(of: number),
        holder.id != placement.extensionID
      else { continue }
      let known = noted[claim.row]
      if let giver = givers[holder.id], known == nil || known == giver {
        if known == nil { settlement.dependencies.add(claim.row, needs: giver, for: .release) }
      } else {
        plan.add(
          PlanFinding(
            row: UInt32(claim.row),
            .alreadyAssigned,
            .error,
            field: .extensionNumber,
            variant: .account,
            first: holder.id
          )
        )
      }
    }
  }

  // MARK: - Who gets which

  /// Gives the rows that need one an extension that is nobody's, and decides their outcome.
  ///
  /// - Parameters:
  ///   - bound: the extensions that rows were sent with before, by row: a row keeps its own, and no
  ///     other gets it.
  ///   - plan: the plan, finished.
  package mutating func allocate(bound: [UInt32: UInt64], in plan: inout Plan) {
    let taken = reserved(bound)
    var free = FreeExtensions(account.pool.filter { !taken.contains($0.id) })
    var needs: [String: (needed: Int, free: Int)] = [:]
    for claim in claims {
      guard var placement = placements[claim.row], plan[claim.row].outcome != .rejected else {
        placements[claim.row] = nil
        continue
      }
      if placement.kind == .provision, placement.extensionID == 0 {
        let site = account.site(named: claim.site)
        let own = bound[UInt32(claim.row)].flatMap { taken.contains($0) ? $0 : nil }
        needs[site, default: (0, 0)].needed += 1
        if let id = own ?? free.take(site: site) {
          needs[site, default: (0, 0)].free += 1
          placement.extensionID = id
          placements[claim.row] = placement
        } else {
          placements[claim.row] = nil
          reject(claim.row, in: &plan)
          continue
        }
      }
      if placement.kind != .keep && plan[claim.row].outcome == .unchanged {
        plan[claim.row].outcome = .wouldApply
      }
    }
    plan.sortFindings()
    shortages = needs.filter { $0.value.needed > $0.value.free }.sorted { $0.key < $1.key }
      .map { site, count in
        AccountShortage(
          type: type,
          site: site,
          neededCount: count.needed,
          freeCount: count.free
        )
      }
  }

  /// Extensions that only certain rows may get.
  private func reserved(_ bound: [UInt32: UInt64]) -> Set<UInt64> {
    var ids = Set(bound.values.filter { account.find($0)?.isUnassigned ?? false })
    for placement in placements.values { ids.insert(placement.extensionID) }
    return ids
  }

  private func reject(_ row: Int, in plan: inout Plan) {
    plan.add(PlanFinding(row: UInt32(row), .licenceLimit, .error, field: .extensionNumber))
    plan[row].outcome = .rejected
  }
}
