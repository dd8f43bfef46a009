import Synchronization

/// Statuses of answers, in their order.
final class Statuses: Sendable {
  private let statuses = Mutex<[Int]>([])
  var all: [Int] { statuses.withLock { $0 } }
  func add(_ status: Int) { statuses.withLock { $0.append(status) } }
}
