import ImportModel
import NIOHTTP1
import Synchronization

/// Gives extensions of an account to people, one update each, and reads each one back.
///
/// It remembers how far it came with each assignment, so that an attempt after a lost or busy answer goes
/// on there:
///
///     untouched ──PUT──► uncertain ──200──► written ──GET as wanted──► done
///                            └─────GET still nobody's──► PUT
final class ExtensionTarget<Time: Clock>: AssignmentTarget where Time.Duration == Duration {
  /// How far an extension has come.
  private enum Stage: Sendable {
    /// No update has reached it, as far as is known.
    case untouched
    /// An update was sent, and what became of it is not known.
    case uncertain
    /// The platform took an update.
    case written
    /// It was seen as it should be, with this number.
    case done(ExtensionNumber?)
  }

  let name: String
  private let client: PlatformClient<Time>
  private let pool: ExtensionPool<Time>
  private let changes: [ObjectID: ExtensionChange]
  private let stages = Mutex<[Assignment: Stage]>([:])
  /// Leave that was taken for attempts to come: an update and a look each.
  private let reservations = Mutex<[ReservedCalls<Time>]>([])

  init(
    _ changes: [ObjectID: ExtensionChange],
    name: String,
    client: PlatformClient<Time>,
    pool: ExtensionPool<Time>
  ) {
    precondition(
      Set(changes.values.map(\.extensionID)).count == changes.count,
      "an extension is given to two people"
    )
    self.changes = changes
    self.name = name
    self.client = client
    self.pool = pool
  }

  func reserve(_ assignment: Assignment) -> Duration? {
    // Nothing is reserved of what `assign` will not use: it takes any leave that was reserved.
    if let change = changes[assignment.user], needsNothing(change, assignment) { return nil }
    switch client.limiter.take([.update, .get]) {
    case .wait(let time):
      return time
    case .taken(let permits):
      let reserved = ReservedCalls(permits, client.limiter)
      reservations.withLock { $0.append(reserved) }
      return nil
    }
  }

  func assign(_ assignment: Assignment) async -> Attempt {
    guard let change = changes[assignment.user] else {
      preconditionFailure("an account is asked to change only what was planned")
    }
    if needsNothing(change, assignment) { return ChangeAnswer.done() }
    let reserved =
      reservations.withLock { $0.popLast() } ?? ReservedCalls([], client.limiter)
    defer { reserved.giveBack() }
    do throws(CallFailure) {
      return try await advance(assignment, change, reserved)
    } catch {
      return error.attempt
    }
  }

  func close() async {}

  /// Whether an extension is as it should be without any request.
  private func needsNothing(_ change: ExtensionChange, _ assignment: Assignment) -> Bool {
    change.kind == .keep || change.kind == .renumber && assignment.number == nil
  }

  // MARK: - Steps

  private func stage(of assignment: Assignment) -> Stage {
    stages.withLock { $0[assignment] ?? .untouched }
  }

  private func set(_ stage: Stage, of assignment: Assignment) {
    stages.withLock { $0[assignment] = stage }
  }

  /// Goes on from where the last attempt ended.
  private func advance(
    _ assignment: Assignment,
    _ change: ExtensionChange,
    _ reserved: ReservedCalls<Time>
  ) async throws(CallFailure) -> Attempt {
    switch stage(of: assignment) {
    case .done(let number):
      return ChangeAnswer.done(number)
    case .written:
      return await readBack(assignment, change, reserved)
    case .uncertain:
      if let attempt = try await found(assignment, change, reserved) { return attempt }
    case .untouched:
      guard change.kind == .provision else { break }
      do throws(CallFailure) {
        if !pool.isFresh {
          // The list has to have its turn, too.
          reserved.giveBack(.update)
          try await pool.refresh(with: lister)
        }
      } catch {
        return error.attemptBeforeRow
      }
      if let look = pool.take(change.extensionID) {
        let attempt = await update(assignment, change, reserved)
        if case .untouched = stage(of: assignment) { pool.putBack(change.extensionID, look) }
        return attempt
      }
      do throws(CallFailure) {
        if let attempt = try await found(assignment, change, reserved) { return attempt }
      } catch {
        return error.attemptBeforeRow
      }
    }
    return await update(assignment, change, reserved)
  }

  private var lister: ExtensionLister<Time> {
    ExtensionLister(client: client, retries: RetryPolicy(retryCount: 0)) { _, _ in }
  }

  /// Looks at an extension before it is updated; `nil` when it may be.
  private func found(
    _ assignment: Assignment,
    _ change: ExtensionChange,
    _ reserved: ReservedCalls<Time>
  ) async throws(CallFailure) -> Attempt? {
    let answer = try await client.send(look(at: change), try await reserved.take(.get))
    guard let shown = Self.shown(answer, change) else { return ChangeAnswer.unread(answer) }
    let difference = ExtensionDifference(shown, person: change.person, number: assignment.number)
    guard let text = difference.text else { return settle(assignment, shown) }
    switch change.kind {
    case .provision where shown.isUnassigned: return nil
    case .renumber where difference.isPersons: return nil
    case .provision, .renumber, .keep:
      set(.untouched, of: assignment)
      return .unexpected(answer.said(text, reason: .conflictAtTarget))
    }
  }

  /// Sends the update, and reads it back.
  private func update(
    _ assignment: Assignment,
    _ change: ExtensionChange,
    _ reserved: ReservedCalls<Time>
  ) async -> Attempt {
    let answer: PlatformAnswer
    do throws(CallFailure) {
      let permit = try await reserved.take(.update)
      // From here on it may have happened.
      set(.uncertain, of: assignment)
      answer = try await client.send(call(assignment, change), permit)
    } catch {
      if error.isSignIn {
        set(.untouched, of: assignment)
        return error.attemptBeforeRow
      }
      if case .unanswered = error.attempt {} else { set(.untouched, of: assignment) }
      return error.attempt
    }
    guard answer.status == 200 else {
      // Other statuses say nothing of what happened before them: a gateway may have made them.
      if (400...429).contains(answer.status) { set(.untouched, of: assignment) }
      return ChangeAnswer.refusal(answer)
    }
    guard Self.shown(answer, change) != nil else { return .unexpected(answer.said()) }
    set(.written, of: assignment)
    return await readBack(assignment, change, reserved)
  }

  /// Looks whether what the platform took has happened.
  private func readBack(
    _ assignment: Assignment,
    _ change: ExtensionChange,
    _ reserved: ReservedCalls<Time>
  ) async -> Attempt {
    let answer: PlatformAnswer
    do throws(CallFailure) {
      answer = try await client.send(look(at: change), try await reserved.take(.get))
    } catch {
      // The update is out, whatever came of the look.
      guard case .unreachable(let text) = error.attempt else { return error.attempt }
      return .unanswered(text)
    }
    guard let shown = Self.shown(answer, change) else { return ChangeAnswer.unread(answer) }
    let difference = ExtensionDifference(shown, person: change.person, number: assignment.number)
    guard let text = difference.text else { return settle(assignment, shown) }
    set(.uncertain, of: assignment)
    return .unexpected(answer.said(text, reason: .verifyMismatch))
  }

  /// The extension is as it should be.
  private func settle(_ assignment: Assignment, _ shown: AccountExtension) -> Attempt {
    let number = assignment.number == nil ? ExtensionNumber(shown.number) : nil
    set(.done(number), of: assignment)
    return ChangeAnswer.done(number)
  }

  // MARK: - Calls

  private func address(of change: ExtensionChange) -> String {
    "\(client.account)/extension/\(change.extensionID)"
  }

  private func look(at change: ExtensionChange) -> PlatformCall {
    PlatformCall(usage: .get, url: address(of: change), secrets: change.person.secrets)
  }

  private func call(_ assignment: Assignment, _ change: ExtensionChange) -> PlatformCall {
    let body =
      if change.kind == .renumber, let number = assignment.number {
        ChangeBody.renumber(number)
      } else {
        ChangeBody.provision(change.person, number: assignment.number, client.settings)
      }
    return PlatformCall(
      usage: .update,
      method: .PUT,
      url: address(of: change),
      body: body,
      secrets: change.person.secrets
    )
  }

  /// The extension in an answer; `nil` when it has none, or another one.
  private static func shown(
    _ answer: PlatformAnswer,
    _ change: ExtensionChange
  ) -> AccountExtension? {
    guard answer.status == 200, let object = answer.object,
      let shown = AccountExtension(record: object), shown.id == change.extensionID
    else { return nil }
    return shown
  }
}

extension Person {
  /// What no text of the other side may bring back.
  fileprivate var secrets: [Secret] { [password, pin].compactMap(\.self) }
}
