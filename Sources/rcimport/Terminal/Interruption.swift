import Glibc
import Synchronization

/// Signals that ask the program to stop: the run sees them between two batches, and stops in order.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// Signals from a person at the keyboard, from a supervisor, from a connection that broke.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// The signal that came first, or `nil`.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Notes signals from now on instead of being ended by them; a second one ends the program.
  static func install() {
    // The first access makes the value; that must not happen inside the handler.
    received.store(0, ordering: .relaxed)
    // A signal that comes just before the program begins to wait would not end the wait; the alarm
    // comes again and again.
    setAction(of: SIGALRM) { _ in alarm(1) }
    for number in signals where !isIgnored(number) {
      setAction(of: number) { number in
        _ = Interruption.received.compareExchange(
          expected: 0,
          desired: number,
          ordering: .relaxed
        )
        // Whoever asks twice does not want to wait. All of these are safe in a handler (signal-safety(7)).
        Glibc.signal(SIGINT, SIG_DFL)
        Glibc.signal(SIGTERM, SIG_DFL)
        alarm(1)
      }
    }
  }

  /// Makes writing to a reader that went away (EPIPE), and beyond a limit on file sizes (EFBIG), an
  /// error instead of the program's end.
  static func ignoreWriteSignals() {
    Glibc.signal(SIGPIPE, SIG_IGN)
    Glibc.signal(SIGXFSZ, SIG_IGN)
  }

  private static func setAction(
    of number: Int32,
    _ handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    // No SA_RESTART: waiting for input or for an answer ends.
    action.sa_flags = 0
    sigaction(number, &action, nil)
  }

  /// Whether the signal was switched off by whoever started the program, as nohup(1) does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1, no function that could be called or compared.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
