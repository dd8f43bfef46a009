import ImportModel
import Readers
import Synchronization
import Targets
import Validation

/// The part of a run that looks at the account of a phone system before anything is sent to it.
final class AccountStage {
  private static let tick = Duration.milliseconds(100)

  private let access: AccountAccess
  private let rules: Rules
  private let isDryRun: Bool
  private let observer: (any RunObserver)?
  private var account: (any ExtensionAccount)?

  /// The stage of a request; `nil` when it is for no account.
  init?(_ request: ImportRequest, observer: (any RunObserver)?) {
    guard let access = request.delivery?.account else { return nil }
    self.access = access
    self.observer = observer
    rules = request.rules
    isDryRun = request.isDryRun
  }

  /// Closes the account, if it was opened.
  func close() {
    guard let account else { return }
    Waiting.wait(every: Self.tick) { await account.close() }
    self.account = nil
  }

  /// Settles rows with what the account has now, or in a dry run with what an input says it has.
  ///
  /// - Parameters:
  ///   - inputs: where the rows stand.
  ///   - open: what an earlier process journalled.
  ///   - settlement: what is known of the rows so far.
  ///   - plan: the plan.
  /// - Returns: what is to be done, but for the extensions that `AccountPlan.allocate` gives.
  /// - Throws: when the account cannot be looked at, or an input changed.
  func settle(
    _ inputs: [OpenInput],
    after open: OpenDelivery?,
    _ settlement: inout Settlement,
    in plan: inout Plan
  ) throws(ImportError) -> AccountPlan {
    let look =
      isDryRun && plan.inputs.contains { $0.kind == .extensions }
      ? AccountLook(extensions: try AccountRows.extensions(of: plan, inputs: inputs))
      : try look()
    var people: [UInt32: Person] = [:]
    let settled = open?.settledRows ?? []
    let claims = try claims(in: plan, inputs, besides: settled, &people)
    var account = AccountSettlement(look.extensions, type: access.type, rules: rules)
    account.settle(claims, &settlement, in: &plan)
    return AccountPlan(
      account,
      people: people,
      bound: open?.boundExtensions ?? [:],
      look: look
    )
  }

  /// Makes the target of a plan.
  func target(_ changes: [ObjectID: ExtensionChange]) throws(ImportError) -> any AssignmentTarget {
    let target = try opened().target(changes)
    guard let then = access.then else { return target }
    return TwoStepTarget(target, then: try then())
  }

  private func opened() throws(ImportError) -> any ExtensionAccount {
    if let account { return account }
    let account = try access.open()
    self.account = account
    return account
  }

  // MARK: - The account

  private func look() throws(ImportError) -> AccountLook {
    let account = try opened()
    let counts = Counts()
    let result: Result<AccountLook, ImportError> = Waiting.wait(every: Self.tick) {
      do throws(ImportError) {
        let look = try await account.look { count, total in
          counts.values.withLock { $0 = (count, total) }
        }
        return .success(look)
      } catch {
        return .failure(error)
      }
    } meanwhile: {
      let (count, total) = counts.values.withLock { $0 }
      observer?.progress(
        RunProgress(
          stage: .looking,
          input: nil,
          rowCount: count,
          totalRowCount: total,
          byteCount: 0,
          totalByteCount: nil
        )
      )
    } isCancelled: {
      observer?.isInterrupted ?? false
    }
    try observer?.checkInterruption()
    return try result.get()
  }

  /// How many extensions have come, and of how many.
  private final class Counts: Sendable {
    let values = Mutex<(count: Int, total: Int?)>((0, nil))
  }

  // MARK: - The people

  /// What rows say of their people.
  private func claims(
    in plan: borrowing Plan,
    _ inputs: [OpenInput],
    besides settled: Set<UInt32>,
    _ people: inout [UInt32: Person]
  ) throws(ImportError) -> [AccountClaim] {
    var claims: [AccountClaim] = []
    var cursor = PlanCursor()
    for (place, input) in plan.inputs.enumerated() where input.kind == .users {
      var texts = RowTexts(input: inputs[place], rules: rules)
      for index in input.rows
      where AccountClaim.isMade(by: plan[index], rules) && !settled.contains(UInt32(index)) {
        try texts.fetch(plan[index], at: plan.position(of: index, &cursor))
        let person = person(texts)
        people[UInt32(index)] = person
        claims.append(
          AccountClaim(
            row: index,
            firstName: person.firstName,
            lastName: person.lastName,
            email: person.email,
            site: texts.text(of: .site)
          )
        )
        if index % 1024 == 0 { try observer?.checkInterruption() }
      }
    }
    return claims
  }

  private func person(_ texts: borrowing RowTexts) -> Person {
    func secret(_ field: Field) -> Secret? {
      let text = texts.text(of: field)
      return text.isEmpty ? nil : Secret(value: text)
    }
    return Person(
      firstName: texts.text(of: .firstName),
      lastName: AccountExtension.forbidsLastName(access.type) ? "" : texts.text(of: .lastName),
      email: texts.text(of: .email),
      department: texts.text(of: .department),
      jobTitle: texts.text(of: .jobTitle),
      password: secret(.password),
      pin: secret(.pin)
    )
  }
}
