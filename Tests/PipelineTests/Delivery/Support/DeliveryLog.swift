import ImportModel
import Pipeline
import Stores
import Synchronization
import Targets

/// What a delivery did, in the order in which it did it.
final class DeliveryLog: Sendable {
  enum Event: Hashable, Sendable {
    /// A step that the journal made durable.
    case recorded(DeliveryRecord)
    /// A request that reached the target.
    case sent(Assignment, at: Duration)
  }

  private let content = Mutex<[Event]>([])
  private let transactions = Atomic<Int>(0)

  var events: [Event] { content.withLock { $0 } }

  /// Transactions that the journal began.
  var transactionCount: Int { transactions.load(ordering: .relaxed) }

  /// Counts a transaction.
  ///
  /// - Returns: how many there were before.
  func beginTransaction() -> Int { transactions.add(1, ordering: .relaxed).oldValue }

  func add(_ event: Event) { content.withLock { $0.append(event) } }

  /// All requests, in their order.
  var sent: [Assignment] {
    events.compactMap { if case .sent(let assignment, _) = $0 { assignment } else { nil } }
  }

  /// When each request reached the target.
  var moments: [Duration] {
    events.compactMap { if case .sent(_, let moment) = $0 { moment } else { nil } }
  }

  /// All entries of the journal, in their order.
  var entries: [DeliveryEntry] {
    events.compactMap { if case .recorded(let record) = $0 { record.entry } else { nil } }
  }

  /// What the journal says of each row in the end.
  var lastEntries: [UInt32: DeliveryEntry] {
    Dictionary(entries.map { ($0.row, $0) }) { $1 }
  }
}
