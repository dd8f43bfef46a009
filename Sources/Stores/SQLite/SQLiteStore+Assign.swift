import GRDB
package import ImportModel

extension SQLiteStore {
  package func assign(
    _ assignments: [SingleAssignment]
  ) throws(ImportError) -> [SingleOutcome] {
    if assignments.isEmpty { return [] }
    return try write { db in
      let numbers = try NumberTable(db)
      let auditing = try RawStatement(
        db,
        cached: """
          INSERT INTO audit (at, actor, user, before_extension, after_extension)
          VALUES (?1, ?2, ?3, ?4, ?5)
          """
      )
      try auditing.bind(UTCTime.now.description, at: 1)
      let knowsExtensions = try holdings().hasExtensions
      return try assignments.map { assignment in
        let outcome = try outcome(of: assignment, knowsExtensions: knowsExtensions)
        if case .applied(let previous) = outcome {
          try numbers.set(assignment.number, of: assignment.user)
          try auditing.bind(assignment.actor, at: 2)
          try auditing.bind(assignment.user, at: 3)
          try auditing.bind(previous, at: 4)
          try auditing.bind(assignment.number, at: 5)
          try auditing.run()
        }
        return outcome
      }
    }
  }

  package func audit(limit: Int) throws(ImportError) -> [AuditRecord] {
    try read { db in
      let statement = try RawStatement(
        db,
        """
        SELECT at, actor, user, before_extension, after_extension
        FROM audit ORDER BY id DESC LIMIT ?1
        """
      )
      try statement.bind(Int64(limit), at: 1)
      var records: [AuditRecord] = []
      while try statement.step() {
        records.append(
          AuditRecord(
            time: Self.time(statement.string(0)),
            actor: statement.string(1),
            user: statement.objectID(2),
            before: statement.number(3),
            after: statement.number(4)
          )
        )
      }
      return records
    }
  }

  /// What becomes of an assignment as the store is now; `applied` is still to be done.
  private func outcome(
    of assignment: SingleAssignment,
    knowsExtensions: Bool
  ) throws(ImportError) -> SingleOutcome {
    guard let user = try users([assignment.user], digestOf: [])[0] else { return .userNotFound }
    if user.extensionNumber == assignment.number { return .unchanged }
    if let holder = try holders([assignment.number])[0] { return .taken(by: holder) }
    if knowsExtensions, let reason = try obstacle(to: assignment) { return .unavailable(reason) }
    return .applied(previous: user.extensionNumber)
  }

  /// Why a number that nobody has in the directory cannot be given to a user, by the extension
  /// that has it: the rules that the rows of an import are settled by.
  private func obstacle(to assignment: SingleAssignment) throws(ImportError) -> ReasonCode? {
    guard let found = try extensions(numbers: [assignment.number], digestOf: [])[0] else {
      return .extensionNotProvisioned
    }
    if !found.traits.isUserKind { return .extensionWrongKind }
    if found.traits.isDisabled { return .extensionDisabledAtTarget }
    if !found.traits.hasHolder { return nil }
    // The address on it is that of the user, or of the one who had the number last and gave it up.
    let address = EmailDigest.of(found.email)
    let own = try emails(of: [assignment.user])[0] ?? ""
    if EmailDigest.of(own) == address { return nil }
    guard let former = try lastRelease(of: [assignment.number])[0],
      let email = try emails(of: [former.user])[0], EmailDigest.of(email) == address
    else { return .alreadyAssigned }
    return nil
  }
}
