import Bytes
import ImportModel

/// Gives users without an extension the one that an extensions export shows under their address.
struct EmailMatch {
  /// The extensions with an address, as indexes in the plan.
  private var rows: [UInt64: [UInt32]] = [:]

  /// Looks at the extensions exports of a plan that keeps the digests of addresses.
  init(of plan: borrowing Plan) {
    precondition(plan.keepsEmailDigests, "addresses that were not kept")
    for input in plan.inputs where input.kind == .extensions {
      for index in input.rows
      where plan.emailDigests[index] != 0 && plan[index].extensionNumber != nil
        && !plan[index].flags.contains(.rejected)
      {
        rows[plan.emailDigests[index], default: []].append(UInt32(index))
      }
    }
  }

  /// Settles the rows of users that name no extension.
  ///
  /// One without a match means what a blank cell means under the rules.
  func settle(rules: Rules, in plan: inout Plan) {
    for input in plan.inputs where input.kind == .users {
      for index in input.rows where plan[index].extensionNumber == nil {
        guard !plan[index].flags.contains(.rejected) else { continue }
        let numbers = numbers(for: plan.emailDigests[index], in: plan)
        if numbers.count == 1, let number = numbers.first {
          plan[index].take(number)
          plan[index].flags.remove(.extensionAbsent)
        } else if numbers.isEmpty && rules.onBlank == .skip {
          plan[index].flags.insert(.recordsOnly)
        } else if numbers.isEmpty && rules.onBlank == .clear {
          plan[index].flags.insert(.clears)
        } else {
          plan.add(
            PlanFinding(
              row: UInt32(index),
              numbers.isEmpty ? .emailNotMatched : .emailAmbiguous,
              .error,
              field: .email,
              first: UInt64(numbers.count)
            )
          )
        }
      }
    }
  }

  /// The numbers under an address: those of people's extensions, or else all.
  private func numbers(for digest: UInt64, in plan: borrowing Plan) -> Set<ExtensionNumber> {
    guard digest != 0, let rows = rows[digest] else { return [] }
    var people: Set<ExtensionNumber> = []
    var others: Set<ExtensionNumber> = []
    for row in rows {
      guard let number = plan[Int(row)].extensionNumber else { continue }
      if InventoryTraits(packed: plan[Int(row)].low).isUserKind {
        people.insert(number)
      } else {
        others.insert(number)
      }
    }
    return people.isEmpty ? others : people
  }
}
