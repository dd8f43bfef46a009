import Glibc
import Support
import Testing

/// A run that is stopped at a system call, from the lock it takes first to its end.
///
/// The usual run tries 20 places with SIGKILL and 10 with each of the others;
/// `RCIMPORT_FULL_TESTS=1` makes it 240 and 100.
@Suite(.blocking, .enabled(if: SystemCallTrace.isPossible, "programs cannot be followed here"))
struct AimedKillTests {
  private static let signals: [(signal: Int32, pointCount: Int)] = [
    (SIGKILL, runsFullTests ? 240 : 20), (SIGTERM, runsFullTests ? 100 : 10),
    (SIGINT, runsFullTests ? 100 : 10),
  ]

  @Test(arguments: signals)
  func `a run that is stopped anywhere is whole or not there, and is finished by the next`(
    _ plan: (signal: Int32, pointCount: Int)
  ) throws {
    let stopped = try StoppedPlace()
    let calls = try counted(in: stopped)
    var wholeCount = 0
    for point in 0..<plan.pointCount {
      try stopped.restore()
      let call = calls.lowerBound + calls.count * point / plan.pointCount
      if try stop(stopped, by: plan.signal, at: call) { wholeCount += 1 }
    }
    // The places are before the commit as well as after it.
    #expect(0 < wholeCount && wholeCount < plan.pointCount)
  }

  /// Counts the stops at system calls: those before the lock, and all of them.
  private func counted(in stopped: StoppedPlace) throws -> Range<Int> {
    let run = try stopped.place.start(StoppedPlace.arguments, startsStopped: true)
    let trace = try SystemCallTrace(run.process)
    var count = 0
    var first: Int?
    while trace.advance() {
      count += 1
      if first == nil, stopped.place.has("rcimport.sqlite.lock") { first = count }
    }
    #expect(try run.finish().code == 2)
    return try #require(first)..<count
  }

  /// Runs up to a system call, sends the signal there, and goes on with what is left.
  private func stop(_ stopped: StoppedPlace, by signal: Int32, at call: Int) throws -> Bool {
    let run = try stopped.place.start(StoppedPlace.arguments, startsStopped: true)
    let trace = try SystemCallTrace(run.process)
    var count = 0
    while count < call, trace.advance() { count += 1 }
    if !run.process.isKnownToBeOver { trace.letGo(sending: signal) }
    let result = try run.finish()
    let comment = Comment("signal \(signal) at call \(call): \(result.end) \(result.err)")
    if signal != SIGKILL {
      // What comes after the commit is too late, and the last signal finds nobody who notes it.
      #expect([.exit(128 + signal), .exit(2), .signal(signal)].contains(result.end), comment)
      #expect(result.code == 2 || result.isOneSentence, comment)
    }
    return try stopped.finish(isInOrder: signal != SIGKILL, comment)
  }
}
