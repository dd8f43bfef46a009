import Bytes
package import ImportModel

extension Settlement {
  /// Settles rows of an extensions input with what the store knows of their extensions.
  ///
  /// - Parameters:
  ///   - rows: indexes in the plan.
  ///   - known: what the store knows of the row's extension, one a row, found by RingCentral's id
  ///     or else by the number.
  ///   - plan: the plan.
  package func settleExtensions(
    _ rows: [Int],
    known: [KnownExtension?],
    in plan: inout Plan
  ) {
    precondition(rows.count == known.count, "one answer a row")
    for (index, known) in zip(rows, known) {
      guard let known else {
        plan[index].flags.insert(.introduces)
        continue
      }
      if known.number == plan[index].extensionNumber && known.digest == plan.digests[index] {
        plan[index].outcome = .unchanged
      } else {
        plan[index].flags.insert(.recordChanges)
      }
    }
  }

  /// The sound row of this run's extensions exports that describes a number.
  package func inventoryRow(of number: ExtensionNumber, in plan: borrowing Plan) -> Int? {
    guard let first = extensions.numbers.firstRow(for: NumberKey(number: number), in: plan) else {
      return nil
    }
    return plan[first].flags.contains(.rejected) ? nil : first
  }

  /// An extension that exists, as rows that want its number see it.
  package struct InventoryEntry {
    /// What decides whether it can be given to somebody.
    package var traits: InventoryTraits
    /// The digest of the e-mail address on it; 0 when it is free.
    package var emailDigest: UInt64
    /// The row of this run that describes it, or `nil` when the store does.
    package var row: Int?

    /// Makes an entry.
    package init(traits: InventoryTraits, emailDigest: UInt64, row: Int?) {
      self.traits = traits
      self.emailDigest = emailDigest
      self.row = row
    }
  }

  /// Settles rows that want a number with the extension that has it.
  ///
  /// - Parameters:
  ///   - rows: indexes in the plan of rows that want a number.
  ///   - entries: the extension, one a row, `nil` when it does not exist.
  ///   - emailDigests: of each row's user; 0 when no address is known.
  ///   - plan: the plan.
  package func settleInventory(
    _ rows: [Int],
    entries: [InventoryEntry?],
    emailDigests: [UInt64],
    in plan: inout Plan
  ) {
    precondition(rows.count == entries.count && rows.count == emailDigests.count, "one a row")
    for place in rows.indices {
      let index = UInt32(rows[place])
      guard let entry = entries[place] else {
        plan.add(
          PlanFinding(row: index, .extensionNotProvisioned, .error, field: .extensionNumber)
        )
        continue
      }
      let source = UInt64((entry.row ?? -1) + 1)
      if !entry.traits.isUserKind {
        plan.add(
          PlanFinding(
            row: index,
            .extensionWrongKind,
            .error,
            field: .extensionNumber,
            variant: .inventory,
            first: source
          )
        )
      }
      if entry.traits.isDisabled {
        plan.add(
          PlanFinding(row: index, .extensionDisabledAtTarget, .error, field: .extensionNumber)
        )
      }
      if entry.traits.hasHolder && entry.emailDigest != emailDigests[place] {
        plan.add(
          PlanFinding(
            row: index,
            .alreadyAssigned,
            .error,
            field: .extensionNumber,
            variant: .inventory,
            first: source
          )
        )
      }
    }
  }
}
