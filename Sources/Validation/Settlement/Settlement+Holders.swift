package import ImportModel

extension Settlement {
  /// Whether a row wants a number that its user does not have yet.
  package static func wantsNumber(_ row: PlanRow) -> Bool {
    row.extensionNumber != nil
      && row.flags.isDisjoint(with: [.hasNumber, .recordsOnly, .repeated])
  }

  /// Settles rows that want a number with who has it in the store.
  ///
  /// Every slice of the users must be settled before the first call.
  /// - Parameters:
  ///   - rows: indexes in the plan of rows that want a number.
  ///   - holders: who has the number, one a row, `nil` when nobody has.
  ///   - plan: the plan.
  package mutating func settleHolders(
    _ rows: [Int],
    holders: [ObjectID?],
    in plan: inout Plan
  ) {
    precondition(rows.count == holders.count, "one answer a row")
    for (index, holder) in zip(rows, holders) {
      guard let holder, !(plan[index].flags.contains(.hasID) && plan[index].id == holder) else {
        continue
      }
      if let release = release(by: holder, in: plan) {
        dependencies.add(index, needs: release, for: .release)
      } else {
        plan.add(
          PlanFinding(
            row: UInt32(index),
            .alreadyAssigned,
            .error,
            field: .extensionNumber,
            variant: .holder,
            first: holder.high,
            second: holder.low
          )
        )
      }
    }
  }

  /// Warns of numbers that others had until recently: their callers may still use them.
  ///
  /// - Parameters:
  ///   - rows: indexes in the plan of rows that want a number nobody has.
  ///   - releases: who gave the number up and when, in seconds since 1970, one a row; `nil` when
  ///     nobody did or it is long ago.
  ///   - plan: the plan.
  package func settleReleases(
    _ rows: [Int],
    releases: [(user: ObjectID, seconds: UInt32)?],
    in plan: inout Plan
  ) {
    precondition(rows.count == releases.count, "one answer a row")
    for (index, release) in zip(rows, releases) {
      guard let release, release.user != plan[index].id else { continue }
      plan.add(
        PlanFinding(
          row: UInt32(index),
          .extensionRecentlyReleased,
          warning,
          field: .extensionNumber,
          first: UInt64(release.seconds)
        )
      )
    }
  }

  /// A row that wants an extension, and the row that gives it up.
  package struct Release: Hashable, Sendable {
    package var row: UInt32
    package var needed: UInt32

    /// Makes it.
    package init(row: UInt32, needed: UInt32) {
      self.row = row
      self.needed = needed
    }
  }

  /// Which rows wait for others to give up an extension; for targets that take one row at a time.
  ///
  /// Everything must be settled before. A row appears once at most on either side.
  package func releases(in plan: borrowing Plan) -> [Release] { dependencies.releases(in: plan) }

  /// The row by which a user gives up the present number, a sound one if there is any.
  private func release(by holder: ObjectID, in plan: borrowing Plan) -> Int? {
    guard let first = users.owners.firstRow(for: UserKey(id: holder), in: plan) else { return nil }
    var rejected: Int?
    for row in users.owners.repeated.rows(sameAs: first) {
      let flags = plan[Int(row)].flags
      if flags.contains(.rejected) {
        // Mended, the row might have given the number up.
        let gives = flags.isDisjoint(with: [.hasNumber, .recordsOnly])
        rejected = rejected ?? (gives ? Int(row) : nil)
      } else if flags.contains(.hasPrevious) && !flags.contains(.repeated) {
        return Int(row)
      }
    }
    return rejected
  }
}
