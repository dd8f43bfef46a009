import Bytes
import SystemPackage

/// What callgrind counted in one run.
///
/// The format is that of its manual, section "Callgrind Format Specification", with names written out.
struct CallgrindProfile {
  /// All instructions.
  private(set) var instructions = 0
  /// Calls of functions that give memory.
  private(set) var allocations = 0

  private static let allocators: Set<Substring> = [
    "cfn=malloc", "cfn=calloc", "cfn=realloc", "cfn=aligned_alloc", "cfn=posix_memalign",
  ]

  /// Reads a profile.
  ///
  /// - Throws: `BenchmarkFailure` when there is no sum of instructions in it.
  init(readFrom path: String) throws {
    let file = try FileDescriptor.open(FilePath(path), .readOnly)
    defer { try? file.close() }
    var bytes = ByteBuffer()
    while try bytes.read(from: file, atMost: 1 << 20) > 0 {}
    var isAllocation = false
    for line in String(utf8: bytes.span).split(separator: "\n") {
      if line.hasPrefix("cfn=") {
        isAllocation = Self.allocators.contains(line)
      } else if line.hasPrefix("calls="), isAllocation {
        allocations += Self.number(behind: "calls=", in: line)
      } else if line.hasPrefix("totals: ") {
        instructions = Self.number(behind: "totals: ", in: line)
      }
    }
    guard instructions > 0 else {
      throw BenchmarkFailure("callgrind counted nothing; see whether valgrind runs")
    }
  }

  private static func number(behind start: String, in line: Substring) -> Int {
    Int(line.dropFirst(start.count).prefix { $0.isNumber }) ?? 0
  }
}
