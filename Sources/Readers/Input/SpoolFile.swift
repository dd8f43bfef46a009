import Bytes
import Glibc
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
    let wanted = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    directory = wanted.isEmpty ? "/tmp" : wanted
    var template = Array("\(directory)/rcimport.XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw Self.failure(directory, Errno(rawValue: errno)) }
    descriptor = FileDescriptor(rawValue: file)
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  }

  deinit { try? descriptor.close() }

  /// Adds the buffer's bytes at the end and empties the buffer.
  func append(_ bytes: inout ByteBuffer) throws(ImportError) {
    let count = UInt64(bytes.count)
    do {
      try bytes.writeAll(to: descriptor)
    } catch {
      throw Self.failure(directory, error)
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
      throw Self.failure(directory, error)
    }
  }

  private static func failure(_ directory: String, _ error: any Error) -> ImportError {
    ImportError(
      .outputNotWritten,
      "The input cannot be kept in a temporary file: \(error)",
      hint: "Set TMPDIR to a directory with more room than the input needs",
      file: directory
    )
  }
}
