import Foundation
import Glibc
import Synchronization

/// A stand-in of the admin API, `PUT /user/update-rcextension`, that fails on demand.
///
/// When nothing is to fail it answers as the API is documented: extensions are unique, users must be
/// known. It listens on a free port of the loopback interface, a thread for every connection, and
/// records what clients do.
///
///     let api = try StandIn(users: [id(1): "", id(2): ""])
///     api.plan = .request(3, .stall(applies: true))
final class StandIn: Sendable {
  /// The token that it accepts at first.
  static let token = "stand-in-token-of-the-tests"

  private let service: Service

  /// Starts it.
  ///
  /// - Parameter users: whom it knows, each with the extension it holds; empty for none.
  /// - Throws: when there is no port for it.
  init(users: [String: String] = [:]) throws {
    service = try Service(users: users)
    service.start()
  }

  deinit { service.stop() }

  /// Its address, as a target is named.
  var origin: String { "http://127.0.0.1:\(port)" }
  var port: Int { service.port }

  // MARK: - What it is to do

  /// What goes wrong from now on.
  var plan: FaultPlan {
    get { service.state.withLock { $0.plan } }
    set { service.state.withLock { $0.plan = newValue } }
  }

  /// The token that it accepts from now on.
  var token: String {
    get { service.state.withLock { $0.token } }
    set { service.state.withLock { $0.token = newValue } }
  }

  /// The method and path that it answers to.
  func listen(to method: String, _ path: String) {
    service.state.withLock { ($0.method, $0.path) = (method, path) }
  }

  /// Breaks so many of the next connections as soon as they are made.
  func refuseConnections(_ count: Int) { service.refusals.withLock { $0 = count } }

  /// Ends all connections that are open.
  func breakConnections() { service.breakConnections() }

  /// The process that a fault of the kind `kill` ends; the request waits until there is one.
  var victim: pid_t {
    get { service.victim.withLock { $0 } }
    set { service.victim.withLock { $0 = newValue } }
  }

  // MARK: - What it saw

  /// The extension of each user; empty for none.
  var users: [String: String] { service.state.withLock { $0.users } }
  /// The requests for assignments, in their order.
  var arrivals: [Arrival] { service.state.withLock { $0.arrivals } }
  /// How many requests for assignments came.
  var requestCount: Int { service.state.withLock { $0.arrivals.count } }
  /// How often each user was asked for.
  var requestsByUser: [String: Int] {
    Dictionary(arrivals.map { ($0.user, 1) }, uniquingKeysWith: +)
  }
  /// What no client may do.
  var misuses: [Misuse] { service.state.withLock { $0.misuses } }
  /// Requests that came although they were asked to wait.
  var tooEarly: [Arrival] { service.state.withLock { $0.tooEarly } }
  /// How many assignments were carried out.
  var appliedCount: Int { service.state.withLock { $0.appliedCount } }
  /// How many requests came without the right token.
  var unauthorizedCount: Int { service.state.withLock { $0.unauthorizedCount } }
  /// How many connections were made, whatever came over them.
  var connectionCount: Int { service.connectionCount.withLock { $0 } }
}

/// What the threads of a stand-in share; it outlives the stand-in by the last of them.
final class Service: Sendable {
  let state: Mutex<StandInState>
  let refusals = Mutex(0)
  let victim = Mutex<pid_t>(0)
  let connectionCount = Mutex(0)
  private let isOver = Mutex(false)
  private let open = Mutex<[Int: LoopbackSocket]>([:])
  private let socket: LoopbackSocket
  let port: Int

  init(users: [String: String]) throws {
    state = Mutex(StandInState(users: users, token: StandIn.token))
    socket = try LoopbackSocket.listening()
    port = socket.port
  }

  /// Takes connections until it is stopped.
  func start() {
    Thread.detachNewThread { [self] in
      while !isOver.withLock({ $0 }) {
        guard let socket = socket.accepted() else { continue }
        let number = connectionCount.withLock { count in
          count += 1
          return count
        }
        let isRefused = refusals.withLock { count in
          count -= 1
          return count >= 0
        }
        if isRefused {
          socket.resetWhenClosed()
          continue
        }
        open.withLock { $0[number] = socket }
        Thread.detachNewThread { [self] in
          StandInConnection(number, socket, self).run()
          open.withLock { _ = $0.removeValue(forKey: number) }
        }
      }
    }
  }

  /// Ends all connections that are open.
  func breakConnections() {
    for socket in open.withLock({ $0.values }) { socket.finish() }
  }

  /// Ends everything.
  func stop() {
    isOver.withLock { $0 = true }
    breakConnections()
  }

  /// Kills the client; waits until it is known which process that is.
  func killVictim() {
    var id = victim.withLock { $0 }
    while id == 0, !isOver.withLock({ $0 }) {
      usleep(200)
      id = victim.withLock { $0 }
    }
    if id != 0 {
      // Before the kill: the next process may ask before this thread goes on.
      state.withLock { $0.abandon() }
      kill(id, SIGKILL)
    }
    victim.withLock { $0 = 0 }
  }
}
