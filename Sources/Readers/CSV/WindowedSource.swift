import Bytes
import ImportModel

/// A source that keeps the last stretch it read, for readers that come back to nearby places.
final class WindowedSource: TextSource {
  private let source: any TextSource
  private var window = ByteBuffer()
  private var windowStart: UInt64 = 0
  /// Bytes asked of the source at once: few behind a gap, more with each read that follows another, be
  /// it behind a little gap.
  private var readByteCount = maximumReadByteCount

  private static let minimumReadByteCount = 1 << 11
  private static let maximumReadByteCount = 1 << 16
  /// To read such a gap takes no longer than another call.
  private static let smallGapByteCount: UInt64 = 1 << 13
  /// A window that grew beyond this begins anew; it bounds memory and is no promise.
  private static let maximumByteCount = 1 << 22

  /// Makes a window on a source.
  init(_ source: any TextSource) { self.source = source }

  var name: String { source.name }
  var textStart: UInt64 { source.textStart }

  func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost byteCount: Int
  ) throws(ImportError) -> Int {
    let windowEnd = windowStart + UInt64(window.count)
    if offset < windowStart || offset > windowEnd {
      let isNear = offset > windowEnd && offset - windowEnd <= Self.smallGapByteCount
      window.removeAll()
      windowStart = offset
      if !isNear { readByteCount = Self.minimumReadByteCount }
    } else if window.count > Self.maximumByteCount {
      window.removeAll()
      windowStart = offset
    }
    if offset == windowStart + UInt64(window.count) {
      guard try source.read(at: offset, into: &window, atMost: readByteCount) > 0 else {
        return 0
      }
      readByteCount = min(2 * readByteCount, Self.maximumReadByteCount)
    }
    let first = Int(offset - windowStart)
    let count = min(byteCount, window.count - first)
    buffer.append(first..<first + count, of: window)
    return count
  }
}
