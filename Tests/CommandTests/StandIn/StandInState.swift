import Foundation

/// A request that asked for an assignment, as it is recorded.
struct Arrival: Sendable {
  /// Counted from 1.
  var order: Int
  var user: String
  var number: String
  /// How often the user was asked for so far, this time included.
  var attempt: Int
  /// The connection's number, counted from 1.
  var connection: Int
  var time: ContinuousClock.Instant
}

/// Something that no client may do.
enum Misuse: Sendable, Hashable {
  /// A request came for a user while another one had no answer yet.
  case overlap(user: String)
  /// A request came while another one of its connection had no answer yet.
  case pipelined(user: String)
  /// A request is not what the API asks for: its method, path or body.
  case wrongRequest(String)
}

/// What the stand-in is to do with a connection after a request.
struct Reaction {
  /// The answer, unless there is none.
  var answer: HTTPAnswer?
  var fault: Fault = .none
  /// The request that is in flight until it is settled.
  var order: Int?
}

/// All that the stand-in knows, and how it decides.
struct StandInState {
  /// The extension of each known user; empty for none.
  var users: [String: String]
  var token: String
  var method = "PUT"
  var path = "/user/update-rcextension"
  var plan = FaultPlan.healthy

  private(set) var arrivals: [Arrival] = []
  private(set) var misuses: [Misuse] = []
  /// Requests that came although they were asked to wait.
  private(set) var tooEarly: [Arrival] = []
  /// How many assignments were carried out.
  private(set) var appliedCount = 0
  /// How many requests came without the right token.
  private(set) var unauthorizedCount = 0

  private var attempts: [String: Int] = [:]
  private var holders: [String: String]
  private var inFlight: [Int: String] = [:]
  private var penalty: (status: Int, end: ContinuousClock.Instant)?

  init(users: [String: String], token: String) {
    self.users = users
    self.token = token
    holders = Dictionary(
      users.filter { !$0.value.isEmpty }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Decides about a request, and carries it out unless that is to fail.
  mutating func receive(_ request: HTTPRequest, connection: Int, isPipelined: Bool) -> Reaction {
    guard request.method == method, request.path == path else {
      misuses.append(.wrongRequest("\(request.method) \(request.path)"))
      return Reaction(answer: .error(404, "NOT_FOUND", "No such address"))
    }
    guard case .assignment(let user, let number) = request.content else {
      misuses.append(.wrongRequest(String(decoding: request.body, as: UTF8.self)))
      return Reaction(answer: .invalid())
    }
    let arrival = record(user, number, connection)
    if isPipelined { misuses.append(.pipelined(user: user)) }
    if inFlight.values.contains(user) { misuses.append(.overlap(user: user)) }
    inFlight[arrival.order] = user
    if let penalty, arrival.time < penalty.end {
      tooEarly.append(arrival)
      let wait = Int((penalty.end - arrival.time).components.seconds) + 1
      return Reaction(
        answer: .error(
          penalty.status,
          "BUSY",
          "Too many requests",
          headers: ["Retry-After: \(wait)"]
        ),
        order: arrival.order
      )
    }
    guard request.headers["authorization"] == "Bearer \(token)" else {
      unauthorizedCount += 1
      return Reaction(answer: .unauthorized, order: arrival.order)
    }
    let fault = plan.fault(arrival) ?? .none
    // Whoever drips sees late that nobody waits any more.
    if case .drip = fault { inFlight[arrival.order] = nil }
    return react(to: arrival, fault)
  }

  /// Says that a request got its whole answer, or will never get one.
  mutating func settle(_ order: Int) { inFlight[order] = nil }

  /// Forgets what is in flight: whoever asked for it is gone, and will ask again.
  mutating func abandon() { inFlight = [:] }

  private mutating func record(_ user: String, _ number: String, _ connection: Int) -> Arrival {
    attempts[user, default: 0] += 1
    let arrival = Arrival(
      order: arrivals.count + 1,
      user: user,
      number: number,
      attempt: attempts[user, default: 1],
      connection: connection,
      time: .now
    )
    arrivals.append(arrival)
    return arrival
  }

  private mutating func react(to arrival: Arrival, _ fault: Fault) -> Reaction {
    var reaction = Reaction(answer: nil, fault: fault, order: arrival.order)
    switch fault {
    case .answer(let answer, let applies):
      if applies { _ = carryOut(arrival) }
      reaction.answer = answer
    case .flood(let answer, _, _):
      reaction.answer = answer
    case .cut(_, let applies, _), .stall(let applies):
      reaction.answer = applies ? carryOut(arrival) : .serverError
    case .kill(.arrived):
      reaction.answer = nil
    case .penalty(let status, let retryAfter):
      let (header, wait) = retryAfter.spelled
      penalty = (status, arrival.time + wait)
      reaction.answer = .error(status, "BUSY", "Too many requests", headers: header)
    case .none, .drip, .kill:
      reaction.answer = carryOut(arrival)
    }
    return reaction
  }

  /// Does what a request asks for by the API's rules, and answers it.
  private mutating func carryOut(_ arrival: Arrival) -> HTTPAnswer {
    guard let present = users[arrival.user] else { return .userNotFound }
    if let holder = holders[arrival.number], holder != arrival.user {
      return .invalid("The extension is already assigned to another user")
    }
    holders[present] = nil
    holders[arrival.number] = arrival.user
    users[arrival.user] = arrival.number
    appliedCount += 1
    return .updated
  }
}
