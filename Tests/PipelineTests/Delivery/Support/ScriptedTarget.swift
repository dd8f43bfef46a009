import Targets

/// A target in memory that answers as a test says.
struct ScriptedTarget: AssignmentTarget {
  let name = "scripted"
  let answer: @Sendable (Assignment) async -> Attempt

  func assign(_ assignment: Assignment) async -> Attempt { await answer(assignment) }

  func close() async {}
}
