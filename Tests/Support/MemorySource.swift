package import Bytes
package import ImportModel
import Readers

/// A text source over bytes in memory that can hand them out in small or awkward pieces.
package final class MemorySource: TextSource {
  /// How many bytes a read may give.
  package enum Cutting: Equatable, Sendable {
    /// As many as asked for.
    case whole
    /// At most so many.
    case pieces(of: Int)
    /// As many as asked for, but none beyond this offset when the read begins before it.
    case split(at: Int)
  }

  package let name: String
  package let textStart: UInt64
  /// Number of reads so far.
  package private(set) var readCount = 0
  /// Bytes handed out so far.
  package private(set) var readByteCount = 0

  private let bytes: [UInt8]
  private let cutting: Cutting

  /// Makes a source of bytes; a UTF-8 byte order mark at their beginning is recognised.
  package init(_ bytes: [UInt8], name: String = "memory", cutting: Cutting = .whole) {
    if case .pieces(let byteCount) = cutting { precondition(byteCount > 0, "pieces of no bytes") }
    self.bytes = bytes
    self.name = name
    self.cutting = cutting
    textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Makes a source of text.
  package convenience init(_ text: String, name: String = "memory", cutting: Cutting = .whole) {
    self.init(Array(text.utf8), name: name, cutting: cutting)
  }

  package func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost byteCount: Int
  ) throws(ImportError) -> Int {
    precondition(byteCount > 0, "a read of no bytes")
    readCount += 1
    guard offset < UInt64(bytes.count) else { return 0 }
    let start = Int(offset)
    var end = min(bytes.count, start + byteCount)
    switch cutting {
    case .whole: break
    case .pieces(let most): end = min(end, start + most)
    case .split(let place): if start < place { end = min(end, place) }
    }
    for place in start..<end { buffer.append(bytes[place]) }
    readByteCount += end - start
    return end - start
  }
}
