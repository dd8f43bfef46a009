/// What the stand-in does with a request instead of answering it as it should.
enum Fault: Sendable {
  /// Nothing: it answers as it should.
  case none
  /// Answers something else.
  case answer(HTTPAnswer, applies: Bool = false)
  /// Ends the connection after so many bytes of the right answer, all of it at most.
  case cut(after: Int, applies: Bool, how: Cut = .close)
  /// Never answers.
  case stall(applies: Bool)
  /// Sends the right answer byte by byte, with a pause before each.
  case drip(milliseconds: UInt32)
  /// Sends a beginning, and then a piece many times.
  case flood(HTTPAnswer, piece: String, count: Int)
  /// Wants to be left alone for so long; it counts who comes earlier, and sends him away likewise.
  case penalty(status: Int, retryAfter: RetryAfter)
  /// Kills the client's process, the stand-in's `victim`.
  case kill(KillMoment)

  /// How a connection ends.
  enum Cut: Sendable, CaseIterable {
    /// Both directions end in order.
    case close
    /// The client gets a reset.
    case reset
    /// The stand-in ends its own direction, and goes on reading.
    case halfClose
  }

  /// When the client is killed, seen from the request.
  enum KillMoment: Sendable, Hashable {
    /// Before anything was changed.
    case arrived
    /// After the change, before the answer.
    case applied
    /// So many microseconds after the answer was sent.
    case answered(after: UInt32 = 0)
  }
}

/// Which requests go wrong, and how.
struct FaultPlan: Sendable {
  /// What is done with a request; `nil` leaves it to the next plan, and at last to `Fault.none`.
  let fault: @Sendable (Arrival) -> Fault?

  /// Nothing goes wrong.
  static let healthy = FaultPlan { _ in nil }

  /// Every request.
  static func every(_ fault: Fault) -> FaultPlan { FaultPlan { _ in fault } }

  /// The request with a number, counted from 1 over the stand-in's life.
  static func request(_ order: Int, _ fault: Fault) -> FaultPlan {
    FaultPlan { $0.order == order ? fault : nil }
  }

  /// The requests with some numbers.
  static func requests(_ orders: Set<Int>, _ fault: Fault) -> FaultPlan {
    FaultPlan { orders.contains($0.order) ? fault : nil }
  }

  /// All requests from the one with a number on.
  static func from(_ order: Int, _ fault: Fault) -> FaultPlan {
    FaultPlan { $0.order >= order ? fault : nil }
  }

  /// The first requests of a user.
  static func user(_ user: String, times: Int = .max, _ fault: Fault) -> FaultPlan {
    FaultPlan { $0.user == user && $0.attempt <= times ? fault : nil }
  }

  /// The first requests of every user.
  static func firstTimes(_ times: Int, _ fault: Fault) -> FaultPlan {
    FaultPlan { $0.attempt <= times ? fault : nil }
  }

  /// A share of all requests, each with one of some faults; the same for the same seed.
  static func random(seed: UInt64, share: Double, _ faults: [Fault]) -> FaultPlan {
    FaultPlan { arrival in
      var generator = SeededGenerator(seed: seed &+ UInt64(arrival.order) &* 0x9E37_79B9)
      guard Double.random(in: 0..<1, using: &generator) < share else { return nil }
      return faults.randomElement(using: &generator)
    }
  }

  /// This plan, and another one where this has nothing to say.
  func or(_ other: FaultPlan) -> FaultPlan {
    FaultPlan { fault($0) ?? other.fault($0) }
  }
}

/// Random numbers that are the same for the same seed: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
