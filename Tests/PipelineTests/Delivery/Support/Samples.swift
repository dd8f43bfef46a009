import ImportModel
import Pipeline
import Stores
import Targets
import Validation

/// A user who is told from others by a number.
func user(_ number: Int) -> ObjectID {
  ObjectID(high: 0x64B7_F1A2_0000_0000, low: UInt32(number))
}

/// The extension 100 and so many more.
func number(_ place: Int) -> ExtensionNumber {
  guard let number = ExtensionNumber("\(100 + place)") else {
    preconditionFailure("no extension: \(100 + place)")
  }
  return number
}

/// The step of a row that gives the user of the same number an extension.
func step(_ row: Int, to place: Int, attempts: Int = 0) -> DeliveryStep {
  let origin = ChangeOrigin(row: UInt32(row), input: 0, inputRow: UInt32(row + 1))
  return DeliveryStep(
    assignment: Assignment(user: user(row), number: number(place)),
    origin: origin,
    attempts: attempts
  )
}

extension DeliveryStep {
  /// The user of the step.
  var user: ObjectID { assignment.user }

  /// The extension that the step names.
  var number: ExtensionNumber {
    guard let number = assignment.number else { preconditionFailure("a step without a number") }
    return number
  }

  /// What a target says that took the step.
  var taken: ConfirmedAssignment { ConfirmedAssignment(user: user, number: number, origin: origin) }
}

/// A graph of steps, where `releases` says of a row which one it waits for.
func makeGraph(
  _ steps: [DeliveryStep],
  releases: [Int: Int] = [:],
  failed: Set<UInt32> = [],
  opensRings: Bool = false
) -> DeliveryGraph {
  DeliveryGraph(
    steps: steps,
    releases: releases.sorted { $0.key < $1.key }.map {
      Settlement.Release(row: UInt32($0.key), needed: UInt32($0.value))
    },
    failed: failed,
    opensRings: opensRings
  )
}

/// A graph of rows, each of which gives its user an extension that no other row gives.
func makeGraph(
  rows: [Int],
  releases: [Int: Int] = [:],
  failed: Set<UInt32> = [],
  opensRings: Bool = false
) -> DeliveryGraph {
  let steps = rows.map { step($0, to: 100 + $0) }
  return makeGraph(steps, releases: releases, failed: failed, opensRings: opensRings)
}

/// A queue of a graph.
func makeQueue(
  _ graph: DeliveryGraph,
  spares: [Int] = [],
  lentSpares: [Int: Int] = [:],
  maximumFailures: RunLimits.Amount? = nil
) -> DeliveryQueue {
  DeliveryQueue(
    graph,
    spares: spares.map(number),
    lentSpares: lentSpares.mapValues(number),
    maximumFailures: maximumFailures,
    rejectedCount: 0,
    rowCount: graph.steps.count { !$0.isDetour }
  )
}

let accepted = Attempt.accepted(
  TargetAnswer(status: 200, message: "RingCentral extension updated successfully")
)
let notFound = Attempt.refused(
  TargetAnswer(status: 404, error: .userNotFound, message: "User not found")
)
let faulty = Attempt.faulty(
  TargetAnswer(status: 500, error: .server, message: "Internal server error")
)
