import GRDB
import ImportModel

/// Gives numbers to users one at a time, and nothing else of them.
///
/// Its statements are kept with the connection: not for work during which others give numbers too.
struct NumberTable {
  private let findingHolder: RawStatement
  private let findingUser: RawStatement
  private let inserting: RawStatement
  private let updating: RawStatement

  init(_ db: Database) throws {
    findingHolder = try RawStatement(db, cached: "SELECT id FROM user WHERE extension = ?1")
    // A change of the number alone overwrites no text.
    findingUser = try RawStatement(db, cached: "SELECT '{}', extension FROM user WHERE id = ?1")
    inserting = try RawStatement(db, cached: "INSERT INTO user (id, extension) VALUES (?1, ?2)")
    updating = try RawStatement(db, cached: "UPDATE user SET extension = ?2 WHERE id = ?1")
  }

  /// Who has a number.
  func holder(of number: ExtensionNumber) throws -> ObjectID? {
    findingHolder.reset()
    try findingHolder.bind(number, at: 1)
    defer { findingHolder.reset() }
    return try findingHolder.step() ? findingHolder.objectID(0) : nil
  }

  /// Gives a user another number, or none.
  func set(_ number: ExtensionNumber?, of user: ObjectID) throws {
    try updating.bind(user, at: 1)
    try updating.bind(number, at: 2)
    try updating.run()
  }

  /// Makes true of the directory what a target confirmed, with its changes in the history.
  ///
  /// The user is made when unknown; whoever else has the number loses it.
  func confirm(_ assignment: ConfirmedAssignment, history: ChangeHistory) throws {
    let holder = try holder(of: assignment.number)
    if holder == assignment.user { return }
    if let holder {
      try change(holder, to: nil, origin: assignment.origin, history: history)
    }
    try change(
      assignment.user,
      to: assignment.number,
      origin: assignment.origin,
      history: history
    )
  }

  private func change(
    _ user: ObjectID,
    to number: ExtensionNumber?,
    origin: ChangeOrigin,
    history: ChangeHistory
  ) throws {
    findingUser.reset()
    try findingUser.bind(user, at: 1)
    defer { findingUser.reset() }
    let isKnown = try findingUser.step()
    try history.add(
      user: user,
      origin: origin,
      before: isKnown ? findingUser.number(1) : nil,
      after: number,
      record: isKnown ? findingUser : nil
    )
    if isKnown {
      findingUser.reset()
      try set(number, of: user)
    } else {
      try inserting.bind(user, at: 1)
      try inserting.bind(number, at: 2)
      try inserting.run()
    }
  }
}
