import Bytes
import Dispatch
import ImportModel
import Reports
import Testing

/// Outputs that are written by somebody else while the next piece is made.
struct CompanionTests {
  /// Works on a thread of its own.
  final class Worker: Companion {
    private let queue = DispatchQueue(label: "test")
    func begin(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
    func wait() { queue.sync {} }
  }

  private func piece(_ number: UInt64, byteCount: Int) -> ByteBuffer {
    var bytes = ByteBuffer()
    while bytes.count < byteCount {
      bytes.append(decimal: number, width: 7)
      bytes.append("\n")
    }
    return bytes
  }

  @Test func `pieces of any size arrive in the order they were written`() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFile.open(folder.path("out"))
    output.companion = Worker()
    var expected: [UInt8] = []
    for number in 0..<40 {
      var bytes = piece(UInt64(number), byteCount: number % 3 == 0 ? 8 : 1 << 17)
      expected += (0..<bytes.count).map { bytes[$0] }
      try output.write(&bytes)
      let rest = bytes.count
      #expect(rest == 0)
    }
    try output.finish()
    #expect(try folder.bytes(of: "out") == expected)
    #expect(try folder.names == ["out"])
  }

  @Test func `what goes wrong behind is thrown by the next piece or at the end`() throws {
    for pieceCount in 1...2 {
      let output = try OutputFile.open("/dev/full")
      output.companion = Worker()
      #expect {
        for number in 0..<pieceCount {
          var bytes = piece(UInt64(number), byteCount: 1 << 17)
          try output.write(&bytes)
        }
        try output.finish()
      } throws: { error in
        (error as? ImportError)?.kind == .outputNotWritten
      }
    }
  }

  @Test func `an output given up while it is written leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFile.open(folder.path("out"))
    output.companion = Worker()
    var bytes = piece(1, byteCount: 1 << 20)
    try output.write(&bytes)
    output.abandon()
    #expect(try folder.names == [])
  }
}
