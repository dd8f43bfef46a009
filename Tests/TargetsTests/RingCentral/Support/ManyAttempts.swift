import Synchronization
import Targets

/// What came of attempts of several tasks.
final class ManyAttempts: Sendable {
  private let attempts = Mutex<[Attempt]>([])

  var all: [Attempt] { attempts.withLock(\.self) }

  func add(_ attempt: Attempt) { attempts.withLock { $0.append(attempt) } }
}
