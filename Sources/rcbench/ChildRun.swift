import Glibc

/// What one process took.
struct ChildRun {
  /// Seconds from start to end.
  var wallTime: Double
  /// Seconds of user and system time.
  var processorTime: Double
  /// The most resident memory, in MiB.
  var peakMemory: Double

  /// Runs a benchmark in a process of its own.
  ///
  /// - Parameters:
  ///   - name: the benchmark.
  ///   - place: where its files are.
  ///   - program: the program that has the benchmarks.
  ///   - tool: a program with its arguments that runs this one, such as valgrind.
  /// - Throws: when it cannot be run or fails.
  init(
    _ name: String,
    in place: Workplace,
    by program: String = Self.ownProgram,
    under tool: [String] = []
  ) throws {
    try self.init(
      tool + [program, "--child", name, "--rows", "\(place.rowCount)", "--folder", place.folder],
      name: name
    )
  }

  /// Copies this program to a path without what only debuggers need.
  ///
  /// - Throws: when there is no `objcopy`, which comes with binutils, or it fails.
  static func copyProgramWithoutDebugInformation(to path: String) throws {
    _ = try ChildRun(["objcopy", "--strip-debug", ownProgram, path], name: "objcopy")
  }

  private static var ownProgram: String { "/proc/\(getpid())/exe" }

  /// Runs a peer over an input; `nil` when the machine does not have it.
  init?(_ peer: Peer, over input: GeneratedInput, in place: Workplace) throws {
    let arguments = peer.arguments(input: place.path(of: input), output: place.report)
    do {
      try self.init(arguments, name: peer.name)
    } catch let failure as BenchmarkFailure where failure.isMissingProgram {
      return nil
    }
  }

  private init(_ arguments: [String], name: String) throws {
    // Hashing with a seed of its own in every process would make instructions differ.
    setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawnp(&child, arguments[0], nil, nil, &words, environ) == 0 else {
      throw BenchmarkFailure("cannot run \(arguments[0])")
    }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child, status == 0 else {
      let failure = "\(name) did not end well"
      // What a shell says of a program that is not there.
      throw BenchmarkFailure(failure, isMissingProgram: status == 127 << 8)
    }
    wallTime = (clock.now - start) / .seconds(1)
    processorTime = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    peakMemory = Double(usage.ru_maxrss) / 1024
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}
