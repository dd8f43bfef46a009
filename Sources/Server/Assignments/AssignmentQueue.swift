import ImportModel
import Logging
import Stores
import Synchronization

/// Writes assignments to the store in groups: those that come while one transaction is made wait,
/// and are written together in the next.
///
/// Every request leaves its assignment in the waiting list and then asks for its turn on the actor.
/// Whoever's turn comes first writes all that wait, its own among them; the others find their
/// outcome. The store blocks, so that the actor has a queue of its own to run on.
actor AssignmentQueue {
  /// The most assignments of one transaction.
  static let groupLimit = 512

  /// An assignment in the list.
  private struct Waiting {
    var ticket: UInt64
    var assignment: SingleAssignment
  }

  private struct List {
    var waiting: [Waiting] = []
    var nextTicket: UInt64 = 0
  }

  private let executor = QueueExecutor(label: "rcimport.assignments")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private nonisolated let list = Mutex(List())
  private let store: any SingleAssignments
  private let metrics: ServerMetrics
  /// The outcomes that nobody has asked for yet.
  private var outcomes: [UInt64: Result<SingleOutcome, ImportError>] = [:]

  init(store: any SingleAssignments, metrics: ServerMetrics) {
    self.store = store
    self.metrics = metrics
  }

  /// Makes a change; returns when it is in the store for good.
  nonisolated func assign(_ assignment: SingleAssignment) async throws -> SingleOutcome {
    let ticket = list.withLock { list in
      defer { list.nextTicket += 1 }
      list.waiting.append(Waiting(ticket: list.nextTicket, assignment: assignment))
      return list.nextTicket
    }
    return try await outcome(of: ticket).get()
  }

  private func outcome(of ticket: UInt64) -> Result<SingleOutcome, ImportError> {
    while true {
      if let outcome = outcomes.removeValue(forKey: ticket) { return outcome }
      writeWaiting()
    }
  }

  private func writeWaiting() {
    let group = list.withLock { list in
      let group = Array(list.waiting.prefix(Self.groupLimit))
      list.waiting.removeFirst(group.count)
      return group
    }
    precondition(!group.isEmpty, "a ticket without an outcome is in the list")
    metrics.recordGroup(of: group.count)
    do {
      let made = try store.assign(group.map(\.assignment))
      precondition(made.count == group.count, "the store answers every assignment")
      for (waiting, outcome) in zip(group, made) { outcomes[waiting.ticket] = .success(outcome) }
    } catch {
      for waiting in group { outcomes[waiting.ticket] = .failure(error) }
    }
  }
}
