import Bytes
import ImportModel
import SystemPackage

/// Text kept in a temporary file that has no name, so that it goes away with the process.
final class SpoolFile {
  /// Bytes kept so far.
  private(set) var byteCount: UInt64 = 0

  private let descriptor: FileDescriptor
  private let directory: String

  /// Makes an empty file in `$TMPDIR` or `/tmp`.
  init() throws(ImportError) {
    directory = TemporaryFile.directory
    descriptor = try TemporaryFile.open()
  }

  deinit { try? descriptor.close() }

  /// Adds the buffer's bytes at the end and empties the buffer.
  func append(_ bytes: inout ByteBuffer) throws(ImportError) {
    let count = UInt64(bytes.count)
    do {
      try bytes.writeAll(to: descriptor)
    } catch {
      throw TemporaryFile.failure(directory, error)
    }
    byteCount += count
  }

  /// Adds kept bytes from a place to the buffer; 0 at the end of what is kept.
  func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost count: Int
  ) throws(ImportError) -> Int {
    do {
      return try buffer.read(from: descriptor, at: offset, atMost: count)
    } catch {
      throw TemporaryFile.failure(directory, error)
    }
  }
}
