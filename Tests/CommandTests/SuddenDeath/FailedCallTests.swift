import Glibc
import Support
import Testing

/// A disk that fails at one call: reading, writing, making durable, moving into place, removing.
///
/// The usual run tries 15 calls; `RCIMPORT_FULL_TESTS=1` tries every one.
@Suite(.blocking, .enabled(if: SystemCallTrace.canFail, "calls cannot be made to fail here"))
struct FailedCallTests {
  /// The calls by which files are worked on, by their numbers in asm/unistd_64.h.
  private static let names: [UInt: String] = [
    0: "read", 1: "write", 17: "pread", 18: "pwrite", 74: "fsync", 75: "fdatasync",
    77: "ftruncate", 82: "rename", 87: "unlink",
  ]

  @Test func `a run whose disk fails anywhere is whole or not there, and says so`() throws {
    let stopped = try StoppedPlace()
    let calls = try counted(in: stopped)
    var wholeCount = 0
    let count = runsFullTests ? calls.count : min(15, calls.count)
    for point in 0..<count {
      try stopped.restore()
      let call = calls.lowerBound + calls.count * point / count
      if try fail(stopped, at: call) { wholeCount += 1 }
    }
    #expect(0 < wholeCount && wholeCount < count)
  }

  /// Counts calls that may fail: those before the lock, and all of them.
  private func counted(in stopped: StoppedPlace) throws -> Range<Int> {
    let run = try stopped.place.start(StoppedPlace.arguments, startsStopped: true)
    let trace = try SystemCallTrace(run.process)
    var count = 0
    var first: Int?
    while trace.advance() {
      guard let call = trace.beginningCall, Self.names[call] != nil else { continue }
      if first == nil, stopped.place.has("rcimport.sqlite.lock") { first = count }
      count += 1
    }
    #expect(try run.finish().code == 2)
    return try #require(first)..<count
  }

  /// Lets a call fail, and goes on with what is left.
  ///
  /// Says whether the store held the run.
  private func fail(_ stopped: StoppedPlace, at place: Int) throws -> Bool {
    let run = try stopped.place.start(StoppedPlace.arguments, startsStopped: true)
    let trace = try SystemCallTrace(run.process)
    var count = 0
    var failed = "nothing"
    while trace.advance() {
      guard let call = trace.beginningCall, let name = Self.names[call] else { continue }
      count += 1
      guard count > place else { continue }
      failed = name
      if trace.fail(with: EIO) { trace.letGo() }
      break
    }
    let result = try run.finish()
    let comment = Comment("call \(place), \(failed): \(result.end) \(result.err)")
    // An input or a store that cannot be read is told as such.
    #expect([2, 66, 74, 78].contains(result.code), comment)
    #expect(result.code == 2 || result.isOneSentence, comment)
    let isWhole = try stopped.finish(isInOrder: failed != "unlink", comment)
    #expect(
      isWhole == (result.code == 2 || result.err.contains("was applied all the same")),
      comment
    )
    return isWhole
  }
}
