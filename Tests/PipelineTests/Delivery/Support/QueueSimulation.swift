import ImportModel
import Pipeline
import Stores
import Testing

/// A random exchange of extensions among users, sent through a queue to a target that refuses an
/// extension which somebody else has.
struct QueueSimulation {
  private static let userCount = 16
  private static let mostUnderWay = 5

  private var random: SeededGenerator
  private let failureRate: Double
  private let spares: [ExtensionNumber]
  let queue: DeliveryQueue
  /// The rows that are in the queue.
  let rows: Set<UInt32>
  /// Who has which extension at the target.
  private var holders: [ExtensionNumber: ObjectID]
  /// Spare extensions of which the journal cannot tell whether somebody has them.
  private var doubtful: Set<ExtensionNumber> = []
  /// How often the journal says of a row what became of it in the end.
  private(set) var endCounts: [UInt32: Int] = [:]

  /// Makes users of whom most have the extension of their own number, and rows that give them others.
  init(seed: UInt64, failureRate: Double, spareCount: Int) {
    var random = SeededGenerator(seed: seed)
    var wanted = Array(0..<Self.userCount)
    // A few exchanges make short rings, many make long ones.
    for _ in 0..<Int.random(in: 1...Self.userCount, using: &random) {
      let other = Int.random(in: 0..<Self.userCount, using: &random)
      wanted.swapAt(Int.random(in: 0..<Self.userCount, using: &random), other)
    }
    var holders: [ExtensionNumber: ObjectID] = [:]
    for place in 0..<Self.userCount where Double.random(in: 0..<1, using: &random) < 0.9 {
      holders[number(place)] = user(place)
    }
    let rows = (0..<Self.userCount).filter { holders[number(wanted[$0])] != user($0) }
    var needed: [Int: Int] = [:]
    for row in rows where holders[number(wanted[row])] != nil { needed[row] = wanted[row] }
    self.random = random
    self.holders = holders
    self.failureRate = failureRate
    self.rows = Set(rows.map { UInt32($0) })
    let spareNumbers = Array(500..<500 + spareCount)
    spares = spareNumbers.map(number)
    queue = makeQueue(
      makeGraph(
        rows.map { step($0, to: wanted[$0]) },
        releases: needed,
        opensRings: spareCount > 0
      ),
      spares: spareNumbers
    )
  }

  /// Sends everything, with several steps under way at a time that end in any order.
  mutating func run() async {
    var underWay: [Int] = []
    while true {
      let takes = underWay.count < Self.mostUnderWay && Bool.random(using: &random)
      if takes || underWay.isEmpty {
        if let place = await queue.take() {
          await expectFree(place)
          underWay.append(place)
          continue
        }
        if underWay.isEmpty { break }
      }
      let place = underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
      await end(place)
    }
    count(await queue.close())
  }

  /// The extension of a step is free when the step is handed out.
  private func expectFree(_ place: Int) async {
    let step = await queue.step(place)
    let holder = holders[step.number]
    #expect(holder == nil || holder == step.user, "the extension is taken")
  }

  /// Ends a step that is under way.
  private mutating func end(_ place: Int) async {
    let step = await queue.step(place)
    let attempts = step.attempts + 1
    switch Double.random(in: 0..<1, using: &random) {
    case ..<(failureRate / 3):
      await queue.giveBack(place)
    case ..<(failureRate * 2 / 3):
      count(await queue.settle(place, result(.refused, .userNotFoundAtTarget, attempts)))
    case ..<failureRate:
      if step.isDetour { doubtful.insert(step.number) }
      doubtful.formUnion(spares.filter { holders[$0] == step.user })
      if Bool.random(using: &random) { assign(step) }
      count(await queue.settle(place, result(.open, .outcomeUnknown, attempts)))
    default:
      assign(step)
      count(await queue.settle(place, result(.applied, nil, attempts)))
    }
  }

  private func result(
    _ state: DeliveryState,
    _ reason: ReasonCode?,
    _ attempts: Int
  ) -> DeliveryResult {
    DeliveryResult(state: state, attempts: attempts, reason: reason)
  }

  private mutating func assign(_ step: DeliveryStep) {
    for (number, holder) in holders where holder == step.user { holders[number] = nil }
    #expect(holders[step.number] == nil, "the target refuses what somebody has")
    holders[step.number] = step.user
  }

  private mutating func count(_ records: [DeliveryRecord]) {
    for record in records where record.entry.state != .sending {
      endCounts[record.entry.row, default: 0] += 1
    }
  }

  /// The spare extensions that nobody has for certain.
  var freeSpares: Set<ExtensionNumber> {
    Set(spares.filter { holders[$0] == nil && !doubtful.contains($0) })
  }
}
