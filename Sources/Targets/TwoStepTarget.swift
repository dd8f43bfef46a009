import ImportModel
import Synchronization

/// Gives each user the extension at one target and has another record it.
///
/// The second is asked only when the first has taken the row. When it fails, the next attempt for the
/// row begins with it: what the first has done is not asked for again.
package final class TwoStepTarget: AssignmentTarget {
  private let first: any AssignmentTarget
  private let second: any AssignmentTarget
  /// What the first target has taken and the second has not.
  private let halfDone = Mutex<[Assignment: TargetAnswer]>([:])

  package var name: String { "\(first.name), then \(second.name)" }

  /// Makes it; both targets are closed with it.
  package init(_ first: any AssignmentTarget, then second: any AssignmentTarget) {
    self.first = first
    self.second = second
  }

  package func reserve(_ assignment: Assignment) -> Duration? {
    let isHalfDone = halfDone.withLock { $0[assignment] != nil }
    return isHalfDone ? nil : first.reserve(assignment)
  }

  package func assign(_ assignment: Assignment) async -> Attempt {
    var taken = halfDone.withLock { $0[assignment] }
    if taken == nil {
      let attempt = await first.assign(assignment)
      guard case .accepted(let answer) = attempt else { return attempt }
      halfDone.withLock { $0[assignment] = answer }
      taken = answer
    }
    guard let taken else { preconditionFailure("a first step without an answer") }
    var recorded = assignment
    recorded.number = taken.number ?? assignment.number
    let attempt = await second.assign(recorded)
    guard case .accepted = attempt else { return Self.named(attempt) }
    halfDone.withLock { $0[assignment] = nil }
    return .accepted(taken)
  }

  package func close() async {
    await first.close()
    await second.close()
  }

  /// An attempt at the second target, so named that nobody takes it for one at the first.
  ///
  /// Whatever it says, the first has taken the row: going on with the run has to try again.
  private static func named(_ attempt: Attempt) -> Attempt {
    switch attempt {
    case .refused(let answer), .unexpected(let answer): .unexpected(named(answer))
    case .busy(let answer, let wait): .busy(named(answer), wait: wait)
    case .faulty(let answer): .faulty(named(answer))
    case .unanswered(let text), .unreachable(let text):
      .faulty(TargetAnswer(status: nil, message: text, reason: .directoryNotUpdated))
    case .accepted, .unauthorized, .insecure: attempt
    }
  }

  private static func named(_ answer: TargetAnswer) -> TargetAnswer {
    var answer = answer
    answer.reason = .directoryNotUpdated
    return answer
  }
}
