import Glibc
import Synchronization

/// One connection of the stand-in: reads request after request and does what is decided about each.
struct StandInConnection: ~Copyable {
  private let number: Int
  private let socket: LoopbackSocket
  private let service: Service
  private var requests: HTTPRequestReader

  init(_ number: Int, _ socket: LoopbackSocket, _ service: Service) {
    self.number = number
    self.socket = socket
    self.service = service
    requests = HTTPRequestReader(socket)
  }

  /// Serves the connection to its end.
  consuming func run() {
    while let request = requests.next() {
      let isPipelined = requests.hasMore
      let reaction = service.state.withLock {
        $0.receive(request, connection: number, isPipelined: isPipelined)
      }
      let goesOn = perform(reaction)
      settle(reaction)
      guard goesOn else { break }
    }
  }

  /// Says whether the connection can go on.
  private func perform(_ reaction: Reaction) -> Bool {
    let answer = reaction.answer ?? HTTPAnswer(bytes: [], closes: true)
    switch reaction.fault {
    case .none, .answer, .penalty:
      // Settled first: the client may come back before this thread goes on.
      settle(reaction)
      return socket.write(answer.bytes) && !answer.closes
    case .cut(let count, _, let how):
      settle(reaction)
      socket.write(answer.bytes.prefix(count))
      end(how)
      return false
    case .stall:
      waitForEnd()
      return false
    case .drip(let milliseconds):
      for byte in answer.bytes {
        usleep(milliseconds * 1000)
        guard socket.write([byte]) else { return false }
      }
      return true
    case .flood(_, let piece, let count):
      let piece = Array(piece.utf8)
      guard socket.write(answer.bytes) else { return false }
      for _ in 0..<count { guard socket.write(piece) else { return false } }
      return !answer.closes
    case .kill(.arrived), .kill(.applied):
      service.killVictim()
      return false
    case .kill(.answered(let microseconds)):
      socket.write(answer.bytes)
      usleep(microseconds)
      service.killVictim()
      return false
    }
  }

  private func settle(_ reaction: Reaction) {
    if let order = reaction.order { service.state.withLock { $0.settle(order) } }
  }

  private func end(_ how: Fault.Cut) {
    switch how {
    // The end of the thread closes the socket.
    case .close: break
    case .reset: socket.resetWhenClosed()
    case .halfClose:
      socket.finishWriting()
      waitForEnd()
    }
  }

  /// Reads until the client ends the connection.
  private func waitForEnd() {
    while !socket.read().isEmpty {}
  }
}
