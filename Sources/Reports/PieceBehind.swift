import Bytes
import SystemPackage

/// A piece of output that is written while the next one is made.
///
/// Sendable: it belongs to the companion from `begin` to `wait`, and to the output in between.
final class PieceBehind: @unchecked Sendable {
  private var bytes = ByteBuffer()
  private var error: (any Error)?

  /// Gives the bytes for those of the buffer, which is empty then.
  func exchange(with buffer: inout ByteBuffer) { swap(&bytes, &buffer) }

  /// Writes the piece.
  func write(to file: FileDescriptor) {
    do {
      try bytes.writeAll(to: file)
    } catch {
      bytes.removeAll()
      self.error = error
    }
  }

  /// What went wrong, once.
  func takeError() -> (any Error)? {
    defer { error = nil }
    return error
  }
}
